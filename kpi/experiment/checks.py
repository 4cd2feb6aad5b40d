"""What could make the verdict wrong, each as a sentence with what to do.

Chi-square on single impressions would call every experiment a mismatch, for impressions of one ad come together; so the
split of the traffic is held against the split before the start by the same always-valid test as the KPI itself.

Invariant: a check that cannot be carried out says nothing; one that can says what it found, or is left out.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np

from data.message import Message, say, say_n
from data.store.entries import Design, Experiment
from data.store.entries.marks import KINDS
from kpi import events
from kpi.experiment import crossing, noise
from kpi.experiment.arms import Arms
from kpi.experiment.asking import LEAST_BEFORE, Asking, Series, resolved
from kpi.experiment.course import FIRST_LOOK, differences, look, phases, r_of
from kpi.experiment.judging import Judged, bound, verdict
from kpi.signals.chance import t_chance

Severity = Literal["bad", "warning", "info"]
"""bad: do not trust the verdict before this is mended · warning: know it · info: for the record."""
SURE = 0.05
FEW_BEFORE = 28
"""Days before the start below which the comparison rests on little."""
MOST_UNITS = 40
"""Members of both arms up to which each is left out once."""
NAMED = 5
"""Members, marks or days that are named."""


@dataclass(frozen=True)
class Check:
    """One thing that was found."""

    code: str
    """Stable name."""
    severity: Severity
    """How much it matters."""
    text: Message
    """What was found."""
    todo: Message | None = None
    """What to do."""


def checks(asking: Asking, experiment: Experiment, found: Judged, until: date) -> tuple[Check, ...]:
    """Everything that was found, the worst first."""
    design, series = experiment.design, found.series
    days = (design.start, until)
    told = [*_baseline(series), *_entered(experiment), *_silent(design, found), *_missing(series), *_units(found)]
    if series.arms.before and series.arms.during >= FIRST_LOOK:
        told += _split(found, experiment)
    if series.arms.before:
        told += _drift(series)
    told += _spread(asking, design, (series.every[0], until))
    if series.arms.during:
        told += [*_crossing(asking, design, days), *_marks(asking, design, days), *_rests(found, design)]
    order: tuple[Severity, ...] = ("bad", "warning", "info")
    return tuple(sorted(told, key=lambda check: order.index(check.severity)))


def _baseline(series: Series) -> list[Check]:
    before = series.arms.before
    if before >= FEW_BEFORE:
        return []
    if before == 0:
        text = say(
            "Fewer than {least} days before the start tell both arms: what differs may be the arms themselves, "
            "not the change.", least=LEAST_BEFORE,
        )  # fmt: skip
        todo = say("Load earlier days of both arms, or swap the arms after the end and run it once more.")
        return [Check("no_baseline", "bad", text, todo)]
    text = say_n("Only {n} day before the start tells both arms.", "Only {n} days before the start tell both arms.",
                 before)  # fmt: skip
    return [
        Check("short_baseline", "warning", text, say("Load earlier days: the verdict comes sooner with eight weeks."))
    ]


def _entered(experiment: Experiment) -> list[Check]:
    entered, start = experiment.history[0].at.date(), experiment.design.start
    if entered <= start:
        return []
    text = say(
        "Entered on {day}, after the start: what it is judged by was chosen with days of it in sight.", day=entered
    )
    return [
        Check("entered_late", "warning", text, say("Take the verdict as a hint, and plan the next one beforehand."))
    ]


def _silent(design: Design, found: Judged) -> list[Check]:
    """Members without a row, and arms without a result."""
    before, told = len(found.series.every), []
    first = sum(day < design.start for day in found.series.every)
    if first < before:
        for rows, members in zip(found.series.rows, found.series.members, strict=True):
            gone = [m for m, own in zip(members, rows[:, first:].sum(axis=1), strict=True) if own == 0]
            if gone:
                text = say("No row since the start: {members}.", members=tuple(gone[:NAMED]))
                told.append(Check("silent_units", "bad", text, say("See whether they still run, and load their rows.")))
    if found.series.arms.during >= FIRST_LOOK and not found.is_told:
        text = say("In one of the arms nothing was counted before or since the start: there is nothing to compare.")
        told.append(
            Check("nothing_counted", "bad", text, say("Take a KPI that counts something earlier in the funnel."))
        )
    return told


def _missing(series: Series) -> list[Check]:
    if not series.missing:
        return []
    text = say_n("{n} day is left out of both arms, because one of them has no row on it: {days}.",
                 "{n} days are left out of both arms, because one of them has no row on them: {days}.",
                 len(series.missing), days=series.missing[:NAMED])  # fmt: skip
    return [Check("missing_days", "warning", text, say("Load the statistics of these days."))]


def _units(found: Judged) -> list[Check]:
    if found.series.arms.fewest_units > 1:
        return []
    text = say("An arm has one member only: whatever else happened to it is taken for the effect.")
    return [Check("one_unit", "warning", text, say("Two or more in each arm tell chance from the change much better."))]


def _split(found: Judged, experiment: Experiment) -> list[Check]:
    """Whether the traffic is split as it was before the start."""
    arms = found.series.arms
    a, b = arms.a.traffic(), arms.b.traffic()
    if a is None or b is None:
        return []
    traffic = Arms(a, b, arms.before, "ratio")
    seen = look(traffic, r_of(traffic, experiment.planned_days), experiment.design.alpha / 100)
    if not math.isfinite(seen.reach) or seen.low <= 0 <= seen.high:
        return []
    was, now = (100 * _share(a.cut(*cut).tops, b.cut(*cut).tops) for cut in ((0, arms.before), (arms.before, None)))
    text = say("B has {now} % of the traffic since the start and had {was} % before it: more than chance.",
               now=round(now, 1), was=round(was, 1))  # fmt: skip
    todo = say("Where the change itself brings or keeps away people, compare a KPI before that step too.")
    return [Check("split", "warning", text, todo)]


def _share(a: Any, b: Any) -> float:
    return float(b.sum() / (a.sum() + b.sum()))


def _drift(series: Series) -> list[Check]:
    """Whether the arms were moving apart before anything was changed: a trend, or two halves that differ."""
    first = phases(series.arms)[0]
    chances = [drift_chance(first), halves_chance(first)]
    known = [chance for chance in chances if math.isfinite(chance)]
    if not known or len(chances) * min(known) >= SURE:
        return []
    text = say("The arms were moving apart before the start already (chance {chance} %).",
               chance=round(100 * len(chances) * min(known), 1))  # fmt: skip
    todo = say("Look what else differs between them, and take a longer time before the start.")
    return [Check("drift", "warning", text, todo)]


def drift_chance(before: Arms) -> float:
    """Chance of such a trend of the daily difference where there is none."""
    series = differences(before)
    days = np.arange(len(series)) - (len(series) - 1) / 2
    factor = float(noise.factor([series], before.fewest_units))
    slope = float((days * series).sum() / (days**2).sum())
    rest = series - slope * days
    freedom = len(series) / factor - 2
    if freedom <= 0 or not np.isfinite(rest).all():
        return math.nan
    error = math.sqrt(float((rest**2).sum()) / (len(series) - 2) * factor / float((days**2).sum()))
    return t_chance(slope / error, freedom) if error > 0 else math.nan


def halves_chance(before: Arms) -> float:
    """Chance of such a difference between the halves of the time before, where there is none."""
    seen = look(Arms(before.a, before.b, before.a.days // 2, before.scale), 1.0, SURE)
    if not (math.isfinite(seen.effect) and seen.error > 0 and seen.freedom > 0):
        return math.nan
    return t_chance(float(seen.effect / seen.error), float(seen.freedom))


def _crossing(asking: Asking, design: Design, days: tuple[date, date]) -> list[Check]:
    told, reader = [], asking.reader
    relations = resolved(asking, design.kpi, design.dimension, design.where).relations
    clients = crossing.shared_clients(reader, relations, design, days)
    if clients and clients[0]:
        text = say_n("{n} client of {every} came to both arms.", "{n} clients of {every} came to both arms.",
                     clients[0], every=clients[1])  # fmt: skip
        todo = say("What one arm did may be told by the other: choose arms that share no clients.")
        told.append(Check("shared_clients", "warning", text, todo))
    texts = crossing.shared_texts(reader, design, days)
    if texts and texts[0]:
        text = say_n("{n} advertisement stands in both arms with one title in one city.",
                     "{n} advertisements stand in both arms with one title in one city.", texts[0])  # fmt: skip
        todo = say("They take each other's clients, and the difference looks twice as large as it is.")
        told.append(Check("shared_texts", "warning", text, todo))
    changed = crossing.retitled(reader, design, days)
    if changed:
        text = say_n("The title of {n} advertisement was changed while it ran: {ads}.",
                     "The titles of {n} advertisements were changed while it ran: {ads}.", len(changed),
                     ads=changed[:NAMED])  # fmt: skip
        told.append(Check("retitled", "warning", text, say("Change nothing in either arm until the end.")))
    return told


def _spread(asking: Asking, design: Design, days: tuple[date, date]) -> list[Check]:
    """Figures that were given for several days at once."""
    relations = resolved(asking, design.kpi, design.dimension, design.where).relations
    found = crossing.spread(asking.reader, relations, design, days)
    if found is None or not found.spread:
        return []
    todo = say("Load the statistics day by day.")
    if found.across:
        text = say(
            "Statistics were given for days before and since the start together: part of the effect lies before it."
        )
        return [Check("spread", "bad", text, todo)]
    share = round(100 * found.spread / found.days, 1)
    text = say("On {share} % of the days figures were given for several days at once and are spread evenly over them.",
               share=share)  # fmt: skip
    return [Check("spread", "warning", text, todo)]


def _marks(asking: Asking, design: Design, days: tuple[date, date]) -> list[Check]:
    inside = [
        event
        for event in events.marked(asking.marks, design.kpi, (*design.where, *asking.reader.scope.where), KINDS)
        if event.day <= days[1] and event.until >= days[0]
    ]
    if not inside:
        return []
    named = tuple(say("{day} {title}", day=event.day, title=event.title) for event in inside[:NAMED])
    text = say_n("{n} event was marked while it ran: {events}.", "{n} events were marked while it ran: {events}.",
                 len(inside), events=named)  # fmt: skip
    return [Check("events", "warning", text, say("See whether it touched one arm more than the other."))]


def _rests(found: Judged, design: Design) -> list[Check]:
    """Whether an arm is better only because of one of its members."""
    arms, last = found.series.arms, found.last
    if last is None or arms.a.units + arms.b.units > MOST_UNITS:
        return []
    matters = bound(found.series, design)
    stands = verdict(float(last.low), float(last.high), matters, rises=found.rises)
    if stands not in ("a", "b"):
        return []
    alone = []
    sides: tuple[tuple[str, Sequence[str], Callable[[int], Arms]], ...] = (
        ("a", found.series.members[0], lambda n: Arms(arms.a.without(n), arms.b, arms.before, arms.scale)),
        ("b", found.series.members[1], lambda n: Arms(arms.a, arms.b.without(n), arms.before, arms.scale)),
    )
    for side, members, left in sides:
        for n in range(getattr(arms, side).units if getattr(arms, side).units > 1 else 0):
            seen = look(left(n), found.r, design.alpha / 100)
            if not math.isfinite(seen.effect) or (seen.effect > 0) != (last.effect > 0):
                alone.append(members[n])
    if not alone:
        return []
    text = say("Without {members} the difference points the other way: the verdict rests on it.",
               members=tuple(alone[:NAMED]))  # fmt: skip
    return [Check("rests_on_one", "bad", text, say("Look what happened there, and go on until others show it too."))]
