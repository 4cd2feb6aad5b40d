"""What a cell looks like, coarsely: enough to tell a header from data and a whole row from a torn one. Not a type."""

import re
from typing import Literal

Kind = Literal["empty", "number", "time", "word", "text"]

_NUMBER = re.compile(r"^[-+−(]?[₽$€]?\s?\d[\d\s\u00a0\u202f.,']*\)?\s?(%|₽|руб\.?|р\.|\$|€|\?)?$")
_TIME = re.compile(
    r"^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}:\d{2})([T ,]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?"
    r"(\s?[AaPp][Mm])?(Z|\s?[+-]\d{2}:?\d{2})?(:\d{2})?$"
)
MOST_DIGITS = 18
_WORDS = frozenset(["да", "нет", "yes", "no", "true", "false", "истина", "ложь", "y", "n"])


def whole(text: str) -> int | None:
    """The number a cell of digits counts; None for other cells and for more digits than anything is counted in."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def kind(text: str) -> Kind:
    """The coarse kind of a trimmed cell."""
    if not text:
        return "empty"
    if text[-1].isdigit() or not text[-1].isalpha() or text[-1] in "рZbмMm":
        if _TIME.match(text):
            return "time"
        if _NUMBER.match(text):
            return "number"
    return "word" if text.casefold() in _WORDS else "text"
