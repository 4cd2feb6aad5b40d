"""Who is here: every person of the staff, and those only other facts tell of.

Invariant: nobody who did anything is left out: who has no row of staff, or none with a first day, is known from the
rows that name them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.access.reader import Reader
from data.access.source import quoted, select
from data.expression import Params
from data.model import Source, Statement

GROUPS = ("team", "role", "branch")
"""What a person belongs to, the narrowest first."""
SEEN_WITHIN = timedelta(days=92)
"""Who has no row of staff, and none of any fact for so long, is not here any more."""
_MONTH = 30.4375


@dataclass(frozen=True)
class Person:
    """Somebody who works, or worked, here."""

    name: str
    """The name they are known by."""
    groups: Mapping[str, str] = field(default_factory=dict)
    """team, role, branch → theirs, as far as somebody told it."""
    hired_on: date | None = None
    """First day of their latest stay."""
    left_on: date | None = None
    """Last day."""
    here: bool = True
    """Whether they work here on the day that was asked about."""

    def tenure(self, day: date) -> float | None:
        """Months here, on a day or by the end of their stay."""
        if self.hired_on is None:
            return None
        return max((min(day, self.left_on or day) - self.hired_on).days, 0) / _MONTH


def roster(reader: Reader, day: date) -> tuple[Person, ...]:
    """Everybody known by that day, in the order of the alphabet."""
    found = {**_seen(reader, day), **_employed(reader, day)}
    return tuple(found[name] for name in sorted(found, key=str.casefold))


def _employed(reader: Reader, day: date) -> dict[str, Person]:
    """People of the staff, each as of the latest post begun by that day."""
    source = reader.sources().get("staff_posts")
    if source is None or not source.relation.rows:
        return {}
    columns = [name for name in (*GROUPS, "hired_on", "left_on") if name in source.relation.columns]
    people: dict[str, Person] = {}
    for row in _rows(reader, source, ["employee", *columns], day):
        name = str(row["employee"])
        former = people.get(name)
        groups = {g: str(row[g]) for g in GROUPS if row.get(g)}
        hired = row.get("hired_on") or (former.hired_on if former else None)
        left = row.get("left_on")
        people[name] = Person(name, groups, hired, left, left is None or left >= day)
    return people


def _seen(reader: Reader, day: date) -> dict[str, Person]:
    """People other facts name: what they belong to as their latest row tells it."""
    params, parts = Params(), []
    for source in reader.sources().values():
        relation = source.relation
        if relation.live_filter and relation.rows and "employee" in relation.own and relation.name != "staff":
            told = [name for name in GROUPS if name in relation.columns]
            listed = ", ".join(f"cast({quoted(g) if g in told else 'null'} as varchar) as {quoted(g)}" for g in GROUPS)
            inner = select(source, ["employee", *told], params)
            parts.append(f"select cast(employee as varchar) as employee, day, {listed} from ({inner})")
    if not parts:
        return {}
    latest = ", ".join(f"arg_max({quoted(g)}, day) as {quoted(g)}" for g in GROUPS)
    sql = (
        f"select employee, max(day) as day, {latest} from ({' union all '.join(parts)}) "
        f"where employee is not null and day <= {params.place(day)} group by employee"
    )
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (), reader.scope))
    return {
        str(row["employee"]): Person(
            str(row["employee"]), {g: str(row[g]) for g in GROUPS if isinstance(row[g], str)},
            here=row["day"].date() >= day - SEEN_WITHIN,
        )
        for row in frame.to_dict("records")
    }  # fmt: skip


def _rows(reader: Reader, source: Source, columns: list[str], day: date) -> list[dict[str, Any]]:
    """A relation's rows up to a day in the order of time, empty cells as None."""
    params = Params()
    inner = select(source, columns, params)
    sql = f"select * from ({inner}) where day <= {params.place(day)} order by day"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), (), reader.scope))
    return [{str(k): _cell(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _cell(value: Any) -> Any:
    if value is None or value != value:
        return None
    return value.date() if hasattr(value, "date") else value
