"""Days on which the business was closed, as somebody said when asked about a gap.

Invariant: a day that was named is closed for everything that looks for gaps or silence.
"""

from datetime import date, timedelta

from data.store.entries import Entries

SETTING = "closed_days"
"""Setting: first and last days of times the business was closed."""


def closed_days(entries: Entries) -> tuple[date, ...]:
    """Every such day, ascending."""
    days: set[date] = set()
    for first, last in entries.settings.get(SETTING, []):
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        days.update(begin + timedelta(days=n) for n in range((end - begin).days + 1))
    return tuple(sorted(days))


def say_closed(entries: Entries, first: date, last: date) -> None:
    """Remember that the business was closed on these days."""
    known = entries.settings.get(SETTING, [])
    entries.settings.set(SETTING, [*known, [first.isoformat(), last.isoformat()]])
