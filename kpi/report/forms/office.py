"""What the workbook and the slides show alike: formats of numbers, names of periods, members in their order.

Invariant: a format is written in the file's own notation, which every program shows in its reader's; the file holds the
full value, its format shows as many figures as the screens do.
"""

import math
from collections.abc import Sequence
from datetime import date

import pandas as pd

from kpi.language import Language
from kpi.language.language import CHANGE_DECIMALS
from kpi.language.numbers import PLAIN_BELOW, SCALES, STYLES, significant
from kpi.language.units import DIFFERENCE, RELATIVE, VALUE
from kpi.model import Grain
from kpi.report.model import Picture

DAY = {"ru": "dd\\.mm\\.yyyy", "en": "d mmm yyyy"}
"""Language → format of a day."""
SHARE = {"ru": "+0.0\u00a0%;-0.0\u00a0%;0\u00a0%", "en": "+0.0%;-0.0%;0%"}
"""Language → format of a change that is a share; the cell holds 0.12 for +12 %."""
MOST_DECIMALS = 6


def value_format(value: float | None, unit: str, words: Language) -> str:
    """The format of a value in its unit."""
    code = _united(_digits(value), VALUE[words.code][unit])
    return f"{code};-{code}"


def short_format(value: float | None, unit: str, words: Language, *, figures: int = 3) -> str:
    """The format that shows what a card shows: large numbers in thousands and millions, with so many figures."""
    rounded = 0.0 if value is None else significant(value, figures)
    if abs(rounded) < PLAIN_BELOW:
        code = _united(_digits(value, figures), VALUE[words.code][unit])
        return f"{code};-{code}"
    place, size = next((place, size) for place, size in enumerate(SCALES) if abs(rounded) >= size)
    scaled = _digits(rounded / size, figures) + "," * (len(SCALES) - place)
    code = _united(scaled + _quoted(STYLES[words.code].scales[place]), VALUE[words.code][unit])
    return f"{code};-{code}"


def axis_format(low: float, high: float, unit: str, words: Language) -> str:
    """The format of an axis: as few figures as tell its steps apart."""
    largest = max(abs(low), abs(high))
    if largest >= PLAIN_BELOW:
        return short_format(largest, unit, words, figures=2)
    decimals = max(0, -math.floor(math.log10((high - low) / 5))) if high > low else 0
    digits = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    code = _united(digits, VALUE[words.code][unit])
    return f"{code};-{code}"


def labels(days: Sequence[date], grain: Grain, words: Language) -> list[str]:
    """Names of periods under a chart, short: the year with the first and wherever it is another."""
    years = [None, *(day.year for day in days)]
    return [_label(day, grain, words, with_year=day.year != before) for day, before in zip(days, years, strict=False)]


def _label(day: date, grain: Grain, words: Language, *, with_year: bool) -> str:
    name = words.dates.months_short[day.month - 1] if grain == "month" else words.day(day)
    return f"{name} {day.year}" if with_year else name


def change_format(value: float | None, previous: float | None, unit: str, words: Language) -> str:
    """The format of a change: signed; of money and counts the share, as cards tell it."""
    if is_relative(previous, unit):
        return SHARE[words.code]
    difference = value - previous if value is not None and previous is not None else None
    decimals = CHANGE_DECIMALS.get(unit)
    digits = _digits(difference) if decimals is None else "#,##0." + "0" * decimals
    code = _united(digits, DIFFERENCE[words.code][unit])
    return f"+{code};-{code};0"


def is_relative(previous: float | None, unit: str) -> bool:
    """Whether a change is told as a share of what it was."""
    return unit in RELATIVE and previous is not None and previous > 0


def members(picture: Picture) -> pd.DataFrame:
    """The members of a breakdown that have a value, the largest first; weekdays as they come."""
    rows = picture.rows
    found = rows[~rows["is_total"].astype(bool) & rows["value"].notna()]
    if picture.dimension == "weekday":
        return found.sort_values("slice", kind="stable")
    return found.sort_values("value", ascending=False, kind="stable")


def _digits(value: float | None, figures: int = 3) -> str:
    """`#,##0.00` with the decimals that three significant figures need, zeros at the end dropped."""
    if value is None:
        return "#,##0"
    rounded = significant(value, figures)
    if abs(rounded) >= PLAIN_BELOW:
        return "#,##0"
    decimals = next((n for n in range(MOST_DECIMALS) if round(rounded, n) == rounded), MOST_DECIMALS)
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")


def _united(digits: str, pattern: str) -> str:
    before, _, after = pattern.partition("{}")
    return "".join((_quoted(before), digits, _quoted(after)))


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
