"""What a course changed: the people who took it, three months before and three months after.

Each person counts once (their latest course with both windows complete), by the KPI over the whole window, never by
averaging months. What their colleagues of the same role, who did not take it, changed at the same time is taken off:
a season or a price list moves everybody. Mean difference with Student's 95 % interval; of many courses at once only
what is left when at most one in twenty of the findings is false (Benjamini–Hochberg) is called an effect.

Invariant: below five people no effect is called, whatever the figures say; nobody is counted whose windows hold too
few rows, and how many that were is told.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, stdev
from typing import Literal

from kpi.compile.windows import month_end, step
from kpi.evaluate import evaluate
from kpi.model import Kpi, Query
from kpi.people.asking import Asking
from kpi.people.learning import Course
from kpi.people.roster import Person
from kpi.signals.chance import discoveries, t_chance

MONTHS = 3
"""Complete months on either side of the month of the course."""
LOOKED_BACK = 24
"""Months in which courses are looked for."""
FEWEST = 5
"""People below whom no effect is called."""
COLLEAGUES = 2
"""Colleagues whose change is taken off; fewer are no comparison."""
SURE = 0.05

Verdict = Literal["better", "worse", "none", "too_few"]
Values = Mapping[str, float]
"""Person → value of the KPI over a window; who had too few rows is left out."""


@dataclass(frozen=True)
class Effect:
    """One course and one KPI."""

    course: str
    """Its name."""
    people: int
    """Who took it and has both windows."""
    left_out: int
    """Who took it, but had too few rows in a window."""
    before: float
    """Their mean before."""
    after: float
    """Their mean after."""
    colleagues: float
    """Mean change of colleagues at the same time; NaN: there were none to compare with."""
    effect: float
    """Mean change beyond the colleagues'."""
    low: float
    """95 % interval of the effect; NaN below two people."""
    high: float
    """95 % interval of the effect."""
    chance: float
    """Chance of as much where the course did nothing; 1 below two people."""
    verdict: Verdict
    """In a word."""


@dataclass(frozen=True)
class Pair:
    """One person's windows around their course."""

    before: float
    """The KPI before."""
    after: float
    """The KPI after."""
    colleagues: tuple[float, ...]
    """What colleagues changed at the same time."""

    @property
    def difference(self) -> float:
        """Their change beyond the colleagues'."""
        return self.after - self.before - (fmean(self.colleagues) if self.colleagues else 0.0)


def effects(
    asking: Asking, kpi: Kpi, courses: Sequence[Course], people: Sequence[Person], month: date
) -> tuple[Effect, ...]:
    """Every course that had both windows complete by the end of `month`, the one most people took first."""
    last = step(month, "month", -MONTHS)
    sat = [c for c in courses if c.title and step(last, "month", -LOOKED_BACK) < _month(c) <= last]
    windows = {first for c in sat for first in _windows(_month(c))}
    known = {first: _values(asking, kpi, first) for first in windows}
    roles = {person.name: person.groups.get("role", "") for person in people}
    found = []
    for title in dict.fromkeys(c.title for c in sat):
        mine = _latest(c for c in sat if c.title == title)
        pairs = [_pair(c, [o for o in courses if o.title == title], known, roles) for c in mine]
        found.append(told(title, [pair for pair in pairs if pair is not None], pairs.count(None)))
    return _judged(sorted(found, key=lambda one: (-one.people, one.course)), kpi)


def _month(course: Course) -> date:
    return course.day.replace(day=1)


def _windows(month: date) -> tuple[date, date]:
    """First days of the windows before and after a month."""
    return step(month, "month", -MONTHS), step(month, "month", 1)


def _values(asking: Asking, kpi: Kpi, first: date) -> Values:
    """The KPI of everybody over one window."""
    until = month_end(step(first, "month", MONTHS - 1))
    asked = Query((kpi.id,), first, until, "total", "employee", (), ())
    frame = evaluate(asking.reader, asking.catalogue, asked, asking.targets).frame
    rows = frame[
        ~frame["is_total"].astype(bool) & frame["slice"].notna() & frame["value"].notna() & (frame["rows"] > 0)
    ]
    enough = rows[rows["used"] >= max(kpi.min_rows, 1)]
    return dict(zip(enough["slice"], enough["value"].astype(float), strict=True))


def _latest(courses: Iterable[Course]) -> list[Course]:
    """Each person once."""
    return list({course.person: course for course in sorted(courses, key=lambda c: c.day)}.values())


def _pair(
    course: Course, same: Sequence[Course], known: Mapping[date, Values], roles: Mapping[str, str]
) -> Pair | None:
    first, second = _windows(_month(course))
    before, after, name = known[first], known[second], course.person
    if name not in before or name not in after:
        return None
    until = step(second, "month", MONTHS)
    took = {c.person for c in same if first <= c.day < until}
    beside = [
        after[other] - before[other]
        for other in before
        if other in after and other not in took and roles.get(other, "") == roles.get(name, "")
    ]
    return Pair(before[name], after[name], tuple(beside) if len(beside) >= COLLEAGUES else ())


def told(title: str, pairs: Sequence[Pair], left_out: int) -> Effect:
    """The figures of one course, without a word yet."""
    if not pairs:
        return Effect(title, 0, left_out, *(math.nan,) * 6, 1.0, "too_few")
    differences = [pair.difference for pair in pairs]
    effect, n = fmean(differences), len(pairs)
    error = stdev(differences) / math.sqrt(n) if n > 1 else math.nan
    beside = [fmean(pair.colleagues) for pair in pairs if pair.colleagues]
    reach = t_quantile(n - 1) * error if n > 1 else math.nan
    chance = 1.0 if n < 2 else t_chance(effect / error, n - 1) if error > 0 else float(effect == 0)
    return Effect(
        title, n, left_out, fmean(pair.before for pair in pairs), fmean(pair.after for pair in pairs),
        fmean(beside) if beside else math.nan, effect, effect - reach, effect + reach, chance, "too_few",
    )  # fmt: skip


def _judged(found: Sequence[Effect], kpi: Kpi) -> tuple[Effect, ...]:
    """With the word for each: only courses enough people took are held against each other."""
    enough = [one for one in found if one.people >= FEWEST]
    stand = dict(zip((o.course for o in enough), discoveries([o.chance for o in enough], SURE), strict=True))
    return tuple(
        replace(one, verdict=_word(one, kpi) if stand[one.course] else "none") if one.course in stand else one
        for one in found
    )


def _word(one: Effect, kpi: Kpi) -> Verdict:
    if kpi.better == "band":
        return "none"
    return "better" if (one.effect > 0) == (kpi.better == "higher") else "worse"


def t_quantile(freedom: int, chance: float = SURE) -> float:
    """The t that is exceeded on both sides with that chance."""
    low, high = 0.0, 1e4
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_chance(middle, freedom) > chance else (low, middle)
    return (low + high) / 2
