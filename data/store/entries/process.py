"""Settings of the process as people entered them: what is superfluous, what an hour costs, when work is done, which way
is meant.

Invariant: every change is a version of its own, and none is ever changed or deleted; what was entered reads back equal.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database

DAY_MINUTES = 24 * 60
"""Minutes of a day."""
_LISTS = ("superfluous", "reference")


@dataclass(frozen=True)
class WorkingHours:
    """When work is done."""

    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    """Days of the week that are worked, Monday is 1."""
    begins: int = 9 * 60
    """When a day begins, in minutes after midnight."""
    ends: int = 18 * 60
    """When it ends, in minutes after midnight; 1440: at midnight."""
    holidays: bool = True
    """Russia's public holidays and moved days off are not worked; a working Saturday is, by a Monday–Friday week."""


@dataclass(frozen=True)
class ProcessSettings:
    """What people said about their process."""

    superfluous: tuple[str, ...] = ()
    """Activities that add nothing."""
    hourly_cost: float | None = None
    """Roubles of an hour's work, of anybody without a role's own; None: not told."""
    role_costs: tuple[tuple[str, float], ...] = ()
    """Role → roubles of an hour's work."""
    sla_hours: float | None = None
    """Hours within which a case should be over, on the working calendar; None: not told."""
    hours: WorkingHours | None = None
    """When work is done; None: round the clock."""
    reference: tuple[str, ...] = ()
    """The way a case should go: activities in order; empty: not told."""

    @property
    def tells_costs(self) -> bool:
        """Whether an hour of anybody has a price."""
        return self.hourly_cost is not None or bool(self.role_costs)


@dataclass(frozen=True)
class ProcessVersion:
    """The settings as they stood from some moment on."""

    version: int
    """Its number."""
    settings: ProcessSettings
    """What was entered."""
    at: datetime
    """When."""


class ProcessEntries:
    """Settings of the process of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def current(self) -> ProcessSettings:
        """What stands; the defaults where nothing was ever entered."""
        rows = self._database.rows("select content from process_settings order by version desc limit 1")
        return from_json(rows[0][0]) if rows else ProcessSettings()

    def history(self) -> tuple[ProcessVersion, ...]:
        """Every version, the first first."""
        rows = self._database.rows("select version, content, entered_at from process_settings order by version")
        return tuple(
            ProcessVersion(number, from_json(content), datetime.fromisoformat(at)) for number, content, at in rows
        )

    def change(self, change: Callable[[ProcessSettings], ProcessSettings]) -> ProcessSettings:
        """Enter what `change` makes of what stands, and give it back; nothing is entered where it is the same.

        `UserError` for settings that cannot be: an SLA of nothing, a day that ends before it begins.
        """
        with self._database.alone():
            standing = self.current()
            wanted = sound(change(standing))
            if wanted != standing:
                values = (to_json(wanted), self._clock().isoformat(timespec="seconds"))
                with self._database.change("process") as connection:
                    connection.execute("insert into process_settings (content, entered_at) values (?, ?)", values)
            return wanted


def to_json(settings: ProcessSettings) -> str:
    """The settings as text; equal settings are equal texts."""
    plain = {**vars(settings), "hours": vars(settings.hours) if settings.hours else None}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> ProcessSettings:
    """The settings of a text that `to_json` made."""
    plain: Mapping[str, Any] = json.loads(text)
    hours = plain["hours"]
    return ProcessSettings(
        **{name: tuple(plain[name]) for name in _LISTS},
        hourly_cost=plain["hourly_cost"],
        role_costs=tuple((role, cost) for role, cost in plain["role_costs"]),
        sla_hours=plain["sla_hours"],
        hours=WorkingHours(**{**hours, "weekdays": tuple(hours["weekdays"])}) if hours else None,
    )


def sound(settings: ProcessSettings) -> ProcessSettings:
    """The settings in their one spelling, if they can be."""
    costs = [settings.hourly_cost, *(cost for _, cost in settings.role_costs)]
    if any(cost is not None and not (isfinite(cost) and cost >= 0) for cost in costs):
        raise UserError(say("An hour cannot cost less than nothing."))
    if settings.sla_hours is not None and not (isfinite(settings.sla_hours) and settings.sla_hours > 0):
        raise UserError(say("A case needs more than no time: give the hours within which it should be over."))
    if settings.hours is not None:
        _check(settings.hours)
    return replace(
        settings,
        superfluous=tuple(sorted({name for name in settings.superfluous if name.strip()})),
        role_costs=tuple(sorted(dict(settings.role_costs).items())),
        reference=tuple(name for name in settings.reference if name.strip()),
        hours=settings.hours and replace(settings.hours, weekdays=tuple(sorted(set(settings.hours.weekdays)))),
    )


def _check(hours: WorkingHours) -> None:
    if not hours.weekdays or not set(hours.weekdays) <= set(range(1, 8)):
        raise UserError(say("Choose at least one day of the week that is worked."))
    if not 0 <= hours.begins < hours.ends <= DAY_MINUTES:
        raise UserError(say("The working day ends before it begins."))
