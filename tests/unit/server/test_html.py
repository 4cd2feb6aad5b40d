"""The frame page: language, title, icon, no inline script; and the words that are put into Russian."""

import re
from pathlib import Path

import pytest
import streamlit

from pages._ui.navigation import PAGES
from pages._ui.server import html, languages
from pages._ui.server.plain import is_plain

BUNDLE = Path(streamlit.__file__).parent / "static"
WORDS = Path(html.__file__).with_name("words_ru.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def index() -> bytes:
    return (BUNDLE / "index.html").read_bytes()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_is_ours(index: bytes, language: str) -> None:
    page = html.rewritten(index, language).decode()
    assert f'<html lang="{language}">' in page
    assert f"<title>{html.TITLE[language]}</title>" in page
    assert page.count('src="./words/ru.js"') == 1
    for script in ("history", "links"):
        assert page.index(f'src="./{script}.js"') < page.index("</head>")
    assert page.index('href="./style.css"') > page.index("</head>")
    assert "agent" not in page
    assert html.NO_SCRIPT[language] in page


def test_no_inline_script_is_left(index: bytes) -> None:
    page = html.rewritten(index, "ru").decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    assert re.findall(r"\son\w+=", page) == []


def test_nothing_is_loaded_from_elsewhere(index: bytes) -> None:
    page = re.sub(r"<!--.*?-->", "", html.rewritten(index, "en").decode(), flags=re.DOTALL)
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page) == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("en-GB,en;q=0.9,ru;q=0.8", "en"),
        ("de, ru;q=0.8, en;q=0.5", "ru"),
        ("de", "en"),
        ("", "en"),
        ("ru;q=0, en;q=0.1", "en"),
        ("ru;q=many", "en"),
    ],
)
def test_accept_language(header: str, language: str) -> None:
    assert languages.best(header) == language


def test_the_address_chooses_before_the_browser() -> None:
    scope = {"query_string": b"period=month&lang=en", "headers": [(b"accept-language", b"ru")]}
    assert languages.preferred(scope) == "en"


def test_every_word_we_replace_is_one_that_streamlit_still_says() -> None:
    bundle = "".join(path.read_text(encoding="utf-8") for path in (BUNDLE / "static" / "js").glob("*.js"))
    words = re.findall(r'^    "([^"]+)":', WORDS, re.MULTILINE)
    assert len(words) > 80
    assert [word for word in words if f"`{word}`" not in bundle and f'"{word}"' not in bundle] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_dashboard_is_taken_for_a_plain_one(page: str) -> None:
    assert not is_plain(f"/{page}")
    assert is_plain("/account")
    assert is_plain("/welcome/token")
