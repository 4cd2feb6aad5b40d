"""Who was in which post in a month, with which fund, and how much of it they worked.

Invariant: two questions for everybody and all months; nobody's post is looked up one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from data.access.reader import Reader
from data.access.source import quoted, select
from data.expression import Params
from data.model import Source, Statement
from kpi.bonus.inputs import TimeShare
from kpi.bonus.money import CENTI, HUNDRED, ZERO, of_float, rounded
from kpi.bonus.scheme import ProRata
from kpi.compile.windows import month_end

_POST = ("employee", "role", "branch", "team", "bonus_fund", "hired_on", "left_on", "valid_from")
Row = dict[str, Any]
Hours = Mapping[tuple[str, date], tuple[Decimal, Decimal]]
"""(Person, first day of a month) → hours worked and planned on the days that have both."""


@dataclass(frozen=True)
class Post:
    """A person in a post, for a run of days."""

    name: str
    """Who."""
    role: str
    """What they are."""
    branch: str
    """Where."""
    team: str
    """With whom."""
    fund: Decimal | None
    """Roubles a month at full bonus."""
    first: date
    """First day."""
    last: date
    """Last day; far ahead where it goes on."""

    def days_in(self, since: date, until: date) -> int:
        """Days of the post within others, both inclusive."""
        return max(0, (min(self.last, until) - max(self.first, since)).days + 1)


def posts(reader: Reader) -> tuple[Post, ...]:
    """Every post, by person and first day; empty where no staff list is loaded."""
    source = reader.sources().get("staff")
    if source is None or "employee" not in source.relation.own:
        return ()
    frame = _read(reader, source, _POST)
    columns = [frame[name].tolist() for name in frame.columns]
    cells: list[Row] = [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]
    rows = [row for row in cells if isinstance(row.get("employee"), str)]
    people: dict[str, list[Row]] = {}
    for row in sorted(rows, key=_starts):
        people.setdefault(row["employee"], []).append(row)
    return tuple(post for name in sorted(people) for post in _in_turn(people[name]))


def _starts(row: Row) -> date:
    return _day(row.get("valid_from")) or _day(row.get("hired_on")) or date.min


def _in_turn(rows: Sequence[Row]) -> list[Post]:
    """A post ends where the next one begins, or with the day the person left."""
    made = []
    for place, row in enumerate(rows):
        last = _day(row.get("left_on")) or date.max
        if place + 1 < len(rows):
            last = min(last, date.fromordinal(max(_starts(rows[place + 1]).toordinal() - 1, 1)))
        fund = row.get("bonus_fund")
        known = None if fund is None or pd.isna(fund) else of_float(float(fund))
        told = {name: row.get(name) if isinstance(row.get(name), str) else "" for name in ("role", "branch", "team")}
        post = Post(row["employee"], **{k: str(v) for k, v in told.items()}, fund=known, first=_starts(row), last=last)
        made += [post] if post.first <= post.last else []
    return made


def in_month(known: Sequence[Post], month: date) -> dict[str, tuple[Post, TimeShare]]:
    """Person → the last post they had in the month, with its fund averaged over their days, and their days."""
    until, found = month_end(month), dict[str, list[tuple[Post, int]]]()
    for post in known:
        if days := post.days_in(month, until):
            found.setdefault(post.name, []).append((post, days))
    return {name: _together(rows, (until - month).days + 1) for name, rows in found.items()}


def _together(rows: Sequence[tuple[Post, int]], month_days: int) -> tuple[Post, TimeShare]:
    last = rows[-1][0]
    days = sum(count for _, count in rows)
    funds = [(post.fund, count) for post, count in rows if post.fund is not None]
    fund = None
    if funds:
        fund = rounded(sum((f * n for f, n in funds), ZERO) / sum(n for _, n in funds))
    same = Post(last.name, last.role, last.branch, last.team, fund, last.first, last.last)
    return same, TimeShare(min(days, month_days), month_days)


def hours(reader: Reader, since: date, until: date) -> Hours:
    """Hours by person and month."""
    source = reader.sources().get("shifts")
    needed = {"employee", "worked_hours", "planned_hours"}
    if source is None or not needed <= set(source.relation.own):
        return {}
    params = Params()
    rows = select(source, sorted(needed), params, days=(since, until))
    sql = (
        "select employee, date_trunc('month', day) as month, sum(worked_hours) as worked, "
        f"sum(planned_hours) as planned from ({rows}) "
        "where employee is not null and worked_hours is not null and planned_hours is not null group by 1, 2"
    )
    frame, _ = reader.run(Statement(sql, params.values, ("shifts",), reader.scope))
    cells = zip(frame["employee"], frame["month"], frame["worked"], frame["planned"], strict=True)
    return {(str(e), pd.Timestamp(m).date()): (of_float(float(w)), of_float(float(p))) for e, m, w, p in cells}


def time_share(time: TimeShare, rule: ProRata) -> Decimal:
    """Per cent of the month worked: days in the post, and hours of those planned, at most all of them."""
    if rule == "none":
        return HUNDRED
    share = HUNDRED * time.days / time.month_days
    if rule == "hours" and time.worked is not None and time.planned:
        share = share * min(time.worked, time.planned) / time.planned
    return rounded(share, CENTI)


def _read(reader: Reader, source: Source, columns: Sequence[str]) -> pd.DataFrame:
    held = [name for name in columns if name in source.relation.own]
    params = Params()
    rows = select(source, held, params, undated=True)  # who has no first day was always there
    sql = f"select {', '.join(map(quoted, held))} from ({rows})"
    frame, _ = reader.run(Statement(sql, params.values, ("staff",), reader.scope))
    return frame


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
