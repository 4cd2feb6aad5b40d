"""The cases of a log one by one: a list of them, and one down to its steps.

Invariant: what a person typed is never part of the SQL: a case is found by the digest of its number.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from typing import Literal

import pandas as pd

from kpi.process.log import ProcessLog
from kpi.process.pieces import PIECES

Order = Literal["longest", "newest", "most"]
_ORDERS: dict[Order, str] = {
    "longest": "throughput_hours desc, case_id", "newest": "last_step_at desc, case_id",
    "most": "events desc, throughput_hours desc, case_id",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case."""

    number: str
    """Its number."""
    began: datetime
    """Its first moment."""
    ended: datetime
    """Its last."""
    hours: float
    """Its time."""
    events: int
    """Executions."""
    superfluous: int
    """Those that add nothing, repeats included."""


@dataclass(frozen=True)
class Done:
    """One execution of a case."""

    activity: str
    """The step."""
    started: datetime | None
    """When it began; None: the log does not tell."""
    finished: datetime
    """When it ended."""
    wait: float
    """Hours from the end of what was done before to its beginning."""
    work: float
    """Hours of it beyond what still ran."""
    employee: str | None
    """Who did it."""
    cost: float
    """Roubles; NaN where not known."""
    why: Literal["", "superfluous", "repeat"]
    """Why it adds nothing; empty: it does."""


def cases(log: ProcessLog, order: Order, most: int) -> tuple[Case, ...]:
    """The first cases of an order."""
    rows = log.ask(
        f"""select case_id, first_step_at, last_step_at, throughput_hours, events, superfluous from cases
        order by {_ORDERS[order]} limit {int(most)}"""
    )
    return tuple(
        Case(str(number), began.to_pydatetime(), ended.to_pydatetime(), float(time), int(events), int(wasted))
        for number, began, ended, time, events, wasted in rows.itertuples(index=False)
    )


def steps_of(log: ProcessLog, number: str) -> tuple[Done, ...]:
    """The executions of one case, in order; none where there is no such case."""
    digest = md5(number.encode(), usedforsecurity=False).hexdigest()
    rows = log.ask(
        f"""select * from (with {PIECES}
        select activity, started, finished, wait, work, employee, cost, is_superfluous, nth from pieces
        where md5(case_id) = '{digest}' order by place)"""
    )
    return tuple(_done(*row) for row in rows.itertuples(index=False))


def _done(
    activity: str, started: pd.Timestamp, finished: pd.Timestamp, wait: float, work: float, employee: str | None,
    cost: float, marked: bool, nth: int,
) -> Done:  # fmt: skip
    return Done(
        str(activity), None if pd.isna(started) else started.to_pydatetime(), finished.to_pydatetime(), float(wait),
        float(work), None if pd.isna(employee) else str(employee), float(cost) if not pd.isna(cost) else float("nan"),
        "superfluous" if marked else "repeat" if nth > 1 else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Spread:
    """How long the cases take."""

    edges: tuple[float, ...]
    """Ends of the classes, in hours; the last class holds all longer ones."""
    counts: tuple[int, ...]
    """Cases of each class."""
    beyond: int
    """Cases longer than the last end."""


def spread(log: ProcessLog, classes: int = 30) -> Spread:
    """The cases by time: classes of equal width up to what 98 of 100 do not exceed."""
    found = log.ask("select quantile_cont(throughput_hours, 0.98) as top from cases")
    top = float(found["top"].iloc[0])
    width = (top if top == top and top > 0 else 1.0) / classes
    rows = log.ask(
        f"""select least(cast(floor(throughput_hours / {width!r}) as integer), {classes - 1}) as place, count(*) as n,
          count_if(throughput_hours > {top!r}) as beyond from cases group by 1"""
    )
    counts = dict(zip(rows["place"], rows["n"], strict=True))
    edges = tuple(width * n for n in range(classes + 1))
    return Spread(edges, tuple(int(counts.get(n, 0)) for n in range(classes)), int(rows["beyond"].sum()))


def by_week(log: ProcessLog) -> pd.DataFrame:
    """Monday, median hours and cases of the weeks in which cases ended; weeks without are left out."""
    return log.ask(
        """select date_trunc('week', last_step_at)::timestamp as week, median(throughput_hours) as hours, count(*) as n
        from cases group by 1 order by 1"""
    )


def dotted(log: ProcessLog, most_cases: int) -> pd.DataFrame:
    """Events of so many cases, every k-th by their beginning: at, row, activity, case_id, wasted, is_last."""
    return log.ask(
        f"""select * from (with ranked as (
            select case_id, row_number() over (order by first, case_id) - 1 as place, count(*) over () as every
            from paths),
          chosen as (
            select case_id, dense_rank() over (order by place) - 1 as row from ranked
            where place % greatest(cast(ceil(every / {int(most_cases)}) as bigint), 1) = 0)
        select finished as "at", row, activity, case_id, wasted, next is null as is_last
        from executions join chosen using (case_id) order by row, place)"""
    )
