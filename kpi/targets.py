"""Status, pace and targets (pure).

Invariant: a target judges only what it was set for: of a sum, the whole business's target never judges one branch; a
running period is never red in its first fifth. A period that was judged when it closed stays judged so: what is
entered afterwards can only judge periods that are still running, or that had no target of any kind.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from data.model import Scope as Access
from kpi.compile.windows import month_end
from kpi.model import Bounds, Kpi, Status, Target
from kpi.planning import Timeline, in_force, months, scaled
from kpi.planning.spread import Span

FIRST_FIFTH = 0.2
"""Share of a period before which it is never red."""
SPECIFIC = ("employee", "team", "role", "branch", "account")
"""Dimensions a target can be set for, the most specific first."""

Members = Mapping[str, str | None]
"""What is narrowed to: dimension → member, None: several."""
Scope = tuple[str, str] | None
"""What a target is set for: (dimension, member); None: the whole business."""


@dataclass(frozen=True)
class TargetBook:
    """Every target that was ever set, and which of them judges what; those of the catalogue come after them."""

    targets: tuple[Target, ...] = ()
    """Targets set by people, in the order they were entered."""
    solo: bool = False
    """Average headcount is at most one: the catalogue's solo defaults hold."""
    version: int = 0
    """Changes whenever a target changes; part of every cache key."""
    began: date | None = None
    """The first day anybody could see a judgement here; None: nobody could yet."""
    _by_kpi: Mapping[str, Mapping[Scope, Timeline]] = field(default_factory=dict, compare=False, repr=False)
    _found: dict[Any, Target | None] = field(default_factory=dict, compare=False, repr=False)
    _other: list["TargetBook"] = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        grouped: dict[str, dict[Scope, list[Target]]] = {}
        for target in self.targets:
            grouped.setdefault(target.kpi, {}).setdefault(target.scope, []).append(target)
        timelines = {
            kpi: {scope: Timeline(tuple(changes)) for scope, changes in scopes.items()}
            for kpi, scopes in grouped.items()
        }
        object.__setattr__(self, "_by_kpi", timelines)
        object.__setattr__(self, "_found", {})
        object.__setattr__(self, "_other", [])

    def of_size(self, *, solo: bool) -> "TargetBook":
        """The book for a business of one person, or of several; what was found in it is kept with it."""
        if solo == self.solo:
            return self
        if not self._other:
            self._other.append(replace(self, solo=solo))
        return self._other[0]

    def target(self, kpi: Kpi, day: date, members: Members) -> Target | None:
        """The target in force on a day for what is narrowed to `members`; of a sum, its month's."""
        return self.of_period(kpi, (day.replace(day=1), month_end(day)), members, day)

    def of_period(
        self, kpi: Kpi, days: tuple[date, date], members: Members, day: date | None = None, known: date | None = None
    ) -> Target | None:
        """The target of a period for what is narrowed to `members` (dimension → member, None: several).

        Its bounds are for the whole period. `day`: the day whose target judges, if it is not the last. `known`: when
        the period was closed, if not on `day`: what was entered later changes no judgement there was by then.
        """
        key = (kpi.id, days, tuple(members.items()), day, known)
        if key not in self._found:
            self._found[key] = self._of_period(kpi, Span(*days), members, day or days[1], known or day or days[1])
        return self._found[key]

    def is_judged(self, kpi: Kpi, days: tuple[date, date], members: Members, today: date) -> bool:
        """Whether the period is over and had its target by then: nothing that is entered now changes that."""
        if days[1] >= today or self.began is None or days[1] < self.began:
            return False
        return self._as_known(kpi, Span(*days), members, days[1], days[1]) is not None

    def _of_period(self, kpi: Kpi, span: Span, members: Members, day: date, known: date) -> Target | None:
        judged = self.began is not None and known >= self.began
        found = self._as_known(kpi, span, members, day, known) if judged else None
        return found if found is not None else self._as_known(kpi, span, members, day, None)

    def _as_known(self, kpi: Kpi, span: Span, members: Members, day: date, known: date | None) -> Target | None:
        mine = self._by_kpi.get(kpi.id)
        for scope in _scopes(kpi, members) if mine else ():
            changes = mine.get(scope) if mine else None
            found = in_force(changes, span, day, known, additive=kpi.additive) if changes else None
            if found is not None:
                return found
        default = None if kpi.additive and members else self.default(kpi)
        if default is None or not kpi.additive:
            return default
        return replace(default, **vars(scaled(Bounds(*_sides(default)), months(span.first, span.last))))

    def default(self, kpi: Kpi) -> Target | None:
        """The catalogue's target."""
        bounds = kpi.target_solo if self.solo and kpi.target_solo else kpi.target
        return Target(*_sides(bounds), kpi=kpi.id, source=kpi.target_source) if bounds is not None else None

    def personal(self) -> tuple[str, ...]:
        """Ids of the KPIs that somebody has a personal target for."""
        standing = (t for t in self.targets if t.undone is None and t.kind != "none")
        return tuple(dict.fromkeys(t.kpi for t in standing if t.scope and t.scope[0] == "employee"))


def of_scope(book: TargetBook, scope: Access) -> TargetBook:
    """The targets that somebody may see: of the dimensions their scope limits, those of its own members only."""
    if not scope.where:
        return book
    allowed = dict(scope.where)
    mine = [t for t in book.targets if t.scope is None or t.scope[1] in allowed.get(t.scope[0], (t.scope[1],))]
    return replace(book, targets=tuple(mine))


def _sides(bounds: Bounds) -> tuple[float | None, float | None, float | None, float | None]:
    return bounds.good_low, bounds.good_high, bounds.ok_low, bounds.ok_high


def _scopes(kpi: Kpi, members: Members) -> list[Scope]:
    """The scopes that may judge, the most specific first. A sum is judged only by its own most specific scope."""
    ranked = sorted(members, key=lambda d: SPECIFIC.index(d) if d in SPECIFIC else len(SPECIFIC))
    if kpi.additive:
        own = ranked[0] if ranked else None
        return [(own, str(members[own]))] if own and members[own] is not None else ([] if own else [None])
    return [*((d, str(members[d])) for d in ranked if members[d] is not None), None]


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
