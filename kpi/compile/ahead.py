"""What of a scan is known ahead: its windows from a rollup, where one holds all that the scan asks.

Invariant: a rollup answers only what it answers exactly: by one dimension at a time, for whole months whatever
is counted, for other runs of days what adds up; all else is scanned. Where a column is closed to whoever asks,
or days are, nothing is answered from it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.access.source import dimension, quoted
from data.expression import Params
from data.model import Relation, Source
from data.rollup import Adding, Rollup
from kpi.compile.windows import DAY, Window, floor, step
from kpi.formula import Aggregate

_PLACE = re.compile(r"\$(\w+)")


def written_out(sql: str, values: Mapping[str, Any]) -> str:
    """SQL with the values of its places in it: a name, never run."""
    return _PLACE.sub(lambda place: repr(values[place[1]]), sql)


def adding(aggregate: Aggregate) -> Adding | None:
    """How an aggregate of several days follows from those of each. The days that are counted are different ones."""
    if aggregate.unit_key is not None:
        return None
    if aggregate.function in ("count", "sum") or (aggregate.function, aggregate.value) == ("distinct", quoted("day")):
        return "sum"
    return {"minimum": "min", "maximum": "max"}.get(aggregate.function)  # type: ignore[return-value]


@dataclass(frozen=True)
class Reading:
    """A rollup as one scan reads it."""

    rollup: Rollup
    """The rollup."""
    by: str | None
    """Dimension that is sliced or filtered by."""
    sliced: bool
    """Whether its members are asked for apart."""
    members: tuple[str, ...] | None
    """The only members that count (the empty text: not filled in); None: everything counts."""
    columns: Mapping[str, tuple[str, Adding | None]]
    """Column of the scan → that of the rollup, and how days of it add up."""
    until: date | None
    """Last day of the relation's data: a rollup counts what is upcoming, too."""

    def answers(self, window: Window) -> bool:
        """Whether it tells all about these days."""
        if self.until is not None and window.until > self.until:
            return False
        return is_month(window) or all(how for _, how in self.columns.values())

    def sql(self, windows: Sequence[Window], ids: Mapping[Window, int], params: Params) -> str:
        """SELECT of wid, is_total, slice and the scan's columns, over windows that it answers."""
        months = [ids[w] for w in windows if is_month(w)]
        runs = [ids[w] for w in windows if not is_month(w)]
        parts = []
        if months:
            parts += self._of(self.rollup.months, "r.started = w.since", months, params, single=True)
        if runs:
            days = "r.started between w.since and w.until"
            parts += self._of(self.rollup.table, days, runs, params, single=False)
        return "\n union all\n".join(parts)

    def _of(self, table: str, match: str, wids: list[int], params: Params, *, single: bool) -> list[str]:
        """`single`: a window has one row a member."""
        chosen = f"list_contains({params.place(wids)}::integer[], w.wid)"
        joined = f"{table} r join windows w on {match} and {chosen}"
        if self.members is None:
            levels = ["''", params.place(self.by)] if self.sliced else ["''"]
            rows = f"{joined} where r.dimension in ({', '.join(levels)})"
            return [self._select("r.dimension = ''", "r.member", rows, single=single)]
        listed = [params.place(member) for member in self.members if member]
        wanted = [f"r.member in ({', '.join(listed)})"] if listed else []
        wanted += ["r.member is null"] if "" in self.members else []
        rows = f"{joined} where r.dimension = {params.place(self.by)} and ({' or '.join(wanted) or 'false'})"
        total = self._select("true", "null::varchar", rows, single=False)
        return [total, *([self._select("false", "r.member", rows, single=single)] if self.sliced else [])]

    def _select(self, total: str, member: str, rows: str, *, single: bool) -> str:
        cells = "".join(
            f", {f'r.{column}' if single else _added(column, how)} as {name}"
            for name, (column, how) in self.columns.items()
        )
        select = f"select w.wid, {total} as is_total, {member} as slice{cells} from {rows}"
        return select if single else f"{select} group by all"


def _added(column: str, how: Adding | None) -> str:
    """Several rows' value; of one that does not add up there is only one row."""
    return f"{how}(r.{column})" if how else f"any_value(r.{column})"


def is_month(window: Window) -> bool:
    """Whether these days are a whole calendar month."""
    return floor(window.since, "month") == window.since and step(window.since, "month", 1) - DAY == window.until


def reading(
    source: Source,
    time: str | None,
    by: str | None,
    where: Iterable[tuple[str, Sequence[str]]],
    used: Iterable[str],
    aggregates: Mapping[Aggregate, str],
    params: Params,
) -> Reading | None:
    """How a scan's answer is read from one of the source's rollups; None: it must scan.

    `by`: the relation's spelling of the slice; `used`: columns it reads; `aggregates`: what it counts, by column.
    """
    relation, scope = source.relation, source.scope
    filters = [(dimension(relation, name), members) for name, members in (*scope.where, *where)]
    dimensions = {name for name, _ in filters} | ({by} if by else set())
    closed = relation.hidden | relation.rounded
    if scope.since or scope.until or len(dimensions) > 1 or not closed.isdisjoint(used):
        return None
    one = next(iter(dimensions), None)
    members = _members(relation, one, [wanted for _, wanted in filters]) if filters and one else None
    if members is not None and len(members) != 1 and not all(_over_members(a) for a in aggregates):
        return None
    wanted = {name: written_out(aggregate.sql, params.values) for aggregate, name in aggregates.items()}
    for rollup in source.rollups:
        if rollup.time == time and dimensions <= rollup.dimensions and rollup.columns.keys() >= set(wanted.values()):
            columns = {name: rollup.columns[identity] for name, identity in wanted.items()}
            return Reading(rollup, one, by is not None, members, columns, relation.data_until)
    return None


def _members(relation: Relation, name: str, wanted: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The members that all filters let through."""
    first, *others = (relation.known_as(name, members) for members in wanted)
    return tuple(dict.fromkeys(member for member in first if all(member in other for other in others)))


def _over_members(aggregate: Aggregate) -> bool:
    """Whether that of several members follows from theirs."""
    return aggregate.adds_up or (aggregate.unit_key is None and aggregate.function in ("minimum", "maximum"))
