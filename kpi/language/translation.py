"""Gettext catalogues read at start: English source text → its translation.

Three domains: messages (the program's sentences), catalogue (titles and questions of the definitions), words (what a
column of a fact can hold: «Done» of an order is not the «Done» of a button).

Invariant: an unknown, empty or fuzzy entry reads as its English source; nothing is ever shown blank.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale

LOCALE_DIR = Path(__file__).resolve().parents[2] / "locale"


@dataclass(frozen=True)
class Translation:
    """One domain of one language."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """msgid → its plural forms, one where it does not count."""
    form: Callable[[int], int] = lambda n: 0 if n == 1 else 1
    """Number → index of the plural form."""

    def text(self, source: str) -> str | None:
        """The translation, or None."""
        forms = self.texts.get(source)
        return forms[0] if forms else None

    def plural(self, source: str, n: int) -> str | None:
        """The form of the translation that fits n, or None."""
        forms = self.texts.get(source)
        return forms[min(self.form(n), len(forms) - 1)] if forms else None


RUSSIAN_FORMS = {"one": 0, "few": 1, "many": 2, "other": 2}
ENGLISH_FORMS = {"one": 0, "other": 1}


@cache
def translation(code: str, domain: str) -> Translation:
    """The catalogue `locale/<code>/LC_MESSAGES/<domain>.po`; empty where there is none."""
    rule = Locale.parse(code).plural_form
    forms = RUSSIAN_FORMS if code == "ru" else ENGLISH_FORMS
    path = LOCALE_DIR / code / "LC_MESSAGES" / f"{domain}.po"
    texts = read_texts(path) if path.is_file() else {}
    return Translation(texts, lambda n: forms[rule(abs(n))])


def read_texts(path: Path) -> dict[str, tuple[str, ...]]:
    """Finished entries of a .po file; fuzzy and empty ones are left out.

    Read here, line by line: Babel's reader, which keeps comments and places too, takes ten times as long, and the first
    page waits for it.
    """
    blocks = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n\n")
    return dict(entry for block in blocks if (entry := _entry(block.splitlines())) is not None)


def _entry(lines: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """The source and its translations, if they are finished."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                return None
            continue
        if not line.startswith('"'):
            name, _, line = line.partition(" ")
        fields.setdefault(name, []).append(_text(line))
    texts = {name: "".join(parts) for name, parts in fields.items()}
    forms = tuple(text for name, text in texts.items() if name.startswith("msgstr"))
    source = texts.get("msgid")
    return (source, forms) if source and forms and all(forms) else None


def _text(quoted: str) -> str:
    """What stands between quotes; .po escapes as JSON does."""
    return str(json.loads(quoted)) if "\\" in quoted else quoted.strip()[1:-1]
