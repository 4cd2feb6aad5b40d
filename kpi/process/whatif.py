"""What would change if steps were left out, or a queue were shorter: every case of the log gone through again.

Invariant: nothing else changes — the other steps take as long, wait as long and cost as much as they did. Leaving a
step out takes its work and the wait before it from each of its executions; a shorter queue takes of the wait before a
step what goes beyond its fastest quarter, or all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kpi.process.log import ProcessLog
from kpi.process.pieces import PIECES

Queue = Literal["quarter", "none"]
"""quarter: nobody waits longer than the fastest quarter do; none: nobody waits."""


@dataclass(frozen=True)
class Change:
    """What is tried."""

    left_out: tuple[str, ...] = ()
    """Steps that are not done any more."""
    queues: tuple[tuple[str, Queue], ...] = ()
    """Step → what becomes of the wait before it."""


@dataclass(frozen=True)
class Outcome:
    """The cases as they were, or as they would be."""

    median_hours: float
    """Median time of a case."""
    mean_hours: float
    """Mean time of a case."""
    late: float
    """Share of cases over the term, 0…1; NaN where none is set."""
    cost: float
    """Roubles of all executions; NaN where not known."""
    hours: float
    """Working time of all executions; NaN where the log tells no starts."""
    spread: tuple[int, ...]
    """Cases by time, in the classes of `Replay.edges`."""


@dataclass(frozen=True)
class Replay:
    """Before and after."""

    before: Outcome
    """As it was."""
    after: Outcome
    """As it would be."""
    edges: tuple[float, ...]
    """Ends of the classes of time, in hours, one more than classes."""
    cases: int
    """Cases gone through."""
    touched: int
    """Cases for which anything changes."""
    unpriced: int
    """Executions whose cost is not known, where that of others is: they are in no sum of roubles."""
    unstarted: int
    """Executions whose beginning is not told, where that of others is: their work is in no sum, and counts as wait."""


def replay(log: ProcessLog, change: Change, sla_hours: float | None, classes: int = 24) -> Replay:
    """Every case gone through again."""
    codes = log.ask("select activity, code from codes")
    known = {str(name): int(code) for name, code in codes.itertuples(index=False)}
    frame = log.ask(_sql(change, known))
    before, after = frame["before"].to_numpy(float), frame["after"].to_numpy(float)
    top = float(np.quantile(before, 0.98)) if len(before) else 0.0
    edges = np.linspace(0.0, top or 1.0, classes + 1)
    outcomes = [
        _outcome(times, frame[cost].to_numpy(float), frame[work].to_numpy(float), sla_hours, edges)
        for times, cost, work in ((before, "cost", "work"), (after, "new_cost", "new_work"))
    ]
    touched = int((frame["touched"].to_numpy(float) > 0).sum())
    missing = [
        int(frame[name].sum()) if known == known else 0
        for name, known in (("unpriced", outcomes[0].cost), ("unstarted", outcomes[0].hours))
    ]
    return Replay(outcomes[0], outcomes[1], tuple(float(edge) for edge in edges), len(before), touched, *missing)


def _sql(change: Change, codes: Mapping[str, int]) -> str:
    """One row a case. Steps are told by their code, so that no name is part of the SQL."""
    out = [codes[name] for name in change.left_out if name in codes]
    shorter = {codes[name]: queue for name, queue in change.queues if name in codes}
    gone = f"code in ({', '.join(map(str, out))})" if out else "false"
    cut = [f"when code = {code} then {_cut(queue)}" for code, queue in shorter.items()]
    wait = f"case {' '.join(cut)} else wait end" if cut else "wait"
    return f"""select * from (with {PIECES},
      coded as (select *, code from pieces join codes using (activity)),
      fastest as (select code, quantile_cont(wait, 0.25) as quarter from coded where place > 1 group by code),
      changed as (
        select case_id, hours, cost, (finished_clock - started_clock) / 3.6e9 as own, {gone} as gone,
          case when {gone} then 0 else work + {wait} end as new_hours
        from coded left join fastest using (code))
      select sum(hours) as before, sum(new_hours) as after, sum(cost) as cost,
        sum(case when gone then 0 else cost end) as new_cost, sum(own) as work,
        sum(case when gone then 0 else own end) as new_work,
        count_if(gone or new_hours < hours) as touched,
        count(*) - count(cost) as unpriced, count(*) - count(own) as unstarted
      from changed group by case_id)"""


def _cut(queue: Queue) -> str:
    return "0" if queue == "none" else "least(wait, coalesce(quarter, wait))"


def _outcome(
    times: np.ndarray, cost: np.ndarray, work: np.ndarray, sla_hours: float | None, edges: np.ndarray
) -> Outcome:  # fmt: skip
    late = float((times > sla_hours + 1e-9).mean()) if sla_hours is not None and len(times) else float("nan")
    spread, _ = np.histogram(np.minimum(times, edges[-1]), edges)
    return Outcome(
        float(np.median(times)) if len(times) else float("nan"), float(times.mean()) if len(times) else float("nan"),
        late, _total(cost), _total(work), tuple(int(n) for n in spread),
    )  # fmt: skip


def _total(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.sum()) if len(known) else float("nan")
