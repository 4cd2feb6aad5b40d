"""How much there is to do: growth over the two years, months, weekdays.

Invariant: a pure function of the day; 1.0 is an ordinary day of the middle of the two years.
"""

from datetime import date, timedelta

DAYS = 730
"""Length of the history."""

_MONTHS = {
    "barber": (0.92, 0.97, 1.03, 1.02, 1.06, 0.98, 0.92, 0.97, 1.02, 1.0, 1.02, 1.2),
    "repair": (0.96, 0.95, 1.0, 1.04, 1.06, 1.08, 1.1, 1.04, 1.0, 0.98, 0.96, 0.98),
    "cleaning": (0.86, 0.92, 1.14, 1.18, 1.1, 0.98, 0.94, 0.98, 1.02, 0.98, 0.96, 1.14),
}
_WEEKDAYS = {
    "barber": (0.82, 0.86, 0.92, 1.0, 1.18, 1.2, 1.02),
    "repair": (1.06, 1.02, 1.0, 1.0, 0.98, 1.08, 0.92),
    "cleaning": (0.94, 0.92, 0.96, 1.0, 1.1, 1.16, 0.96),
}
_GROWTH = {"barber": 0.22, "repair": 0.1, "cleaning": 0.34}


def first_day(until: date) -> date:
    """The first day of the two years that end with `until`."""
    return until - timedelta(days=DAYS - 1)


def demand(trade: str, day: date, until: date) -> float:
    """How busy the day is in a trade."""
    age = (day - first_day(until)).days / DAYS - 0.5
    growth = 1 + _GROWTH[trade] * age
    return growth * _MONTHS[trade][day.month - 1] * _WEEKDAYS[trade][day.weekday()]


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= 5


def is_spring(day: date) -> bool:
    """March to May."""
    return day.month in (3, 4, 5)


def months(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months that begin within the span, and the month of its first day."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = (first.year * 12 + first.month - 1 + n for n in range(count))
    return tuple(date(n // 12, n % 12 + 1, 1) for n in numbers)
