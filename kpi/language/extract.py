"""`python -m kpi.language.extract`: collects the texts of the program for translation.

Invariant: a translation is never lost. The templates (`locale/*.pot`) are made anew from the code and the definitions;
`messages.po` and `words.po` keep every translation whose source text still exists and gain the new ones, empty.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from kpi.language.translation import LOCALE_DIR

ROOT = LOCALE_DIR.parent
CODE = ("app.py", "data", "kpi", "pages")
DEFINITIONS = ("data/schema", "kpi/catalogue", "kpi/coach")

KEYWORDS: dict[str, Any] = {"say": None, "t": None, "say_n": (1, 2), "tn": (1, 2)}
"""Function → which of its arguments are texts (the first; singular and plural)."""

TEXT_KEYS = ("title", "grain", "question", "advice", "source", "target_source", "note", "why")
"""Keys of the TOML definitions that people read."""

CHANGING = ("POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Project-Id-Version", ".*EMAIL@", ".*LL@")
HEADER = re.compile(rf'^"({"|".join(CHANGING)})[^\n]*\n'.encode(), re.MULTILINE)
"""Header lines that would change with every run."""


def code_texts() -> Catalog:
    """Texts of `say`, `say_n`, `.t`, `.tn` in the code, with the files they stand in."""
    catalog = Catalog(charset="utf-8")
    for path in _files(CODE, ".py"):
        for line, text, comments, _ in extract_from_file("python", path, KEYWORDS, ("Translators:",)):
            catalog.add(text, locations=[(_name(path), line)], auto_comments=comments, flags=_flags(text))
    return catalog


def definition_texts() -> Catalog:
    """Titles, questions and other sentences of the TOML definitions."""
    return _from_definitions(_sentences)


def column_words() -> Catalog:
    """The words that columns of the facts can hold, as the screens show them."""
    return _from_definitions(_words)


def merged(existing: Path, template: Catalog, code: str = "ru") -> Catalog:
    """The translations of a .po file brought up to the template; texts that are gone are dropped."""
    old = Catalog(locale=code, charset="utf-8")
    if existing.is_file():
        with existing.open("rb") as file:
            old = read_po(file, locale=code)
    old.update(template, no_fuzzy_matching=True)
    old.obsolete.clear()
    return old


def written(catalog: Catalog) -> bytes:
    """A catalogue as a .po file that only changes where a text does."""
    out = BytesIO()
    catalog.header_comment, catalog.fuzzy = "", False
    write_po(out, catalog, width=120, sort_output=True, include_lineno=False, include_previous=False)
    return HEADER.sub(b"", out.getvalue())


def main() -> None:
    """Write the templates and bring messages.po and words.po up to date; catalogue.po is written by hand."""
    templates = {"messages": code_texts(), "words": column_words(), "catalogue": definition_texts()}
    for domain, template in templates.items():
        (LOCALE_DIR / f"{domain}.pot").write_bytes(written(template))
    for domain in ("messages", "words"):
        po = LOCALE_DIR / "ru" / "LC_MESSAGES" / f"{domain}.po"
        po.write_bytes(written(merged(po, templates[domain])))


def _files(places: tuple[str, ...], suffix: str) -> list[Path]:
    found = (ROOT / place for place in places)
    return [file for path in found for file in ([path] if path.is_file() else sorted(path.rglob(f"*{suffix}")))]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _flags(text: str | tuple[str, ...]) -> set[str]:
    braces = "{" in (text if isinstance(text, str) else "".join(text))
    return {"python-brace-format"} if braces else set()


def _from_definitions(texts: Callable[[dict[str, Any]], Iterator[str]]) -> Catalog:
    catalog = Catalog(charset="utf-8")
    for path in _files(DEFINITIONS, ".toml"):
        for text in dict.fromkeys(texts(tomllib.loads(path.read_text("utf-8")))):
            catalog.add(text, locations=[(_name(path), 0)])
    return catalog


def _sentences(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, str) and key in TEXT_KEYS and value:
            yield value
        elif isinstance(value, dict) and key != "words":
            yield from _sentences(value)
        elif isinstance(value, list):
            yield from (text for entry in value if isinstance(entry, dict) for text in _sentences(entry))


def _words(table: dict[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict) and key == "words":
            yield from (word.replace("_", " ").capitalize() for word in value if word not in ("true", "false"))
        elif isinstance(value, dict):
            yield from _words(value)


if __name__ == "__main__":
    main()
