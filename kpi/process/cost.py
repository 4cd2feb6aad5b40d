"""What superfluous steps cost: roubles and hours, by step and month.

Invariant: an execution is counted once: as a superfluous step, else as a repeat. Roubles are the log's own or working
time × the cost of an hour; where neither is known they are unknown, never 0. A month is that of the execution's end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kpi.process.log import ProcessLog
from kpi.process.pieces import PIECES

DAYS = 365.25 / 12
"""Of a month, where a period is not made of whole ones."""


@dataclass(frozen=True)
class Waste:
    """Executions of one step in one month that add nothing."""

    activity: str
    """The step."""
    why: Literal["superfluous", "repeat"]
    """It is marked so, or it was done in the case before."""
    month: date
    """First day of the month."""
    count: int
    """Executions."""
    cases: int
    """Cases."""
    hours: float
    """Time they took in the cases, with the wait before them."""
    work: float
    """Working time; NaN where the log tells no starts."""
    cost: float
    """Roubles of those whose cost is known; NaN where none is."""
    unpriced: int
    """Executions whose cost is not known."""


def wastes(log: ProcessLog) -> tuple[Waste, ...]:
    """By step, reason and month."""
    rows = log.ask(
        f"""select * from (with {PIECES}
        select activity, case when is_superfluous then 'superfluous' else 'repeat' end as why,
          cast(date_trunc('month', finished) as date) as month, count(*) as n, count(distinct case_id) as cases,
          sum(hours) as hours, sum((finished_clock - started_clock) / 3.6e9) as work, sum(cost) as cost,
          count(*) - count(cost) as unpriced
        from pieces where wasted group by all order by 3, 1, 2)"""
    )
    return tuple(
        Waste(
            str(activity), why, month.date(), int(n), int(cases), float(hours), float(work), float(cost), int(unpriced)
        )
        for activity, why, month, n, cases, hours, work, cost, unpriced in rows.itertuples(index=False)
    )


@dataclass(frozen=True)
class StepWaste:
    """What adds nothing of one step for one reason, over all months."""

    activity: str
    """The step."""
    why: Literal["superfluous", "repeat"]
    """It is marked so, or it was done in the case before."""
    count: int
    """Executions."""
    hours: float
    """Time they took in the cases, with the wait before them."""
    work: float
    """Working time; NaN where the log tells no starts."""
    cost: float
    """Roubles of those whose cost is known; NaN where none is."""


def by_step(found: Sequence[Waste]) -> tuple[StepWaste, ...]:
    """The months added up, the dearest first, then what takes most time."""
    groups: dict[tuple[str, Literal["superfluous", "repeat"]], list[Waste]] = {}
    for waste in found:
        groups.setdefault((waste.activity, waste.why), []).append(waste)
    added = [
        StepWaste(
            activity, why, sum(one.count for one in group), sum(one.hours for one in group),
            _known_sum(one.work for one in group), _known_sum(one.cost for one in group),
        )
        for (activity, why), group in groups.items()
    ]  # fmt: skip
    return tuple(sorted(added, key=lambda one: (-one.cost if one.cost == one.cost else 0.0, -one.hours, one.activity)))


def _known_sum(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) if known else float("nan")


def months(since: date, until: date) -> float:
    """How many months a period of inclusive days is: whole calendar months count as they are."""
    following = date.fromordinal(until.toordinal() + 1)
    if since.day == 1 and following.day == 1:
        return (following.year - since.year) * 12.0 + following.month - since.month
    return max((until - since).days + 1, 1) / DAYS
