"""Status, pace and targets (pure).

Invariant: a target judges only what it was set for: of a sum, the whole business's target never judges one branch; a
running period is never red in its first fifth.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kpi.model import Better, Bounds, Kpi, Status, Target
from kpi.signals import natural_limits

DAYS_A_MONTH = 30.4375
"""Mean length of a month: the scale of monthly targets over periods that are not whole months."""
FIRST_FIFTH = 0.2
"""Share of a period before which it is never red."""
SPECIFIC = ("employee", "team", "role", "branch", "account")
"""Dimensions a target can be set for, the most specific first."""

Reach = Literal["met", "reachable", "ambitious", "out_of_reach"]


@dataclass(frozen=True)
class TargetBook:
    """Every target in force: those set in the workspace before those of the catalogue."""

    targets: tuple[Target, ...] = ()
    """Targets set by people, with their days and members."""
    solo: bool = False
    """Average headcount is at most one: the catalogue's solo defaults hold."""
    version: int = 0
    """Changes whenever a target changes; part of every cache key."""
    _by_kpi: Mapping[str, tuple[Target, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        grouped: dict[str, tuple[Target, ...]] = {}
        for target in self.targets:
            grouped[target.kpi] = (*grouped.get(target.kpi, ()), target)
        object.__setattr__(self, "_by_kpi", grouped)

    def target(self, kpi: Kpi, day: date, members: Mapping[str, str | None]) -> Target | None:
        """The target in force on a day for what is narrowed to `members` (dimension → member, None: several)."""
        valid = [target for target in self._by_kpi.get(kpi.id, ()) if _valid(target, day)]
        for scope in _scopes(kpi, members):
            found = [target for target in valid if target.scope == scope]
            if found:
                return max(found, key=lambda target: target.valid_from or date.min)
        return None if kpi.additive and members else self.default(kpi)

    def default(self, kpi: Kpi) -> Target | None:
        """The catalogue's target."""
        bounds = kpi.target_solo if self.solo and kpi.target_solo else kpi.target
        if bounds is None:
            return None
        sides = (bounds.good_low, bounds.good_high, bounds.ok_low, bounds.ok_high)
        return Target(*sides, kpi=kpi.id, source=kpi.target_source)

    def personal(self) -> tuple[str, ...]:
        """Ids of the KPIs that somebody has a personal target for."""
        return tuple(dict.fromkeys(t.kpi for t in self.targets if t.scope and t.scope[0] == "employee"))


def _valid(target: Target, day: date) -> bool:
    return (target.valid_from or date.min) <= day <= (target.valid_to or date.max)


def _scopes(kpi: Kpi, members: Mapping[str, str | None]) -> list[tuple[str, str] | None]:
    """The scopes that may judge, the most specific first. A sum is judged only by its own most specific scope."""
    ranked = sorted(members, key=lambda d: SPECIFIC.index(d) if d in SPECIFIC else len(SPECIFIC))
    if kpi.additive:
        own = ranked[0] if ranked else None
        return [(own, str(members[own]))] if own and members[own] is not None else ([] if own else [None])
    return [*((d, str(members[d])) for d in ranked if members[d] is not None), None]


def scaled(bounds: Bounds, factor: float) -> Bounds:
    """Bounds of a sum over another length of time than a month."""

    def side(value: float | None) -> float | None:
        return None if value is None else value * factor

    return replace(
        bounds,
        good_low=side(bounds.good_low),
        good_high=side(bounds.good_high),
        ok_low=side(bounds.ok_low),
        ok_high=side(bounds.ok_high),
    )


def months(start: date, end: date) -> float:
    """Length of a period in months: whole where it is whole months, else days ÷ 30.4375."""
    days = (end - start).days + 1
    following = date.fromordinal(end.toordinal() + 1)
    if start.day == 1 and following.day == 1:
        return float((following.year - start.year) * 12 + following.month - start.month)
    return days / DAYS_A_MONTH


def judge(value: float, bounds: Bounds) -> Status:
    """good, acceptable or missed."""
    if math.isnan(value):
        return "too_few"
    if _between(value, bounds.good_low, bounds.good_high):
        return "good"
    low = bounds.ok_low if bounds.ok_low is not None else bounds.good_low
    high = bounds.ok_high if bounds.ok_high is not None else bounds.good_high
    return "acceptable" if _between(value, low, high) else "missed"


def _between(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def running_status(kpi: Kpi, value: float, pace: float, elapsed: float, bounds: Bounds) -> Status:
    """Status of a period that is not over. `elapsed`: share of it that has data, 0…1."""
    early = elapsed < FIRST_FIFTH
    if kpi.additive:
        return "partial" if early else judge(pace, bounds)
    status = judge(value, bounds)
    return "partial" if early and status == "missed" else status


def nearer_side(bounds: Bounds, value: float) -> float:
    """The one threshold to name: that of the open side, or of a band the side nearer to the value."""
    sides = [side for side in (bounds.good_low, bounds.good_high) if side is not None]
    if not sides:
        return math.nan
    return sides[0] if math.isnan(value) else min(sides, key=lambda side: abs(side - value))


def suggest(quarters: Sequence[float], better: Better) -> float | None:
    """A starting target from history: the best of the last four quarters, to three significant figures."""
    known = [value for value in quarters[-4:] if not math.isnan(value)]
    if not known or better == "band":
        return None
    best = max(known) if better == "higher" else min(known)
    return float(f"{best:.3g}")


def reach(threshold: float, better: Better, history: Sequence[float]) -> Reach | None:
    """How far a threshold is from what the process does by itself; None: too short a history."""
    limits = natural_limits(history)
    if limits is None or better == "band":
        return None
    sign = 1 if better == "higher" else -1
    near = limits.lower if better == "higher" else limits.upper
    far = limits.upper if better == "higher" else limits.lower
    if sign * (near - threshold) >= 0:
        return "met"
    if sign * (limits.mean - threshold) >= 0:
        return "reachable"
    return "ambitious" if sign * (far - threshold) >= 0 else "out_of_reach"
