"""What is wrong with a scheme, told from the last twelve months.

Invariant: a warning is made of counts that anybody can check: of how many people it is true, and which.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean
from typing import Literal

from kpi.bonus.inputs import KpiInput, MonthInput
from kpi.bonus.noise import Natural, whole
from kpi.bonus.scheme import Measure, Scheme
from kpi.signals import FEWEST, Limits

Kind = Literal[
    "beyond_limits", "always_paid", "not_personal", "same_for_all", "small_sample", "one_row_moves", "no_target",
    "no_fund",
]  # fmt: skip
Seen = dict[str, list[tuple[KpiInput, Decimal]]]
"""Person → a KPI of theirs and per cent of the month worked, month by month."""
SURE = 1.6449
"""Normal deviate beyond which chance alone comes once in twenty times."""
JUMP = 25
"""Points of payout that one row may move at most."""


@dataclass(frozen=True)
class Warned:
    """One thing that is wrong."""

    kind: Kind
    """beyond_limits: the target lies where the person's results never come by chance · always_paid: the threshold lies
    below all they ever come to · not_personal: the KPI cannot be told by person · same_for_all: no two people differ by
    more than noise · small_sample: too few rows in most months · one_row_moves: one row moves the payout by a quarter ·
    no_target: nobody said what is good · no_fund: nobody said how much money."""
    kpi: str
    """KPI id; empty: of the whole scheme."""
    people: tuple[str, ...]
    """Whom it is true of."""
    of: int
    """People it was looked at for."""


def warnings(scheme: Scheme, months: Sequence[MonthInput], natural: Natural) -> tuple[Warned, ...]:
    """Everything that is wrong, KPI by KPI."""
    found = [warned for place in range(len(scheme.measures)) for warned in _measure(scheme, place, months, natural)]
    return (*found, *_fund(scheme, months))


def _measure(scheme: Scheme, place: int, months: Sequence[MonthInput], natural: Natural) -> Iterator[Warned]:
    measure = scheme.measures[place]
    if scheme.share_of(measure) == 100:
        return
    seen: Seen = {}
    for month in months:
        for person in month.people:
            seen.setdefault(person.name, []).append((person.kpis[place], person.share))
    if all(kpi.personal.why == "unavailable" for kpis in seen.values() for kpi, _ in kpis):
        yield Warned("not_personal", measure.kpi, tuple(seen), len(seen))
        return
    for kind, test in (("no_target", _has_no_target), ("small_sample", _is_thin), ("one_row_moves", _jumps)):
        if people := tuple(name for name, kpis in seen.items() if test([kpi for kpi, _ in kpis])):
            yield Warned(kind, measure.kpi, people, len(seen))  # type: ignore[arg-type]  # kinds of this file
    yield from _limits(measure, seen, natural)


def _limits(measure: Measure, seen: Seen, natural: Natural) -> Iterator[Warned]:
    known = {name: limits for name in seen if (limits := natural.limits(name, measure.kpi))}
    reached = {name: _reach(*seen[name][-1], limits) for name, limits in known.items()}
    far = tuple(name for name, reach in reached.items() if reach < 0)
    if far:
        yield Warned("beyond_limits", measure.kpi, far, len(known))
    always = tuple(name for name, reach in reached.items() if reach > 0)
    if always:
        yield Warned("always_paid", measure.kpi, always, len(known))
    if _is_luck([natural.series[name, measure.kpi, "own"].values for name in known]):
        yield Warned("same_for_all", measure.kpi, tuple(known), len(known))


def _reach(kpi: KpiInput, share: Decimal, limits: Limits) -> int:
    """−1: the target lies beyond the better limit; 1: the worse limit is past the target; 0: in between."""
    curve = kpi.personal.curve
    if curve is None or curve.better == "band":
        return 0
    target = float(curve.target * whole(kpi.personal, share))
    best, worst = (limits.upper, limits.lower) if curve.better == "higher" else (limits.lower, limits.upper)
    sign = 1 if curve.better == "higher" else -1
    return -1 if sign * target > sign * best else 1 if sign * worst >= sign * target else 0


def _is_luck(people: Sequence[Mapping[int, float]]) -> bool:
    """Whether people's means differ no more than chance: analysis of variance over the months all of them have, each
    month's own level taken out, at 95 % (the F distribution by Paulson 1942)."""
    shared = sorted(set.intersection(*(set(values) for values in people))) if people else []
    if len(people) < 2 or len(shared) < FEWEST:
        return False
    rows = [[values[number] for number in shared] for values in people]
    columns = list(zip(*rows, strict=True))
    centre, levels, months = mean(map(mean, rows)), [mean(row) for row in rows], [mean(column) for column in columns]
    between = len(shared) * sum((level - centre) ** 2 for level in levels)
    within = sum(
        (cell - level - month + centre) ** 2
        for row, level in zip(rows, levels, strict=True)
        for cell, month in zip(row, months, strict=True)
    )
    freedom = len(people) - 1, (len(people) - 1) * (len(shared) - 1)
    return within > 0 and _deviate(between / freedom[0] / (within / freedom[1]), *freedom) < SURE


def _deviate(ratio: float, above: int, below: int) -> float:
    """The normal deviate that is as rare as a ratio of variances."""
    a, b = 2 / (9 * above), 2 / (9 * below)
    return float(((1 - b) * ratio ** (1 / 3) - (1 - a)) / math.sqrt(b * ratio ** (2 / 3) + a))


def _has_no_target(kpis: Sequence[KpiInput]) -> bool:
    return all(kpi.personal.why == "no_target" for kpi in kpis)


def _is_thin(kpis: Sequence[KpiInput]) -> bool:
    """Too few rows in at least half of the months."""
    return 2 * sum(kpi.personal.why == "too_few" for kpi in kpis) >= len(kpis)


def _jumps(kpis: Sequence[KpiInput]) -> bool:
    """One row moves the payout by a quarter in the usual month."""
    sides = [kpi.personal for kpi in kpis if kpi.personal.step == "one_of" and kpi.personal.is_measured]
    moved = [
        abs(side.curve.payout(side.value + side.spread) - side.curve.payout(side.value))
        for side in sides
        if side.curve is not None and side.value is not None
    ]
    return bool(moved) and sorted(moved)[len(moved) // 2] >= JUMP


def _fund(scheme: Scheme, months: Sequence[MonthInput]) -> Iterator[Warned]:
    people = months[-1].people if months else ()
    lacking = tuple(person.name for person in people if person.fund is None)
    if lacking and not scheme.fund.is_pool:
        yield Warned("no_fund", "", lacking, len(people))
