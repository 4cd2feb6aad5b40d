"""Which cases go the way that was meant, where the others deviate, and what that takes.

Invariant: a way is laid beside the reference once (`kpi.process.reference`) and counts for all of its cases; cases of
ways that are too rare to be looked at are counted apart, never taken for conforming.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.process.log import BASE, ProcessLog
from kpi.process.pieces import PIECES
from kpi.process.reference import Deviation, Kind, deviations

MOST = 3000
"""Ways looked at, the commonest."""


@dataclass(frozen=True)
class Deviating:
    """One kind of deviation of one step."""

    kind: Kind
    """How it deviates."""
    activity: str
    """Which step."""
    after: str
    """The step of the reference after which it mostly happens; empty: at the beginning."""
    cases: int
    """Cases in which it happens."""
    times: int
    """How often."""
    hours: float
    """What its executions add to the cases in all: their wait and work; 0 where nothing is done."""
    cost: float
    """Roubles of its executions; NaN where not known."""
    mean_hours: float
    """Mean time of the cases in which it happens."""


@dataclass(frozen=True)
class Conformance:
    """A log beside its reference."""

    cases: int
    """Cases looked at."""
    conforming: int
    """Those without a deviation."""
    unseen: int
    """Cases of ways too rare to be looked at."""
    mean_hours: tuple[float, float]
    """Mean time of those that conform, and of the others; NaN where there are none."""
    found: tuple[Deviating, ...]
    """The deviations, what happens in most cases first."""

    @property
    def share(self) -> float:
        """Conforming cases of those looked at, 0…1."""
        return self.conforming / self.cases if self.cases else float("nan")


@dataclass
class _Sum:
    """What is added up of one deviation."""

    cases: int = 0
    times: int = 0
    hours: float = 0.0
    cost: float | None = None
    whole: float = 0.0


def conformance(log: ProcessLog, reference: Sequence[str]) -> Conformance:
    """The log beside the reference."""
    names = log.ask("select activity from codes order by code")["activity"].tolist()
    ways = log.ask(
        f"""select path, count(*) as n, sum(count(*)) over () as every, sum({_HOURS}) as hours from paths
        group by path order by n desc, path limit {MOST}"""
    )
    steps = _steps(log)
    sums: dict[tuple[Kind, str], _Sum] = defaultdict(_Sum)
    after: dict[tuple[Kind, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    conforming, good, bad = 0, 0.0, 0.0
    for path, n, _, hours in ways.itertuples(index=False):
        found = deviations(tuple(names[ord(letter) - BASE] for letter in path), reference)
        conforming, good, bad = (conforming, good, bad + hours) if found else (conforming + int(n), good + hours, bad)
        for kind, activity in {(one.kind, one.activity) for one in found}:
            sums[kind, activity].cases += int(n)
            sums[kind, activity].whole += float(hours)
        for one in found:
            _add(sums[one.kind, one.activity], one, int(n), steps, path)
            after[one.kind, one.activity][one.after] += int(n)
    seen = int(ways["n"].sum())
    every = int(ways["every"].iloc[0]) if len(ways) else 0
    nan = float("nan")
    means = good / conforming if conforming else nan, bad / (seen - conforming) if seen > conforming else nan
    listed = [
        Deviating(
            *key, _commonest(after[key]), one.cases, one.times, one.hours, nan if one.cost is None else one.cost,
            one.whole / one.cases,
        )
        for key, one in sums.items()
    ]  # fmt: skip
    listed.sort(key=lambda one: (-one.cases, one.kind, one.activity))
    return Conformance(seen, conforming, every - seen, means, tuple(listed))


def _commonest(counts: Mapping[str, int]) -> str:
    return max(sorted(counts), key=lambda name: counts[name])


_HOURS = "(last_clock - first_clock) / 3.6e9"
Steps = dict[tuple[str, int], tuple[float, float | None]]
"""(way, place) → hours and roubles of the executions there."""


def _steps(log: ProcessLog) -> Steps:
    rows = log.ask(
        f"""select * from (with {PIECES},
          common as (select path from paths group by path order by count(*) desc, path limit {MOST})
        select path, place, sum(hours) as hours, sum(cost) as cost
        from pieces join paths using (case_id) where path in (select path from common) group by 1, 2)"""
    )
    return {
        (path, int(place) - 1): (float(hours), None if cost != cost else float(cost))
        for path, place, hours, cost in rows.itertuples(index=False)
    }


def _add(total: _Sum, one: Deviation, cases: int, steps: Steps, path: str) -> None:
    """Counts it; what is done too much adds its time and cost, what is done at another place or not at all does not."""
    total.times += cases
    if one.place is None or one.kind == "swapped":
        return
    hours, cost = steps[path, one.place]
    total.hours += hours
    if cost is not None:
        total.cost = (total.cost or 0.0) + cost
