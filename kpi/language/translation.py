"""Gettext catalogues read at start: English source text → its translation.

Three domains: messages (the program's sentences), catalogue (titles and questions of the definitions), words (what a
column of a fact can hold: «Done» of an order is not the «Done» of a button).

Invariant: an unknown, empty or fuzzy entry reads as its English source; nothing is ever shown blank.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

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
    """Finished entries of a .po file; fuzzy and empty ones are left out."""
    texts: dict[str, tuple[str, ...]] = {}
    with path.open("rb") as file:
        for entry in read_po(file):
            source = entry.id if isinstance(entry.id, str) else entry.id[0]
            forms = [entry.string] if isinstance(entry.string, str) else list(entry.string or ("",))
            if source and not entry.fuzzy and all(forms):
                texts[source] = tuple(str(form) for form in forms)
    return texts
