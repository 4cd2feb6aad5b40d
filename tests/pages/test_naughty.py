"""Strings that break programs, on the screen: as file name, header, cell, choice and row, each the text it is."""

import csv
import io
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.ingest.clean.missing import MISSING
from pages._ui import session
from tests.pages.conftest import Open, behind
from tests.pages.test_upload import drop, load, told
from tests.unit.ingest.read.test_naughty import NAUGHTY

HEADER = ("Номер заказа", "Дата завершения", "Статус", "Сумма", "Услуга")
FEW = 4
"""Headers a file has of them, so that it still looks like a header at all."""
HARMLESS = frozenset({
    "a", "article", "aside", "b", "br", "caption", "circle", "code", "details", "div", "g", "h1", "h2", "h3", "label",
    "li", "line", "nav", "ol", "p", "path", "polyline", "rect", "section", "small", "span", "strong", "style",
    "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
})  # fmt: skip
VALUES = {*MISSING, "true", "false"}
"""Words that are values rather than names."""
_EDGES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def as_kept(text: str) -> str:
    """What of a text is kept, as docs/reading-csv.md has it: no control characters, no white space at its ends."""
    text = re.sub("[\x80-\x9f]", lambda sign: bytes([ord(sign[0])]).decode("cp1252", "ignore"), text)
    return re.sub("[\x00-\x1f\ufffe\uffff]", "", re.sub("[\t\n\r]+", " ", text)).strip(_EDGES)


def big_list(real_data: Path) -> list[str]:
    """Every line of it, comments too: they are texts like others."""
    lines = (real_data / "blns.txt").read_text("utf-8").split("\n")
    return list(dict.fromkeys(kept for line in lines if (kept := as_kept(line))))


class Words(HTMLParser):
    """The words of a piece of HTML, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.harmful: list[str] = []

    def handle_starttag(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        acts = any(name.startswith("on") or "script:" in (value or "") for name, value in attributes)
        acts = acts or any(name == "href" and not (value or "").startswith("./") for name, value in attributes)
        if tag not in HARMLESS or acts:
            self.harmful.append(f"{tag} {attributes}")

    def handle_data(self, words: str) -> None:
        self.words.append(words)


def words_on(at: AppTest) -> str:
    """All that is written on the page, white space made one; nothing of it may act."""
    assert not at.exception, at.exception
    read = Words()
    for piece in at.html:
        read.feed(str(piece.value))
    assert read.harmful == []
    told_ = [*at.markdown, *at.warning, *at.error, *at.success, *at.caption]
    plain = [re.sub(r"\\(.)", r"\1", str(one.value)) for one in told_]
    labels = [str(one.label) for one in [*at.selectbox, *at.expander]]
    return " ".join(" ".join([*read.words, *plain, *labels]).split())


def a_file(header: Sequence[str], cells: Sequence[str]) -> bytes:
    """Orders, one for each cell, with some columns nobody knows."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*HEADER, *header])
    for place, cell in enumerate(cells):
        writer.writerow([place + 1, f"{1 + place % 28:02}.10.2026", "Выполнен", 100, cell, *header])
    return out.getvalue().encode()


def named(text: str) -> str:
    """A file name: what none can hold is another sign in it, and what is too long is cut."""
    return re.sub(r"[/\\]+", "_", text).encode()[:100].decode("utf-8", "ignore").strip(". ") or "table"


def dropped(at: AppTest, texts: Sequence[str]) -> AppTest:
    """A file named by the first of them, whose headers and cells they are; all are on the screen."""
    name = named(texts[0])
    drop(at, f"{name}.csv", a_file(texts, texts))
    seen = words_on(at)
    for text in (name, *texts):
        assert " ".join(text.split()) in seen, repr(text)
    away = next(button for button in at.button if (button.key or "").startswith("away-"))
    return away.click().run()


def loaded(at: AppTest, app: Open, texts: Sequence[str]) -> None:
    """A file of as many orders; each text is offered as a filter, and stands in the rows behind the number."""
    drop(at, "Услуги.csv", a_file((), texts))
    told(at)
    load(at)
    meant = {text for text in texts if text.lower() not in MISSING}
    assert set(session.store().relations()["orders"].extras) == set()
    page = behind(app("operations", "ru", period="all", kpi="orders_done", by="service", lens="rows"), "where_open")
    words_on(page)
    assert meant <= set(page.multiselect(key="w_service").options)
    rows = set(page.dataframe[0].value["Услуга"].dropna())
    assert meant <= rows <= set(texts)


def test_some(app: Open) -> None:
    at = app("data", "ru")
    for text in NAUGHTY[::6]:
        dropped(at, [text])
    loaded(at, app, NAUGHTY)


@pytest.mark.real_data
@pytest.mark.slow
def test_dropped_the_big_list(app: Open, real_data: Path) -> None:
    at, texts = app("data", "ru"), big_list(real_data)
    assert len(texts) > 500
    named_ = [text for text in texts if any(map(str.isalpha, text)) and text.lower() not in VALUES]
    for start in range(0, len(named_), FEW):
        dropped(at, named_[start : start + FEW])
    for text in texts:
        if text not in named_:  # several values among the names, and a header no longer looks like one
            dropped(at, [text])


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_loaded_the_big_list(app: Open, real_data: Path, half: int) -> None:
    loaded(app("data", "ru"), app, big_list(real_data)[half::2])
