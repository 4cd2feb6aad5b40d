"""Who is told of what, and when (pure).

Invariant: the same is not told twice to one person within the cooldown, unless it got worse by a step; acknowledged
things are told again only when they got worse by a step since; what nobody acknowledged is recalled once. In quiet
times nothing is told, and nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from data import calendar
from data.store.entries.alerts import AlertRule, Noted, QuietHours, Told
from data.store.entries.alerts.model import State

STEP = 2.0
"""How many times as bad as when it was told last something must be to have got worse by a step."""
RECALLED = 1
"""How often a thing that nobody acknowledged is told again."""

Reason = Literal["new", "worse", "again", "recalled"]
"""Found for the first time; worse by a step; found again after it was over; still open after the cooldown."""


@dataclass(frozen=True)
class Due:
    """An alert that somebody is to be told of."""

    alert: Noted
    """The alert."""
    reason: Reason
    """Why now."""


def due(alert: Noted, told: Told | None, rule: AlertRule, now: datetime) -> Reason | None:
    """Why somebody is to be told of an alert now; None: they are not. `told`: what they were told of it before."""
    if alert.over_at is not None:
        return None
    if alert.acknowledged_at is not None:
        known = max(alert.acknowledged_size or 0.0, told.size if told is not None else 0.0)
        return "worse" if known and alert.size >= STEP * known else None
    if told is None:
        return "new"
    if alert.size >= STEP * told.size:
        return "worse"
    if now - told.last < timedelta(days=rule.cooldown):
        return None
    if told.times == 0:
        return "again"
    return "recalled" if told.times <= RECALLED else None


def stands(alert: Noted) -> State:
    """How it stands for whoever is asked to acknowledge it: what got worse by a step since is open again."""
    if alert.state == "acknowledged" and alert.size >= STEP * (alert.acknowledged_size or 0.0):
        return "open"
    return alert.state


def is_quiet(quiet: QuietHours | None, now: datetime) -> bool:
    """Whether nobody is to be disturbed now."""
    if quiet is None:
        return False
    if quiet.weekends and now.weekday() >= 5 and not calendar.is_working(now.date()):
        return True
    if quiet.holidays and _is_holiday(now.date()):
        return True
    hour = now.time().replace(tzinfo=None)
    if quiet.since <= quiet.until:
        return quiet.since <= hour < quiet.until
    return hour >= quiet.since or hour < quiet.until


def _is_holiday(day: date) -> bool:
    return any(off.day == day for off in calendar.days_off(day, day))


def gathered(alerts: Sequence[Due], most: int) -> tuple[tuple[Due, ...], int]:
    """Those that are told one by one, and how many more there are."""
    return tuple(alerts[:most]), max(len(alerts) - most, 0)
