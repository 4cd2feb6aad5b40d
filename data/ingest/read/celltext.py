"""Workbook values as text: the shortest exact one. Pure; used inside the child process."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

EXACT = 2**53
"""Whole numbers from here on cannot all be told apart in a workbook."""


def cell_text(value: object) -> str:
    """Numbers without exponent where whole, dates as ISO, booleans as true/false, durations as HH:MM:SS."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, timedelta):
        return _duration(value)
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
    return str(int(value)) if "e+" in text and abs(value) < 1e22 else text


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


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    seconds = abs(seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
