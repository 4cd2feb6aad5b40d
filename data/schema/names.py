"""How headers and cell words are compared.

Invariant: both readings are idempotent, so a text that was normalised once may be normalised again; nothing that
changes the meaning of a column (percent, thousands, minutes, seconds) is ever dropped, only units every column of that
name is kept in (roubles, hours, pieces).
"""

import re
import unicodedata
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_SIGNS = str.maketrans({"₽": " руб ", "$": " usd ", "€": " eur ", "№": " no ", "#": " no ", "%": " percent ", "−": "-"})

_MONEY = r"руб(?:л(?:ей|ях|я|и|ь))?|р|rub|rur|rubles|roubles|usd|eur|byn|kzt|тенге"
_HOURS = r"ч|час(?:ов|ы|ах|а)?|h|hrs?|hours?"
_PIECES = r"шт|штук|ед|pcs"
_UNIT = rf"(?:в\s+|in\s+)?(?:{_MONEY}|{_HOURS}|{_PIECES})\.?"
_BRACKETED = re.compile(rf"[(\[]\s*{_UNIT}\s*[)\]]")
_AFTER_COMMA = re.compile(rf"[,;:/]\s*{_UNIT}\s*$")
_TRAILING_UNITS = frozenset({"руб", "рублей", "рублях", "р", "ч", "шт"})
"""Units dropped without a comma too: «Сумма руб». Latin codes are not: `price_rub` and `price` differ."""

_PUNCTUATION = re.compile(r"[\W_]+")
_SAME_WORD = {"номер": "no", "number": "no", "num": "no", "n": "no", "кол": "количество", "qty": "quantity"}


@lru_cache(maxsize=16_384)
def normalise(header: str) -> str:
    """A header as it is compared: «Сумма,  руб.» and «СУММА (₽)» are both «сумма», `createdAt` is «created at».

    Case, ё, no-break spaces, punctuation and camel case are folded; «№», «#», «N» and «номер» are one word; units in
    which the column is kept anyway are dropped. The empty string means the header says nothing.
    """
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", header.translate(_SIGNS)).translate(_SIGNS))
    text = _folded(text)
    text = _AFTER_COMMA.sub(" ", _BRACKETED.sub(" ", text).strip())
    words = [_SAME_WORD.get(word, word) for word in _PUNCTUATION.sub(" ", text).split()]
    return " ".join(_without_trailing_units(_joined(words)))


def normalise_word(cell: str) -> str:
    """A cell of a closed list as it is compared: case, ё and spaces folded, closing punctuation dropped.

    A sign is kept: in YCLIENTS «-1» is a no-show and «1» a visit.
    """
    text = _folded(unicodedata.normalize("NFKC", cell.replace("−", "-")))
    return " ".join(text.split()).rstrip(" .,;:!")


def _folded(text: str) -> str:
    """Case and ё folded; composed again, because folding a case may decompose a letter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.casefold()).casefold()).replace("ё", "е")


def _joined(words: list[str]) -> list[str]:
    """Abbreviations written with points or a dash are one word: «Ф. И. О.», «кол-во»."""
    text = f" {' '.join(words)} ".replace(" ф и о ", " фио ").replace(" количество во ", " количество ")
    return text.split()


def _without_trailing_units(words: list[str]) -> list[str]:
    while len(words) > 1 and words[-1] in _TRAILING_UNITS:
        words = words[:-1]
    return words
