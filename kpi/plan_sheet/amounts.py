"""Numbers of a plan as people write them: «1 200 000,50 ₽», «12 %», «75–85», «не больше 5», «1,2 млн».

Invariant: a comma before three digits means thousands or decimals only where another number of the table tells which;
what cannot be told is not read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Comma = Literal["decimal", "thousands"]

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
_UNITS = re.compile(r"(?:₽|руб(?:лей|ля|ль)?\.?|р\.|rub|%|шт\.?|час(?:ов|а)?|ч\.?|мин\.?|дн(?:ей|я)?\.?)$", re.I)
_SCALES = {"тыс": 1e3, "млн": 1e6, "k": 1e3, "m": 1e6, "т": 1e3}
_SCALED = re.compile(r"(.+?)(тыс|млн|k|m|т)\.?$", re.IGNORECASE)
_RANGE = re.compile(r"(.*\d.*?)(?:–|—|\.\.|…|(?<=[\d%])-(?=\d)|\bдо\b|\bto\b)(.*\d.*)")
_LEAST = re.compile(r"^(?:>=?|≥|не\s*меньше|не\s*менее|от|at\s*least|min)", re.IGNORECASE)
_MOST = re.compile(r"^(?:<=?|≤|не\s*больше|не\s*более|до|at\s*most|max)", re.IGNORECASE)
_NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Amount:
    """What a cell says."""

    low: float | None
    """At least; None: not said."""
    high: float | None
    """At most; None: not said."""

    @property
    def single(self) -> float | None:
        """The number where there is but one and it has no side of its own."""
        return self.low if self.low == self.high else None


def amount(text: str, comma: Comma | None) -> Amount | None:
    """What a cell says; None: it is no number, or more than one reading fits."""
    words = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    between = _RANGE.fullmatch(words)
    if between and not _MOST.match(words):
        low, high = _number(_LEAST.sub("", between[1]), comma), _number(between[2], comma)
        return Amount(low, high) if low is not None and high is not None and low <= high else None
    for sign, side in ((_LEAST, "low"), (_MOST, "high")):
        if sign.match(words):
            value = _number(sign.sub("", words), comma)
            return None if value is None else Amount(**{"low": None, "high": None, side: value})
    value = _number(words, comma)
    return None if value is None else Amount(value, value)


def comma_of(cells: Iterable[str]) -> Comma | None:
    """What a comma means in these cells; None: no cell tells."""
    found: set[Comma] = set()
    for cell in cells:
        text = _SPACES.sub("", cell)
        if re.search(r"\d,\d{3}(?:[.,]\d)", text):
            found.add("thousands")
        elif re.search(r"\d,(?:\d{1,2}|\d{4,})(?!\d)", text) or re.search(r"(?:\d{4,}|(?<!\d)0),\d{3}(?!\d)", text):
            found.add("decimal")
    return found.pop() if len(found) == 1 else None


def _number(text: str, comma: Comma | None) -> float | None:
    plain, factor = _UNITS.sub("", _SPACES.sub("", text)), 1.0
    scaled = _SCALED.fullmatch(plain)
    if scaled:
        plain, factor = scaled[1], _SCALES[scaled[2].casefold()]
    if not _NUMBER.fullmatch(plain):
        return None
    digits = _with_point(plain.replace("−", "-"), comma)
    return None if digits is None else float(digits) * factor


def _with_point(text: str, comma: Comma | None) -> str | None:
    """The number with a decimal point and no other separator."""
    if "," in text and "." in text:
        decimal = max(",.", key=text.rfind)
        other = "," if decimal == "." else "."
        return text.replace(other, "").replace(decimal, ".") if text.count(decimal) == 1 else None
    if text.count(".") > 1 or text.count(",") > 1:
        return text.replace(".", "").replace(",", "")
    if "," not in text:
        return text
    if re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", text):
        return {"decimal": text.replace(",", "."), "thousands": text.replace(",", ""), None: None}[comma]
    return text.replace(",", ".")
