"""Why did a KPI change? The whole answer.

Invariant: a change within what the KPI does by itself is never given a cause; `is_real` says so, and whoever tells the
answer tells that first.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from data.access.columns import NotHeld
from data.access.reader import Reader
from data.message import Message, say
from data.store.entries import Mark
from kpi.catalogue import Catalogue
from kpi.compile import Window, is_private, resolve
from kpi.evaluate import aggregates
from kpi.evaluate.availability import check_dimensions, why_not
from kpi.model import Kpi, Query
from kpi.targets import TargetBook
from kpi.watch import Look
from kpi.why.asking import Question, dimensions, question
from kpi.why.breakdown import Whole, exact_breakdown, leave_one_out
from kpi.why.chance import Moments, moments
from kpi.why.counted import Counted
from kpi.why.drivers import drivers
from kpi.why.exact import is_outgrown, rounded, step_of
from kpi.why.model import Asked, Breakdown, Pair, Why
from kpi.why.pairs import refined
from kpi.why.real import by_course, by_equals

MOST_MEMBERS = 300
"""More members than this are no explanation."""


def explain(reader: Reader, catalogue: Catalogue, asked: Asked, marks: tuple[Mark, ...] = ()) -> Why:
    """Why the KPI changed. `UnknownName` for a KPI or dimension that does not exist. `marks`: changes of process."""
    kpi = catalogue.get(asked.kpi)
    relations = reader.relations()
    check_dimensions(Query((kpi.id,), where=asked.where), relations)
    resolution = resolve(kpi, catalogue, relations)
    reason = _never(kpi, resolution.stages, [leaf for leaf in resolution.leaves if is_private(leaf)])
    reason = reason or why_not(resolution, Query((kpi.id,), where=asked.where), relations)
    found = question(asked, resolution, reader)
    if reason or found is None or found.before is None or found.after is None:
        return _silent(asked, kpi, reason or say("There are no data for one of the two periods."))
    return _Explaining(found, catalogue, (found.before, found.after), marks).answer()


def _never(kpi: Kpi, stages: frozenset[str], private: list[Kpi]) -> Message | None:
    if private:
        return say("Answers of staff are anonymous: a change is not told by who gave them.")
    if kpi.is_of_judgements:
        return say("This KPI is made of judgements of others: look at those.")
    return say("Waits that are not over have no parts that add up: compare its slices.") if stages else None


def _silent(asked: Asked, kpi: Kpi, reason: Message) -> Why:
    days = Window(asked.since, asked.until)
    return Why(asked, kpi, (days, days), math.nan, math.nan, math.nan, (0, 0), None, silent=reason)


@dataclass(frozen=True)
class _Explaining:
    """One answer in the making."""

    question: Question
    catalogue: Catalogue
    days: tuple[Window, Window]
    marks: tuple[Mark, ...]

    def answer(self) -> Why:
        asked, kpi = self.question.asked, self.question.resolution.kpi
        counted = self._counted(None)
        before, after = (float(counted.values(counted.value, spot)[0]) for spot in counted.spots)
        if math.isnan(before) or math.isnan(after):
            return replace(
                _silent(asked, kpi, say("There is no value for one of the two periods.")), days=self.days,
                before=before, after=after,
            )  # fmt: skip
        why = self._told(counted, (before, after), step_of((before, after)))
        largest = [*_effects(why), before, after]
        return self._told(counted, (before, after), step_of(largest)) if is_outgrown(largest, (before, after)) else why

    def _told(self, counted: Counted, values: tuple[float, float], step: float) -> Why:
        before, after = (rounded(value, step) for value in values)
        rows = (int(counted.used(counted.spots[0])[0]), int(counted.used(counted.spots[1])[0]))
        kpi, asked = self.question.resolution.kpi, self.question.asked
        why = Why(asked, kpi, self.days, before, after, after - before, rows, self._is_real(before, after))
        breakdowns, left_out = self._breakdowns(why.change, step)
        pair = self._pair(breakdowns, self._whole(why.change, step))
        made_of = drivers(self.question, self.catalogue, before, why.change, step)
        return replace(why, breakdowns=breakdowns, left_out=left_out, pair=pair, drivers=made_of)

    def _counted(self, by: str | None) -> Counted:
        plan, spots = self.question.plan(by)
        return Counted(plan, spots, aggregates(plan, self.question.reader))

    @cached_property
    def _total(self) -> tuple[Counted, Moments]:
        plan, spots = self.question.plan(None)
        known = moments(plan)
        return Counted(plan, spots, aggregates(plan, self.question.reader)), known

    def _whole(self, change: float, step: float) -> Whole:
        counted, known = self._total
        of = counted.shape
        if of is None:
            return Whole(change, step, self._median_error())
        variance = sum(counted.variance(of, counted.sums(of, spot), spot, known) for spot in counted.spots)
        return Whole(change, step, math.sqrt(variance))

    def _pair(self, breakdowns: tuple[Breakdown, ...], whole: Whole) -> Pair | None:
        counted, _ = self._total
        if counted.shape is None or not counted.all_add_up or (breakdowns and breakdowns[0].is_mix):
            return None
        before, after = (counted.sums(counted.shape, spot) for spot in counted.spots)
        return refined(self.question, breakdowns, whole, (before, after))

    def _median_error(self) -> float:
        """Standard error of the change of a median; NaN for anything else."""
        plan, spots = self.question.plan(None)
        try:
            found = aggregates(plan, self.question.reader, without=True)
        except NotHeld:
            return math.nan
        errors = [name for name in found.columns if name.endswith("_error")]
        values = Counted(plan, spots, found)
        if len(errors) != 1 or any(a.is_zero for a in values.names.values() if a.function == "sum"):
            return math.nan
        columns = {name: found.columns.get(f"{name}_error", column) for name, column in found.columns.items()}
        return math.hypot(*(float(values.values_of(columns, spot)[0]) for spot in spots))

    def _breakdowns(self, change: float, step: float) -> tuple[tuple[Breakdown, ...], Mapping[str, Message]]:
        whole, found, left_out = self._whole(change, step), list[Breakdown](), dict[str, Message]()
        alone = {name for name, members in self.question.asked.where if len(members) == 1}
        for name in dimensions(self.question.resolution.kpi, self.question.resolution, self.question.reader):
            if name in alone or (name == "weekday" and any(days.since == days.until for days in self.days)):
                continue
            told = self._by(name, whole)
            if isinstance(told, Breakdown):
                found.append(told)
            else:
                left_out[name] = told
        return tuple(sorted(found, key=lambda told: -round(told.score, 1))), left_out

    def _by(self, name: str, whole: Whole) -> Breakdown | Message:
        plan, spots = self.question.plan(name)
        known = moments(plan)
        own = Counted(plan, spots, aggregates(plan, self.question.reader))
        if len(own.members) > MOST_MEMBERS:
            return say("More than {n} members: too many to name a cause.", n=MOST_MEMBERS)
        if own.members in ((), (None,)):
            return say("It is not filled in.")
        of = own.shape
        if of is not None:
            return exact_breakdown(name, own, of, whole, known)
        try:
            others = Counted(plan, spots, aggregates(plan, self.question.reader, without=True))
        except NotHeld:
            return say("Its value cannot be divided among members here.")
        return leave_one_out(name, own, others, whole) or say("All rows are of one member.")

    def _is_real(self, before: float, after: float) -> bool | None:
        asked, reader = self.question.asked, self.question.reader
        look = Look(reader, self.catalogue, TargetBook(), (asked.kpi,), self.marks, asked.where)
        told = by_course(look, asked.kpi, self.days)
        if told is not None:
            return told
        plan, places = self.question.history()
        if not places:
            return None
        counted = Counted(plan, (0, 0), aggregates(plan, reader))
        return by_equals([float(counted.values(counted.value, place)[0]) for place in places], before, after)


def _effects(why: Why) -> Iterator[float]:
    """Everything that has to add up to the change."""
    yield from (part for told in why.breakdowns for c in told.contributions for part in (c.rate, c.mix))
    yield from (inner.effect for driver in why.drivers for inner in (driver, *driver.parts))


def is_quiet(why: Why) -> bool:
    """Whether the change is none: within what the KPI does by itself, or nothing at all."""
    return why.is_real is False or why.change == 0


def is_thin(why: Why) -> bool:
    """Whether too few rows are behind one of the values to judge it."""
    return min(why.rows) < why.kpi.min_rows
