"""Whether a target can be reached: how often it was, where it lies against the natural limits, how likely it is next.

Invariant: judged by complete periods only, of whom the target is for; a target is never called reachable where the
process has not shown it can get there. Sources and formulas: docs/signals.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Literal

from kpi.model import Better, Bounds
from kpi.signals import Limits, assurance
from kpi.signals.chance import t_chance
from kpi.signals.course import FREEDOM
from kpi.signals.state import ENOUGH
from kpi.watch import Look, Watched, courses

Reach = Literal["effortless", "reachable", "ambitious", "out_of_reach"]
Reason = Literal["best_quarter", "best_months"]

RECENT = 24
"""Latest complete periods that count."""
EVEN = 0.5
"""Chance from which a target is reachable: the middle of the natural limits lies on its good side."""
SELDOM = 0.05
"""Chance below which it is out of reach: met once in twenty periods, or less."""
YEAR = 12
"""Of which so many give the suggestion."""


@dataclass(frozen=True)
class Attainability:
    """How a target stands to what the process does."""

    met: int
    """Complete periods of the latest that would have been good by it."""
    periods: int
    """Of how many."""
    limits: Limits
    """Natural limits of the current period, in the KPI's unit."""
    chance: float
    """Chance of a good value in the current period, 0…1."""
    reach: Reach
    """The word."""


@dataclass(frozen=True)
class Suggestion:
    """A target worth trying."""

    value: float
    """The threshold of good, per month for sums; three significant figures."""
    reason: Reason
    """Where it comes from."""
    met: int
    """Of the last twelve months, those that reached it."""
    periods: int
    """How many months that were."""


def attainability(
    w: Watched, bounds: Bounds, season: object = None, chance: float | None = None
) -> Attainability | None:
    """How bounds stand to a course; None: too few periods, or no threshold.

    `season`: the season of the current period, where it differs. `chance`: of the forecast of the running period,
    where there is one; else the chance of a value within the natural limits, by Student's t.
    """
    if len(w.course.readings) < ENOUGH or w.course.last.limits is None or _open(bounds):
        return None
    values = [reading.value for reading in w.course.readings[-RECENT:]]
    limits, deviation, count = _current(w, season)
    usual = _chance(bounds, limits.mean, deviation, count)
    likely = usual if chance is None else chance
    reach = _reach(bounds, limits, usual)
    return Attainability(sum(_good(v, bounds) for v in values), len(values), limits, likely, reach)


def _open(bounds: Bounds) -> bool:
    return bounds.good_low is None and bounds.good_high is None


def _good(value: float, bounds: Bounds) -> bool:
    low, high = _ends(bounds)
    return low <= value <= high


def _ends(bounds: Bounds) -> tuple[float, float]:
    low, high = bounds.good_low, bounds.good_high
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def _current(w: Watched, name: object) -> tuple[Limits, float, int]:
    """Limits of the latest stretch with the current season, their deviation, and the periods behind them."""
    count = len(w.course.readings) - w.course.starts[-1]
    limits, season = w.course.last.limits, w.course.season
    assert limits is not None
    # A clipped edge is nearer to the middle than the noise goes
    deviation = max(limits.upper - limits.mean, limits.mean - limits.lower) / 3
    if season is None or name not in season.effects:
        return limits, deviation, count
    last = w.seasons[-1] if w.seasons else name
    moved = [season.put_back(season.without(e, last), name) for e in (limits.mean, limits.lower, limits.upper)]
    return Limits(*moved), deviation * (moved[0] / limits.mean if season.times and limits.mean else 1.0), count


def _chance(bounds: Bounds, mean: float, deviation: float, count: int) -> float:
    """Chance of the next value between the bounds: the mean's own uncertainty included."""
    low, high = _ends(bounds)
    if deviation == 0:
        return float(low <= mean <= high)
    spread = deviation * math.sqrt(1 + 1 / count)
    return _below((high - mean) / spread, FREEDOM * (count - 1)) - _below((low - mean) / spread, FREEDOM * (count - 1))


def _below(t: float, freedom: float) -> float:
    """Chance that Student's t is below."""
    tail = t_chance(t, freedom) / 2
    return tail if t < 0 else 1 - tail


def _reach(bounds: Bounds, limits: Limits, chance: float) -> Reach:
    """The word, by what the process does, whatever the running period came to so far."""
    if assurance(limits, bounds) == "will_pass":
        return "effortless"
    if chance >= EVEN:
        return "reachable"
    return "ambitious" if chance >= SELDOM else "out_of_reach"


def suggest(values: Sequence[float], better: Better) -> Suggestion | None:
    """A starting target from the values of the latest complete months: the level of the best quarter of the year.

    Where no month but those of that quarter came near it (fewer than three of twelve reach it), the level that the best
    quarter of the months reached. None: less than half a year, or a band.
    """
    known = list(values[-YEAR:])
    if len(known) < YEAR // 2 or better == "band":
        return None
    sign = 1 if better == "higher" else -1
    means = [sum(known[n : n + 3]) / 3 for n in range(len(known) % 3, len(known) - 2, 3)]
    best = max(means, key=lambda mean: sign * mean)
    reached = _reached(known, _rounded(best), sign)
    if reached * 4 >= len(known):
        return Suggestion(_rounded(best), "best_quarter", reached, len(known))
    level = _rounded(quantiles([sign * v for v in known], n=4, method="inclusive")[2] * sign)
    return Suggestion(level, "best_months", _reached(known, level, sign), len(known))


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def _reached(values: Sequence[float], level: float, sign: int) -> int:
    return sum(sign * value >= sign * level for value in values)


def of_whom(look: Look, scope: tuple[str, str] | None) -> Watched | None:
    """The months of whom a target is for, of the look's first KPI; None: nobody of that name has any."""
    found = courses(look, scope[0] if scope else None)
    return next((w for w in found if w.scope == scope), None)
