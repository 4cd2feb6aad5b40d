"""Members that stand apart from the others of their dimension.

Invariant: sums are left out: a larger branch is not a finding. Each test counts against all made (Bonferroni).
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from kpi.signals import Apart, apart
from kpi.signals.state import favour
from kpi.watch.series import Watched
from kpi.watch.signal import Signal

SURE = 0.01
"""Chance that noise alone sets any of all the members looked at apart."""


def standing_apart(members: Sequence[Watched], recent: int) -> tuple[Signal, ...]:
    """What stands apart over the latest complete periods, by KPI and dimension; the strongest member first."""
    groups: dict[tuple[str, str], list[Watched]] = {}
    for w in members:
        if w.scope is not None and not w.kpi.additive and w.course.readings:
            groups.setdefault((w.kpi.id, w.scope[0]), []).append(w)
    tests = sum(len(group) for group in groups.values() if len(group) > 1)
    return tuple(signal for group in groups.values() for signal in _group(group, recent, SURE / max(tests, 1)))


def _group(group: Sequence[Watched], recent: int, limit: float) -> Iterator[Signal]:
    """Members of one dimension of one KPI."""
    ends = sorted({days for w in group for days in w.days})[-recent:]
    series = {w.scope[1]: _values(w, ends) for w in group if w.scope}
    shares = all(w.sizes is not None for w in group)
    signals = [
        _signal(next(w for w in group if w.scope and w.scope[1] == found.member), found, ends)
        for found in apart(series, shares=shares)
        if found.chance <= limit
    ]
    if len(series) == 2 and len(signals) == 2:
        signals = [min(signals, key=lambda signal: bool(signal.good))]  # of two, each is the other's mirror
    yield from signals


def _values(w: Watched, days: Sequence[object]) -> list[float]:
    known: Mapping[object, float] = dict(zip(w.days, (r.value for r in w.course.readings), strict=True))
    return [known.get(day, math.nan) for day in days]


def _signal(w: Watched, found: Apart, days: Sequence[tuple[object, object]]) -> Signal:
    side = 1 if found.value > found.others else -1
    first, last = w.days[-min(len(days), len(w.days))][0], w.days[-1][1]
    good = favour(side, found.others, found.value, w.kpi.better, w.bounds)
    return Signal(
        "apart", w.kpi, w.scope, w.grain, first, last, True, found.value, found.others, good, found.chance
    )  # fmt: skip
