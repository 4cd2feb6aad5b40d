"""Workbook values as text: what a spreadsheet would show at full precision. Pure.

Invariant: whole numbers keep every digit they are stored with; fractions have at most the fifteen significant digits a
spreadsheet shows, so that 68.66499999999999 is the 68.665 a person sees.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

EXACT = 2**53
"""Whole numbers from here on cannot all be told apart in a workbook."""
DIGITS = 15
"""Significant digits of a fraction a spreadsheet shows."""
_ISO_DURATION = re.compile(r"(-?)P(?:(\d{1,6})D)?T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})(?:\.\d+)?S)?")


def cell_text(value: object) -> str:
    """Numbers without exponent where whole, dates as ISO, booleans as true/false, durations as HH:MM:SS."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, timedelta):
        return _duration(round(value.total_seconds()))
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, date):
        return date_text(value)
    return str(value)


def number_text(value: float) -> str:
    """The shortest text that means this number; no exponent where it is whole."""
    text = repr(value + 0.0)  # -0.0 becomes 0.0
    if text.endswith(".0"):
        return text[:-2]
    if "e+" in text:
        return str(int(value)) if abs(value) < 1e22 else text
    return f"{value:.{DIGITS}g}" if len(text) > DIGITS + 1 else text


@lru_cache(10_000)
def percent_text(value: float) -> str:
    """A share as its cell shows it, with all its digits: 0.153 is «15.3%»."""
    hundredfold = (Decimal(repr(value)) * 100).normalize()
    return f"{number_text(float(hundredfold))}%"


@lru_cache(10_000)  # dates come again and again
def date_text(value: date) -> str:
    """ISO. Excel keeps times as a binary fraction of a day: they are rounded to the second they mean."""
    if not isinstance(value, datetime):
        return value.isoformat()
    rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    off = abs((value - rounded).total_seconds())
    exact = rounded if off < 0.002 else value
    if exact.time() == time():
        return exact.date().isoformat()
    return exact.isoformat(" ")


def iso_duration(text: str) -> str:
    """«PT27H17M54S», as OpenDocument keeps durations, as 27:17:54; any other text as it is."""
    match = _ISO_DURATION.fullmatch(text)
    if match is None:
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    return match[1] + _duration(((days * 24 + hours) * 60 + minutes) * 60 + seconds)


def _duration(seconds: int) -> str:
    sign = "-" if seconds < 0 else ""
    seconds = abs(seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
