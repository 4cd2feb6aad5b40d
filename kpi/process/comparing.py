"""Two groups of cases side by side: how long, how much of it waiting, how much done again, and which moves got slower.

Invariant: every figure is a case's own or a ratio of sums over cases; whether a difference is more than chance is
`kpi.process.difference`'s. Of a log too large, the waits of every k-th case are compared, and that is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from data.access.source import select
from data.expression import Params
from data.model import Statement
from kpi.process.difference import Array, Difference, of_medians, of_ratios, of_shares
from kpi.process.log import ProcessLog, hours

MOST_WAITS = 200_000
"""Waits of one group that are compared."""
MOST_MOVES = 40
"""Moves compared, the commonest."""

Figure = Literal["throughput", "waiting_hours", "waiting_share", "rework", "superfluous", "late"]


@dataclass(frozen=True)
class Moved:
    """One move in both groups."""

    before: str
    """The step that ended."""
    after: str
    """The one that followed."""
    wait: Difference
    """Median wait, in hours."""


@dataclass(frozen=True)
class Compared:
    """What two groups of cases are."""

    cases: tuple[int, int]
    """Cases of each."""
    figures: Mapping[Figure, Difference]
    """Those the log can tell; all are better lower. Shares 0…1."""
    moves: tuple[Moved, ...]
    """Moves that both made, those whose wait differs most in all first."""
    every: int
    """Of how many cases one is behind the waits; 1: all are."""


def members(log: ProcessLog, dimension: str, days: tuple[date, date]) -> tuple[str, ...]:
    """Members of a dimension that the log's rows of these days have, the commonest first; none where it tells none."""
    source, params = log.reader.sources()[log.source], Params()
    if dimension not in source.relation.columns:
        return ()
    rows = select(source, [dimension], params, where=log.where, days=days)
    sql = (
        f"select {dimension} from ({rows}) where {dimension} is not null group by 1 order by count(*) desc, 1 limit 200"
    )
    found, _ = log.reader.run(Statement(sql, params.used_in(sql), (log.source,), log.reader.scope))
    return tuple(str(name) for name in found[dimension])


def compared(first: ProcessLog, second: ProcessLog) -> Compared:
    """The second group beside the first."""
    one, other = _cases(first), _cases(second)
    every = max(1, -(-max(int(one["events"].sum()), int(other["events"].sum())) // MOST_WAITS))
    return Compared((len(one), len(other)), _figures(one, other), _moves(first, second, every), every)


def _cases(log: ProcessLog) -> pd.DataFrame:
    told = ["throughput_hours", "has_repeats", "superfluous", "events"]
    told += ["waiting_hours"] if log.has_starts else []
    told += ["is_late"] if log.settings.sla_hours is not None else []
    return log.ask(f"select {', '.join(told)} from cases")


def _figures(one: pd.DataFrame, other: pd.DataFrame) -> Mapping[Figure, Difference]:
    def column(name: str) -> tuple[Array, Array]:
        return one[name].to_numpy(float, na_value=np.nan), other[name].to_numpy(float, na_value=np.nan)

    times, events, wasted = column("throughput_hours"), column("events"), column("superfluous")
    found: dict[Figure, Difference] = {"throughput": of_medians(*times)}
    if "waiting_hours" in one:
        waits = column("waiting_hours")
        found["waiting_hours"] = of_medians(*waits)
        found["waiting_share"] = of_ratios((waits[0], times[0]), (waits[1], times[1]))
    found["rework"] = of_shares(*column("has_repeats"))
    found["superfluous"] = of_ratios((wasted[0], events[0]), (wasted[1], events[1]))
    if "is_late" in one:
        found["late"] = of_shares(*column("is_late"))
    return found


def _moves(first: ProcessLog, second: ProcessLog, every: int) -> tuple[Moved, ...]:
    one, other = _waits(first, every), _waits(second, every)
    both = [Moved(*move, of_medians(one[move], other[move])) for move in one if move in other]
    return tuple(sorted(both, key=lambda move: -_weight(move, other)))


def _weight(move: Moved, waits: Mapping[tuple[str, str], Array]) -> float:
    """Hours that the difference makes in the second group; what may be chance comes last."""
    size = abs(move.wait.second - move.wait.first) * len(waits[move.before, move.after])
    return size if move.wait.verdict in ("less", "more") else size * 1e-9


def _waits(log: ProcessLog, every: int) -> dict[tuple[str, str], Array]:
    """Waits of the commonest moves."""
    chosen = f" and hash(case_id) % {every} = 0" if every > 1 else ""
    rows = log.ask(
        f"""select activity, next, list(greatest({hours("next_begins", "finished")}, 0)) as waits from executions
        where next is not null{chosen} group by 1, 2 order by count(*) desc, 1, 2 limit {MOST_MOVES}"""
    )
    return {(str(a), str(b)): np.asarray(waits, dtype=float) for a, b, waits in rows.itertuples(index=False)}
