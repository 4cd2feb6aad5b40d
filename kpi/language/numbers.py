"""Numbers as people read them: three significant figures on a card, exact elsewhere.

Invariant: the result never breaks across lines (no-break spaces), never shows a hyphen for a minus, and never claims
more figures than asked for. NaN and None are «—», never 0.
"""

import math
from dataclasses import dataclass

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "—"

PLAIN_BELOW = 10_000
"""Rounded numbers below this are written out («2 350»), larger ones in thousands, millions, …"""

SCALES = (1e12, 1e9, 1e6, 1e3)


@dataclass(frozen=True)
class NumberStyle:
    """How one language writes numbers."""

    decimal: str
    """Between whole and fraction."""
    group: str
    """Between thousands."""
    percent: str
    """Percent sign with the space it needs."""
    scales: tuple[str, str, str, str]
    """Trillion, billion, million, thousand, with the space they need."""


STYLES = {
    "ru": NumberStyle(",", NBSP, f"{NBSP}%", (f"{NBSP}трлн", f"{NBSP}млрд", f"{NBSP}млн", f"{NBSP}тыс.")),
    "en": NumberStyle(".", ",", "%", ("T", "B", "M", "K")),
}


def is_missing(value: float | None) -> bool:
    """None, NaN and infinities say nothing."""
    return value is None or not math.isfinite(value)


def write(value: float, style: NumberStyle, decimals: int) -> str:
    """The number with at most so many decimals, trailing zeros dropped."""
    text = f"{abs(value):,.{decimals}f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    sign = MINUS if value < 0 and (fraction or whole != "0") else ""
    whole = whole.replace(",", style.group)
    return f"{sign}{whole}{style.decimal}{fraction}" if fraction else sign + whole


def significant(value: float, figures: int = 3) -> float:
    """The value rounded to so many significant figures (halves away from zero, as people round)."""
    if value == 0:
        return 0.0
    step = figures - 1 - math.floor(math.log10(abs(value)))
    scaled = abs(value) * 10.0**step
    rounded = math.floor(scaled + 0.5 + 1e-9)
    return math.copysign(rounded / 10.0**step if step >= 0 else rounded * 10.0**-step, value)


def short(value: float, style: NumberStyle) -> str:
    """Three significant figures: «4,81», «2 350», «27,6 тыс.», «1,24 млн»."""
    rounded = significant(value)
    if abs(rounded) < PLAIN_BELOW:
        return write(rounded, style, _decimals(rounded))
    for size, word in zip(SCALES, style.scales, strict=True):
        if abs(rounded) >= size:
            return write(rounded / size, style, _decimals(rounded / size)) + word
    raise AssertionError("unreachable: PLAIN_BELOW is above the smallest scale")


def exact(value: float, style: NumberStyle, kopecks: bool = False) -> str:
    """All figures that matter: at least three decimals where there are any; money whole or with kopecks («45,60»)."""
    text = write(value, style, 2 if kopecks else max(3, _decimals(value)))
    return f"{text}0" if kopecks and text[-2:-1] == style.decimal else text


def _decimals(value: float) -> int:
    """Decimals that three significant figures need."""
    size = abs(value)
    if size >= 100 or size == 0:
        return 0
    return min(2 - math.floor(math.log10(size)), 6)
