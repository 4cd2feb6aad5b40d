"""Every text of the program has its Russian, with the same places and all plural forms."""

import re
import string
from collections.abc import Callable
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kpi.language import extract
from kpi.language.extract import column_words, definition_texts, merged, written
from kpi.language.translation import LOCALE_DIR

RUSSIAN = LOCALE_DIR / "ru" / "LC_MESSAGES"
HINT = "run `python -m kpi.language.extract` and translate what is empty in {file}"


@cache
def code_texts() -> Catalog:
    """Once for all tests: it reads every file of the program."""
    return extract.code_texts()


def russian(domain: str) -> Catalog:
    with (RUSSIAN / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="ru")


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(part) for part in text]  # type: ignore[attr-defined]


CASES = [("messages", code_texts), ("catalogue", definition_texts), ("words", column_words)]


@pytest.mark.parametrize(("domain", "template"), CASES)
def test_every_text_is_translated(domain: str, template: Callable[[], Catalog]) -> None:
    known = russian(domain)
    found = template()
    lacking = [m.id for m in found if m.id and not ((entry := known.get(forms(m.id)[0])) and all(forms(entry.string)))]
    assert not lacking, f"no Russian for {lacking}: " + HINT.format(file=RUSSIAN / f"{domain}.po")


@pytest.mark.parametrize("domain", ["messages", "catalogue", "words"])
def test_places_are_the_same(domain: str) -> None:
    for entry in russian(domain):
        if entry.id and all(forms(entry.string)):
            allowed = set().union(*(places(form) for form in forms(entry.id))) if "{" in str(entry.id) else set()
            needed = set.intersection(*(places(form) for form in forms(entry.id))) - {"n"} if allowed else set()
            for form in forms(entry.string) if allowed else []:
                assert needed <= places(form) <= allowed, f"places differ in {entry.id!r}"


def test_places_are_plain_names() -> None:
    for entry in code_texts():
        for form in forms(entry.id):
            for name in places(form) if "{" in form else set():
                assert re.fullmatch(r"[a-z_]+", name), f"{form!r} has the place {name!r}"


def test_russian_speaks_to_its_reader_with_a_small_letter() -> None:
    within_a_sentence = re.compile(r"(?<=[а-яё,;–—] )(Вы|Вас|Вам|Ваш)")
    for entry in russian("messages"):
        assert not [form for form in forms(entry.string) if within_a_sentence.search(form)]


def test_extraction_loses_no_translation() -> None:
    po = RUSSIAN / "messages.po"
    before, after = russian("messages"), merged(po, code_texts())
    for entry in after:
        old = before.get(forms(entry.id)[0]) if entry.id else None
        assert old is None or old.string == entry.string
    assert written(after) == written(merged(po, code_texts()))
