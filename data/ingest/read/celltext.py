"""Workbook values as text: the shortest exact one. Pure; used inside the child process."""

from datetime import date, datetime, time, timedelta

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
    if isinstance(value, datetime):
        return _datetime(value)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def number_text(value: float) -> str:
    """The shortest text that means this number; no exponent where it is whole."""
    if value.is_integer() and abs(value) < 1e22:
        return str(int(value))
    return repr(value)


def _datetime(value: datetime) -> str:
    """Excel keeps days as a binary fraction: a time is rounded to the second it means."""
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
