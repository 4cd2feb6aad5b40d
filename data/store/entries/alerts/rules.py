"""The rules by which people are told.

Invariant: a rule that was removed keeps its row, so that what was found by it can be told; a rule reads back equal.
"""

import json
from dataclasses import asdict, replace
from datetime import time
from typing import Any

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.alerts.model import AlertRule, QuietHours
from data.store.entries.database import Database, inserted

LOWEST, HIGHEST = 0.0, 100.0
"""Ratings that can be asked for: any scale."""
MOST_DAYS = 366
MOST_LINES = 50


class AlertRules:
    """Rules of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[AlertRule, ...]:
        """The rules that stand, the first first; those that are switched off too."""
        rows = self._database.rows("select id, settings, active from alert_rules where removed_at is null order by id")
        return tuple(_rule(*row) for row in rows)

    def get(self, number: int) -> AlertRule:
        """The rule of a number. `UnknownName` if none of it stands."""
        found = next((rule for rule in self.all() if rule.id == number), None)
        if found is None:
            raise UnknownName(say("There is no rule {number}.", number=number))
        return found

    def add(self, rule: AlertRule) -> int:
        """Enter a rule; its number. `UserError` where it would tell nothing."""
        _check(rule)
        with self._database.change("alerts") as connection:
            return inserted(
                connection,
                "insert into alert_rules (settings, active, created_at) values (?, ?, ?)",
                (_settings(rule), int(rule.active), self._clock().isoformat(timespec="seconds")),
            )

    def change(self, rule: AlertRule) -> None:
        """Put a rule in the place of the one with its number."""
        _check(rule)
        self._update(rule.id, "settings = ?, active = ?", (_settings(rule), int(rule.active)))

    def remove(self, number: int) -> None:
        """Follow a rule no more."""
        now = self._clock().isoformat(timespec="seconds")
        self._update(number, "active = 0, removed_at = ?", (now,))

    def _update(self, number: int, what: str, cells: tuple[object, ...]) -> None:
        with self._database.change("alerts") as connection:
            changed = connection.execute(
                f"update alert_rules set {what} where id = ? and removed_at is null", (*cells, number)
            )
            if changed.rowcount == 0:
                raise UnknownName(say("There is no rule {number}.", number=number))


def _check(rule: AlertRule) -> None:
    if not rule.kinds:
        raise UserError(say("The rule would tell nothing: choose what to look for."))
    if not LOWEST <= rule.worst_rating <= HIGHEST:
        raise UserError(say("A rating lies between {low} and {high}.", low=LOWEST, high=HIGHEST))
    if not 0 <= rule.cooldown <= MOST_DAYS:
        raise UserError(say("The same is told again after 0 to {n} days.", n=MOST_DAYS))
    if not 1 <= rule.lines <= MOST_LINES:
        raise UserError(say("A message holds 1 to {n} alerts.", n=MOST_LINES))


def _settings(rule: AlertRule) -> str:
    cells: dict[str, Any] = {**asdict(rule), "kinds": sorted(rule.kinds)}
    del cells["id"], cells["active"]
    if rule.quiet is not None:
        cells["quiet"] |= {"since": f"{rule.quiet.since:%H:%M}", "until": f"{rule.quiet.until:%H:%M}"}
    return json.dumps(cells, ensure_ascii=False)


def _rule(number: int, settings: str, active: int) -> AlertRule:
    cells = json.loads(settings)
    quiet = cells["quiet"]
    if quiet is not None:
        since, until = (time.fromisoformat(quiet[end]) for end in ("since", "until"))
        quiet = QuietHours(**{**quiet, "since": since, "until": until})
    lists = {name: tuple(cells[name]) for name in ("kpis", "dimensions", "roles", "persons", "addressees", "channels")}
    made = AlertRule(**{**cells, **lists, "quiet": quiet, "kinds": frozenset(cells["kinds"])})
    return replace(made, id=number, active=bool(active))
