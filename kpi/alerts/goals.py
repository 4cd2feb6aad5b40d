"""Targets: missed in the latest complete period, or about to be in the running one.

Invariant: the whole is judged by its target; a member only by a target that was set for it, so that thirty people
measured by one common target are no thirty alerts. Below `min_rows` and in the first fifth of a period nothing is
judged (the evaluator's status says so). A running period is told only when its forecast leaves a chance of at most one
in ten of being acceptable: where forecasts keep what they promise, nine of ten such alerts come true.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi.alerts.inquiry import Inquiry
from kpi.alerts.judged import Judged, judgements, months_running
from kpi.alerts.model import Alert, Key, Said
from kpi.alerts.reasons import Span, reason, standing
from kpi.alerts.said import capital, in_every, sentences, title
from kpi.attainability.running import ENOUGH
from kpi.forecast import Asker, Forecast, chance_of_meeting
from kpi.forecast import Told as Foretold
from kpi.forecast.words import sentence
from kpi.language import Language
from kpi.model import Bounds

CHANCE = 0.1
"""Chance of an acceptable value from which on a running period is endangered."""
HALF = 0.5
"""Share of a period from which on the pace of a sum is believed where no forecast can be made."""


def missed(asked: Inquiry) -> Iterator[Alert]:
    """Targets missed in the latest complete period, as far as it is one of the last two."""
    for one in judgements(asked):
        if one.latest is not None and one.latest.status == "missed":
            yield _missed(asked, one)


def endangered(asked: Inquiry) -> Iterator[Alert]:
    """Targets that the running period will miss."""
    for one in judgements(asked):
        if one.running is None or one.running.status != "missed":
            continue
        found = _foretold(asked, one)
        if found is not None:
            yield _endangered(asked, one, found)


def _missed(asked: Inquiry, one: Judged) -> Alert:
    row, place = one.over, asked.place(one.member)
    span = Span(row.first, row.last)
    why = standing(asked.look, one.kpi, span, place)
    run = months_running(one)

    def said(words: Language) -> Said:
        period = capital(words.period(row.first, one.grain))
        value = words.value(row.value, one.kpi.unit)
        text = words.t(
            "{period}: {value}; the target is {target}", period=period, value=value, target=_goal(one, words)
        )
        again = words.tn("Missed {n} time in a row", "Missed {n} times in a row", run) if run > 1 else ""
        name = words.catalogue(one.kpi.title)
        return Said(title(name, place, words), sentences(text, again), why[words.code], words.catalogue(one.kpi.advice))

    key = Key("missed", one.kpi.id, place, f"{one.grain}:{row.first}")
    return Alert(
        key, row.first, row.last, _gap(row.value, row.target), row.value, row.target, one.kpi.unit, said=in_every(said)
    )


@dataclass(frozen=True)
class _Coming:
    """What a running period comes to."""

    told: Foretold | None
    """The forecast; None: it was told by its pace."""
    expected: float
    """The value at its end."""


def _foretold(asked: Inquiry, one: Judged) -> _Coming | None:
    """What the period comes to, if it misses its target; None: it may still be met, or nobody can tell."""
    row, look = one.now, asked.look
    asker = Asker(look.reader, look.catalogue, look.targets, asked.today, asked.place(one.member))
    told = asker.told(one.kpi.id, one.grain)
    found = told.forecast
    if found is not None and told.span.since == row.first and (len(found.outcomes) >= ENOUGH or found.is_over):
        return _Coming(told, found.expected) if _hopeless(found, row.acceptable) else None
    if one.kpi.additive and one.elapsed >= HALF:
        return _Coming(None, row.pace)
    return None


def _hopeless(found: Forecast, bounds: Bounds) -> bool:
    return chance_of_meeting(found, bounds) <= CHANCE


def _endangered(asked: Inquiry, one: Judged, coming: _Coming) -> Alert:
    row, place = one.now, asked.place(one.member)
    why = reason(asked.look, one.kpi, Span(row.first, row.last), place)

    def said(words: Language) -> Said:
        return Said(
            title(words.catalogue(one.kpi.title), place, words), sentences(_coming(one, coming, words)),
            why[words.code], words.catalogue(one.kpi.advice),
        )  # fmt: skip

    key = Key("endangered", one.kpi.id, place, f"{one.grain}:{row.first}")
    gap = _gap(coming.expected, row.target)
    return Alert(
        key, row.first, min(row.last, asked.today), gap, coming.expected, row.target, one.kpi.unit,
        said=in_every(said),
    )  # fmt: skip


def _coming(one: Judged, coming: _Coming, words: Language) -> str:
    so_far = words.t(
        "{period} so far: {value}", period=capital(words.period(one.now.first, one.grain)),
        value=words.value(one.now.value, one.kpi.unit),
    )  # fmt: skip
    if coming.told is not None and coming.told.forecast is not None:
        return sentences(so_far, sentence(coming.told, coming.told.forecast, words))
    pace = words.t(
        "At this pace it comes to {value}; the target is {target}",
        value=words.value(coming.expected, one.kpi.unit), target=_goal(one, words, running=True),
    )  # fmt: skip
    return sentences(so_far, pace)


def _goal(one: Judged, words: Language, *, running: bool = False) -> str:
    row = one.now if running else one.over
    return words.target(row.good.good_low, row.good.good_high, one.kpi.unit)


def _gap(value: float, target: float) -> float:
    """How far from its target, as a share of it."""
    return max(abs(value - target) / (abs(target) or 1.0), 1e-9)
