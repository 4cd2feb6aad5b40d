"""Dates and periods as people write them: «5 окт.», «5–11 окт.», «октябрь 2026».

Invariant: a period is named by the shortest text that is unmistakable, and never breaks across lines inside a date.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel import Locale

from kpi.language.numbers import NBSP


@dataclass(frozen=True)
class DateStyle:
    """How one language writes dates."""

    months: tuple[str, ...]
    """«октябрь» as a title: twelve stand-alone names."""
    months_short: tuple[str, ...]
    """«окт.», «май» on an axis: twelve short stand-alone names."""
    days_of: tuple[str, ...]
    """«окт.» after a day: twelve short names."""
    weekdays: tuple[str, ...]
    """Monday to Sunday."""
    weekdays_short: tuple[str, ...]
    """«пн» to «вс»."""
    quarter: str
    """Pattern with {q} and {year}."""


@cache
def date_style(code: str) -> DateStyle:
    """The style of a language, from Babel."""
    locale = Locale.parse(code)
    months, days = locale.months, locale.days
    return DateStyle(
        months=tuple(months["stand-alone"]["wide"][m] for m in range(1, 13)),
        months_short=tuple(months["stand-alone"]["abbreviated"][m] for m in range(1, 13)),
        days_of=tuple(months["format"]["abbreviated"][m] for m in range(1, 13)),
        weekdays=tuple(days["stand-alone"]["wide"][d] for d in range(7)),
        weekdays_short=tuple(days["stand-alone"]["abbreviated"][d] for d in range(7)),
        quarter=f"{{q}}-й{NBSP}квартал {{year}}" if code == "ru" else "Q{q} {year}",
    )


def day(value: date, style: DateStyle, year: bool = False) -> str:
    """«5 окт.», with the year when asked for."""
    text = f"{value.day}{NBSP}{style.days_of[value.month - 1]}"
    return f"{text}{NBSP}{value.year}" if year else text


def period(first: date, grain: str, style: DateStyle) -> str:
    """The name of the period of that grain that begins on that day."""
    if grain == "day":
        return day(first, style)
    if grain == "week":
        return _range(first, first + timedelta(days=6), style, year=False)
    if grain == "month":
        return f"{style.months[first.month - 1]} {first.year}"
    if grain == "quarter":
        return style.quarter.format(q=(first.month + 2) // 3, year=first.year)
    return str(first.year)


def span(first: date, last: date, style: DateStyle) -> str:
    """From the first to the last day, both inclusive: a whole month, quarter or year by its name."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if first.day == 1 and after.day == 1:
        grain = {1: "month", 3: "quarter", 12: "year"}.get(months)
        if grain == "month" or (grain == "quarter" and first.month % 3 == 1) or (grain == "year" and first.month == 1):
            return period(first, grain, style)
        return _months(first, last, style)
    return day(first, style, year=True) if first == last else _range(first, last, style, year=True)


def _months(first: date, last: date, style: DateStyle) -> str:
    start = style.months[first.month - 1] + (f" {first.year}" if first.year != last.year else "")
    return f"{start} – {style.months[last.month - 1]} {last.year}"


def _range(first: date, last: date, style: DateStyle, year: bool) -> str:
    if first.year == last.year and first.month == last.month:
        return f"{first.day}–{day(last, style, year)}"
    return f"{day(first, style, year and first.year != last.year)} – {day(last, style, year)}"
