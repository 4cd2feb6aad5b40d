"""Moments as services tell them, by the clock of the business.

Invariant: an offset is applied once and then gone: what comes out has no zone and is what a clock on the wall of the
business showed. A moment without an offset is taken for such a time already.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def at(text: str, zone: ZoneInfo) -> datetime:
    """A moment in RFC 3339 («2026-10-13T10:00:05+03:00», «…Z») by the clock of a zone. `ValueError`: it is none."""
    return by_clock(datetime.fromisoformat(text.strip()), zone)


def at_unix(seconds: float, zone: ZoneInfo) -> datetime:
    """Seconds since 1970 by the clock of a zone. `ValueError`: further away than any business."""
    try:
        return by_clock(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), zone)
    except OverflowError as error:
        raise ValueError(seconds) from error


def by_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Without its zone, as a clock in `zone` showed it."""
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)


def as_written(text: str) -> datetime:
    """The time as it stands, its offset left out: what a clock showed where it was written."""
    return datetime.fromisoformat(text.strip()).replace(tzinfo=None)


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """A time of the business as RFC 3339, to ask with."""
    return moment.replace(tzinfo=zone, microsecond=0).isoformat()
