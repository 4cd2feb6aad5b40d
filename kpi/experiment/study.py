"""All that is known of an experiment on a day: its plan, its verdict, its guards, what it is worth, what to mistrust.

Invariant: a study counts only days of the experiment that are over: not the running day, nothing after its planned end,
and nothing from the day on which it was decided or stopped.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.errors import UserError
from data.message import Message, say
from data.store.entries import Design, Experiment, Guard
from kpi.experiment import planning
from kpi.experiment.arms import Arms
from kpi.experiment.asking import LEAST_BEFORE, Asking, NotTold, Series, series
from kpi.experiment.checks import Check, checks
from kpi.experiment.course import phases, weight
from kpi.experiment.judging import (
    GuardState,
    Judged,
    Verdict,
    bound,
    guard_state,
    judged,
    told_after,
    verdict_of,
)
from kpi.experiment.worth import Money, Worth, money, worth

DAY = timedelta(days=1)
LONG_BASELINE = 182
"""Days before the start that are held beside the planned ones."""


@dataclass(frozen=True)
class Seen:
    """What could be seen by a day."""

    days: int
    """Days of the experiment."""
    percent: float
    """Smallest difference found by then, in percent of the level."""


@dataclass(frozen=True)
class Plan:
    """What the time before the start says of the experiment."""

    before: int
    """Days before the start it is told from."""
    level: tuple[float, float]
    """The KPI in A and in B before the start; of a sum a day."""
    percent: float
    """The smallest difference that matters, in percent of the level."""
    absolute: float
    """The same in the KPI's unit; of a sum a day."""
    once: int | None
    """Days it takes where it is looked at once; None: more than five years."""
    daily: int | None
    """Days it takes at most where it is looked at daily; None: more than five years."""
    longer: int | None
    """The same with half a year before the start instead; None: more than five years."""
    rows: float
    """Rows a day behind both arms."""
    traffic: float | None
    """What both arms' denominators come to a day; None: the KPI is a sum."""
    seen: tuple[Seen, ...]
    """What could be seen by when, looked at daily."""


@dataclass(frozen=True)
class Guarded:
    """A guard KPI as it stands."""

    guard: Guard
    """Which, and how much worse it may get."""
    found: Judged | None
    """Its numbers; None: it cannot be told."""
    silent: Message | None
    """Why it cannot be told."""
    state: GuardState
    """Whether it holds."""


@dataclass(frozen=True)
class Study:
    """One experiment on a day."""

    experiment: Experiment
    """What was planned and entered."""
    today: date
    """The day."""
    until: date | None
    """The last day that counts; None: none yet."""
    plan: Plan | None
    """What the time before says; None: it says nothing."""
    main: Judged | None
    """The main KPI; None: it cannot be told."""
    silent: Message | None
    """Why it cannot be told."""
    matters: float
    """The smallest difference that matters, on the scale of the arms."""
    verdict: Verdict
    """What the data say."""
    told_on: date | None
    """The day after which it was told first; None: it is not."""
    days_left: int | None
    """Days still needed if it stays as it is; None: it is told, or more than five years."""
    money: Money | None
    """What B is worth a month; None: it cannot be told."""
    worth: Worth | None
    """What one more of the KPI is worth."""
    guards: tuple[Guarded, ...]
    """The guards."""
    checks: tuple[Check, ...]
    """What to mistrust."""

    @property
    def design(self) -> Design:
        """What was planned."""
        return self.experiment.design

    @property
    def days(self) -> int:
        """Days of the experiment that count."""
        return self.main.series.arms.during if self.main is not None else 0


def studied(asking: Asking, experiment: Experiment) -> Study:
    """Everything about an experiment."""
    design = experiment.design
    last = min([asking.today - DAY, design.end, *([experiment.closed_on - DAY] if experiment.closed_on else [])])
    try:
        found = _judged(asking, experiment, design.kpi, last)
    except UserError as error:  # not told by the data, or a KPI that is no more
        return _silent(asking, experiment, error.title)
    matters = bound(found.series, design)
    said = verdict_of(found, matters)
    until = found.series.every[-1] if found.series.arms.during else None
    one = worth(asking, design)
    return Study(
        experiment, asking.today, until, plan_of(found.series, design), found, None, matters, said,
        _told_on(found, matters), _left(found, matters, design) if said == "not_yet" else None, money(found, one), one,
        tuple(_guarded(asking, experiment, guard, last) for guard in design.guards) if until else (),
        checks(asking, experiment, found, until or last),
    )  # fmt: skip


