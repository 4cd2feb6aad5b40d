"""Targets people set, with their history.

Invariant: what a target was on a past day is never overwritten: a new target closes the former from its first day on;
one that was replaced before it ever applied, or on the day it began, keeps its row with `replaced_at`. No two rows that
stand cover one day of one KPI and scope.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from data.store.clock import Clock
from data.store.entries.database import Database

_FIELDS = "id, kpi, dimension, member, good_low, good_high, ok_low, ok_high, source, valid_from, valid_to"
_SAME = "kpi = ? and dimension is ? and member is ? and replaced_at is null"


@dataclass(frozen=True)
class TargetRow:
    """One target and the days it judges."""

    id: int
    """Number of the row."""
    kpi: str
    """KPI id."""
    scope: tuple[str, str] | None
    """(dimension, member) it is set for; None: the whole business."""
    good_low: float | None
    """At or above is good."""
    good_high: float | None
    """At or below is good."""
    ok_low: float | None
    """At or above is still acceptable."""
    ok_high: float | None
    """At or below is still acceptable."""
    source: str
    """Who set it, or where it comes from."""
    valid_from: date
    """First day it judges."""
    valid_to: date | None
    """Last day it judges; None: until replaced."""

    @property
    def is_set(self) -> bool:
        """False: from `valid_from` on there is no target here."""
        return any(bound is not None for bound in (self.good_low, self.good_high, self.ok_low, self.ok_high))


class Targets:
    """Targets of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def set_target(
        self,
        kpi: str,
        *,
        good_low: float | None = None,
        good_high: float | None = None,
        ok_low: float | None = None,
        ok_high: float | None = None,
        scope: tuple[str, str] | None = None,
        valid_from: date | None = None,
        source: str = "",
    ) -> None:
        """Set a target from a day on (today, if none is given); without bounds there is none from then on."""
        first = valid_from or self._clock().date()
        now = self._clock().isoformat(timespec="seconds")
        same = (kpi, *(scope or (None, None)))
        bounds = (good_low, good_high, ok_low, ok_high)
        with self._database.change() as connection:
            connection.execute(
                f"update targets set replaced_at = ? where {_SAME} and valid_from >= ?", (now, *same, first.isoformat())
            )
            connection.execute(
                f"update targets set valid_to = ? where {_SAME} and (valid_to is null or valid_to >= ?)",
                ((first - timedelta(days=1)).isoformat(), *same, first.isoformat()),
            )
            connection.execute(
                "insert into targets (kpi, dimension, member, good_low, good_high, ok_low, ok_high, source, valid_from,"
                " entered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*same, *bounds, source, first.isoformat(), now),
            )

    def remove_target(self, kpi: str, scope: tuple[str, str] | None = None, valid_from: date | None = None) -> None:
        """From a day on (today, if none is given), judge by the catalogue's default again."""
        first = valid_from or self._clock().date()
        same = (kpi, *(scope or (None, None)))
        with self._database.change() as connection:
            connection.execute(
                f"update targets set replaced_at = ? where {_SAME} and valid_from >= ?",
                (self._clock().isoformat(timespec="seconds"), *same, first.isoformat()),
            )
            connection.execute(
                f"update targets set valid_to = ? where {_SAME} and (valid_to is null or valid_to >= ?)",
                ((first - timedelta(days=1)).isoformat(), *same, first.isoformat()),
            )

    def targets(self) -> tuple[TargetRow, ...]:
        """Targets that stand, past and present, by KPI and first day."""
        rows = self._database.rows(
            f"select {_FIELDS} from targets where replaced_at is null order by kpi, dimension, member, valid_from"
        )
        return tuple(_row(row) for row in rows)


def _row(row: tuple[object, ...]) -> TargetRow:
    number, kpi, dimension, member, good_low, good_high, ok_low, ok_high, source, first, last = row
    return TargetRow(
        int(str(number)), str(kpi), (str(dimension), str(member)) if dimension is not None else None,
        _number(good_low), _number(good_high), _number(ok_low), _number(ok_high), str(source),
        date.fromisoformat(str(first)), date.fromisoformat(str(last)) if last is not None else None,
    )  # fmt: skip


def _number(value: object) -> float | None:
    return float(str(value)) if value is not None else None
