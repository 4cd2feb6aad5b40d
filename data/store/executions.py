"""The events of a process log as executions of activities in the order of each case, and each case in figures, as SQL.

Invariant: an execution ends where its row says; it began at its own start, or at the start row it belongs to — the n-th
start of an activity in a case to its n-th end. Rows that neither begin nor end anything (assigned, paused, …) are no
executions; start rows are, only where the log tells no ends at all. Order: by time, ties as in the file. Hours are
those of the working clock.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.store.entries.process import ProcessSettings
from data.store.identifiers import listed, quoted
from data.store.path_order import FIGURES, PathOrder
from data.store.working_clock import WorkingClock

HELD = ("case_id", "activity", "at", "started_at", "lifecycle", "cost", "is_superfluous")
"""Columns of the fact that executions are made of."""
OWNERS = ("account", "branch")
"""Whose case it is: a number is one case within an account and branch, or where neither is told within a source."""
PLACE = ("_source", "_import", "_line")
"""Where a row stands: rows of one moment are in the order of their file."""
_TYPES = {
    "started_at": "timestamp", "cost": "double", "is_superfluous": "boolean", "employee": "varchar", "role": "varchar",
    "lifecycle": "varchar",
}  # fmt: skip
_NO_END = "('schedule', 'assign', 'start', 'suspend', 'resume', 'withdraw', 'abort')"
_WHOLE = 'case_id is not null and activity is not null and "at" is not null'
_ROW = ("case_id", "activity", "employee", "role", "is_superfluous")
_FOLLOWING = {
    "nth": "row_number() over alike", "place": "row_number() over follows", "next": "lead(activity) over follows",
    "next_begins": 'lead(coalesce(began, "at")) over follows', "before": "lag(activity) over follows",
    "before_that": "lag(activity, 2) over follows", "giver": "lag(employee) over follows",
}  # fmt: skip
_ORDER = 'order by "at", _import, _line'


@dataclass(frozen=True)
class Shape:
    """What must be known of a log before its SQL can be written."""

    first: date | None
    """Day of its first moment; None: it is empty."""
    last: date | None
    """Day of its last moment."""
    has_ends: bool
    """Some row tells that an activity is complete."""
    has_starts: bool
    """Some row tells that an activity begins."""
    clashes: bool
    """Its rows have several owners, so that one number may stand for several cases."""
    order: PathOrder | None
    """How its rows are numbered; None: it is empty."""

    @staticmethod
    def of_row(row: Sequence[Any]) -> "Shape":
        """The shape as `shape_sql` tells it."""
        first, last, has_ends, has_starts, clashes, *order = row
        return Shape(first, last, bool(has_ends), bool(has_starts), bool(clashes), PathOrder.of_row(order))


def shape_sql(events: str, held: Collection[str], owners: Sequence[str]) -> str:
    """SELECT of a log's `Shape` from its events."""
    first = 'least(min("at"), min(started_at))' if "started_at" in held else 'min("at")'
    last = 'greatest(max("at"), max(started_at))' if "started_at" in held else 'max("at")'
    told = [
        f"coalesce(bool_or(lifecycle = '{word}'), false)" if "lifecycle" in held else "false"
        for word in ("complete", "start")
    ]
    figures = f"cast({first} as date), cast({last} as date), {', '.join(told)}, {_clash(_owner(owners))}, {FIGURES}"
    return f"select {figures} from ({events}) where {_WHOLE}"