def _judged(asking: Asking, experiment: Experiment, kpi: str, last: date) -> Judged:
    """A KPI of an experiment. `NotTold` for a sum without a time before: one arm may simply be larger."""
    of = series(asking, experiment.design, kpi, last)
    if of.is_sum and of.arms.during and not of.arms.before:
        raise NotTold(
            say("«{kpi}» is a sum: without days before the start nobody knows how large the arms are by themselves.",
                kpi=say(of.kpi.title))
        )  # fmt: skip
    return judged(of, experiment.design, experiment.planned_days)


def planned(asking: Asking, design: Design) -> Plan | None:
    """What the time before the start says of a design that is not entered yet. `NotTold` where nothing can be."""
    return plan_of(series(asking, design, design.kpi, min(asking.today - DAY, design.start - DAY)), design)


def plan_of(of: Series, design: Design) -> Plan | None:
    """The plan, from the days before the start; None where there are too few."""
    before = of.arms.before
    matters = bound(of, design)
    if before < LEAST_BEFORE or not (math.isfinite(matters) and matters > 0):
        return None
    first = phases(of.arms)[0]
    base = planning.base(first)
    if not (math.isfinite(base.variance) and base.variance > 0):
        return None
    longer = planning.Base(base.variance, base.factor, max(LONG_BASELINE, before))
    a, b = float(first.a.level), float(first.b.level)
    level = abs(_level(first))
    told = [planning.detectable(base, days, *_chances(design)) for days in planning.SHOWN]
    size = sum(day < design.start for day in of.every) or 1
    rows = sum(float(own[:, :size].sum()) for own in of.rows) / size
    traffic = None if of.is_sum else float(first.a.bottoms.sum() + first.b.bottoms.sum()) / before
    percent = _percent(matters, first, level)
    return Plan(
        before, (a, b), percent, percent / 100 * level,
        planning.days_once(base, matters, *_chances(design)), planning.days_daily(base, matters, *_chances(design)),
        planning.days_daily(longer, matters, *_chances(design)), rows, traffic,
        tuple(
            Seen(days, _percent(place, first, level))
            for days, place in zip(planning.SHOWN, told, strict=True)
            if math.isfinite(place)
        ),
    )  # fmt: skip


def _chances(design: Design) -> tuple[float, float]:
    return design.alpha / 100, design.power / 100


def _level(arms: Arms) -> float:
    """The KPI of both arms together."""
    bottoms = float(arms.a.bottoms.sum() + arms.b.bottoms.sum())
    return float(arms.a.tops.sum() + arms.b.tops.sum()) / bottoms if bottoms else math.nan


def _percent(place: float, arms: Arms, level: float) -> float:
    """A place on the scale in percent of the level."""
    if arms.scale == "ratio":
        return 100 * math.expm1(min(place, 700.0))
    return 100 * place / level if level else math.nan


def _silent(asking: Asking, experiment: Experiment, why: Message) -> Study:
    nothing: Any = None
    return Study(
        experiment, asking.today, nothing, nothing, nothing, why, math.nan, "not_yet", nothing, nothing, nothing,
        nothing, (), (),
    )  # fmt: skip


def _told_on(found: Judged, matters: float) -> date | None:
    after = told_after(found, matters)
    return None if after is None else found.series.days[found.series.arms.before + after - 1]


def _left(found: Judged, matters: float, design: Design) -> int | None:
    last, before = found.last, found.series.arms.before
    if last is None or not found.is_told:
        return None
    factor = weight(before, last.days) / float(last.independent)
    variance = float(last.error) ** 2 * float(last.independent) * factor
    return planning.days_left(
        before, last.days, factor, variance, float(last.effect), matters, found.r, design.alpha / 100
    )


def _guarded(asking: Asking, experiment: Experiment, guard: Guard, last: date) -> Guarded:
    try:
        found = _judged(asking, experiment, guard.kpi, last)
    except UserError as error:
        return Guarded(guard, None, error.title, "not_yet")
    return Guarded(guard, found, None, guard_state(found, guard.allowed))