@dataclass(frozen=True)
class Executions:
    """SQL of one log."""

    events: str
    """SELECT of its rows."""
    held: frozenset[str]
    """Columns that the rows tell."""
    shape: Shape
    """What is known of it."""
    settings: ProcessSettings
    """What people said about the process."""
    owners: Sequence[str]
    """Those of `OWNERS` that the rows tell themselves."""
    place: Callable[[object], str]
    """Place of a value in the statement."""
    kept: Sequence[str] = ()
    """Other columns of the rows that executions keep."""
    wanted: frozenset[str] | None = None
    """Columns of the executions that will be read, of those that cost; None: all."""

    @property
    def sql(self) -> str:
        """The common tables `events` and `executions`, in their order, without «with»."""
        paired = self.shape.has_ends and self.shape.has_starts
        started = 'coalesce(e.started_at, b."at")' if paired else "e.started_at"
        return f"""
    events as not materialized ({self._whole()}),{self._begun() if paired else ""}
    ended as not materialized (
      select e.*, case when {started} <= e."at" then {started} end as began
      from ({self._ended(numbered=paired)}) e {"left join begun b using (case_id, activity, nth)" if paired else ""}),
    executions as not materialized (
      select *{self._told()} from (
        select {listed(dict.fromkeys((*_ROW, *self.kept)))}, cost as own_cost, "at" as finished,
          began as started{self._followed()}
        from ended
        window follows as (partition by case_id {_ORDER}), alike as (partition by case_id, activity {_ORDER})))"""

    def _followed(self) -> str:
        """What stands before and after, as far as it is wanted: each costs, whether it is read or not."""
        found = [name for name in _FOLLOWING if self._wants(name)]
        return "".join(f", {_FOLLOWING[name]} as {name}" for name in found)

    def _told(self) -> str:
        """What follows from the row itself."""
        clocks = {f"{name}_clock": self.clock(name) for name in ("started", "finished", "next_begins")}
        told = {**clocks, "wasted": "is_superfluous or nth > 1", "cost": f"coalesce(own_cost, {self._cost()})"}
        return "".join(f", {sql} as {name}" for name, sql in told.items() if self._wants(name))

    def _wants(self, name: str) -> bool:
        implied = {"nth": "wasted", "next_begins": "next_begins_clock"}.get(name, name)
        return self.wanted is None or bool(self.wanted & {name, implied})

    @property
    def has_work(self) -> bool:
        """Whether the log tells of some executions when they began."""
        return "started_at" in self.held or (self.shape.has_ends and self.shape.has_starts)

    @property
    def has_costs(self) -> bool:
        """Whether an execution's cost is told, by the log or by what an hour costs."""
        return "cost" in self.held or (self.settings.tells_costs and self.has_work)

    def _whole(self) -> str:
        """The rows that can stand in a case, with every column, their cases told apart."""
        missing = [name for name in _TYPES if name not in self.held]
        empty = "".join(f", null::{_TYPES[name]} as {quoted(name)}" for name in missing)
        rows = f"select *{empty} from ({self.events}) where {_WHOLE}"
        marked = f"coalesce(is_superfluous, false){self._marked()}"
        owner = _owner(self.owners)
        if not self.shape.clashes:
            return f"select * replace ({marked} as is_superfluous) from ({rows})"
        return f"""
      with rows as ({rows}),
      shared as (
        select case_id, count({owner}) = 0 as by_source from rows group by case_id having {_clash(owner)})
      select rows.* replace ({marked} as is_superfluous,
        case when by_source is null then rows.case_id when by_source then rows.case_id || ' · ' || _source
          else concat_ws(' · ', rows.case_id, coalesce({owner}, _source)) end as case_id)
      from rows left join shared using (case_id)"""

    def _marked(self) -> str:
        if not self.settings.superfluous:
            return ""
        return f" or list_contains({self.place(list(self.settings.superfluous))}::varchar[], activity)"

    def _ended(self, *, numbered: bool) -> str:
        nth = f", row_number() over (partition by case_id, activity {_ORDER}) as nth" if numbered else ""
        chosen = ""
        if "lifecycle" in self.held:
            others = "false" if self.shape.has_ends else f"lifecycle = 'start' or lifecycle not in {_NO_END}"
            chosen = f" where lifecycle is null or lifecycle = 'complete' or {others}"
        return f"select *{nth} from events{chosen}"

    def _begun(self) -> str:
        return f"""
    begun as not materialized (
      select case_id, activity, "at", row_number() over (partition by case_id, activity {_ORDER}) as nth
      from events where lifecycle = 'start'),"""

    def clock(self, moment: str) -> str:
        """SQL of a moment's place on the working clock."""
        hours, first, last = self.settings.hours, self.shape.first, self.shape.last
        if hours is None or first is None or last is None:
            return f"epoch_us({moment})"
        return WorkingClock(hours, first, last).place(moment, self.place)

    def _cost(self) -> str:
        """Roubles of the working time of an execution."""
        if not self.settings.tells_costs or not self.has_work:
            return "null"
        roles = " ".join(f"when {self.place(r)} then {self.place(float(c))}" for r, c in self.settings.role_costs)
        common = "null" if self.settings.hourly_cost is None else self.place(float(self.settings.hourly_cost))
        an_hour = f"case role {roles} else {common} end" if roles else common
        return f"({self.clock('finished')} - {self.clock('started')}) / 3.6e9 * {an_hour}"


def _owner(told: Sequence[str]) -> str:
    """SQL of the account and branch a row is of; null: it tells none."""
    return f"nullif(concat_ws(' · ', {', '.join(told)}), '')" if told else "null::varchar"


def _clash(owner: str) -> str:
    """SQL of rows: whether they have several owners. Where some row tells one, the others are of it."""
    return f"(count(distinct {owner}) > 1 or (count({owner}) = 0 and count(distinct _source) > 1))"
