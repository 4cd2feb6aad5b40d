"""The funnel: all of it as bars with the time each step takes, and the yields by member.

Invariant: the bars are of the applications of the period; who is still on the way is counted and said.
"""

from collections.abc import Sequence

from kpi.hiring import words as said
from kpi.hiring.funnel import Funnel, Step, funnel
from pages._ui.hiring.asked import Asked
from pages._ui.markup import Html, quiet, section
from pages._ui.people import parts

MOST = 12
"""Members listed."""
FEWEST = 10
"""Applications below which a member's shares are not told."""


def found(asked: Asked) -> tuple[Funnel, ...]:
    """Of all, then of each member."""
    return asked.kept(("funnel", asked.by), lambda: funnel(asked.asking, asked.by))


def bars(asked: Asked) -> list[Html]:
    """The whole funnel."""
    t, whole = asked.view.language.t, found(asked)[0]
    if not whole.applied or len(whole.steps) < 2:
        return []
    lines = [_bar(asked, whole, step) for step in whole.steps]
    told = [section(t("From application to acceptance"), t("applications of the period")), parts.bars(lines)]
    return [*told, *_waiting(asked, whole)]


def _bar(asked: Asked, whole: Funnel, step: Step) -> Html:
    words = asked.view.language
    notes = []
    if step is not whole.steps[0]:
        share = words.value(step.share, "percent")
        notes.append(words.t("{share} of the stage before", share=share))
        if step.timed:
            notes.append(words.t("in {days}, median", days=words.value(step.days, "days")))
    name = words.render(said.STAGES[step.stage])
    return parts.bar(name, step.of_all, words.number(step.reached), " · ".join(notes))


def _waiting(asked: Asked, whole: Funnel) -> list[Html]:
    """Who is still on the way."""
    words = asked.view.language
    still = [(step, step.waiting) for step in whole.steps if step.waiting]
    if not still:
        return []
    told = ", ".join(f"{words.render(said.STAGES[step.stage]).lower()} — {words.number(n)}" for step, n in still)
    n = sum(number for _, number in still)
    return [quiet(words.tn("{n} is still on the way: {stages}.", "{n} are still on the way: {stages}.", n,
                           stages=told))]  # fmt: skip


def table(asked: Asked) -> list[Html]:
    """Yields by member, those with most applications first."""
    members = [one for one in found(asked)[1:] if one.applied]
    if not members or not asked.by:
        return []
    t, words = asked.view.language.t, asked.view.language
    stages = [step.stage for step in found(asked)[0].steps[1:]]
    head = (asked.dimension, t("Applied"), *(words.render(said.STAGES[stage]) for stage in stages))
    rows = [
        (asked.name(one.member, is_total=False), words.number(one.applied), *_shares(asked, one.steps[1:], one.applied))
        for one in members[:MOST]
    ]
    note = t("percent of those who reached the stage before")
    more = []
    if len(members) > MOST:
        more = [quiet(words.tn("and {n} more", "and {n} more", len(members) - MOST))]
    return [section(t("Yields: {dimension}", dimension=asked.dimension.lower()), note),
            parts.figures(head, rows), *more]  # fmt: skip


def _shares(asked: Asked, steps: Sequence[Step], applied: int) -> list[str]:
    words = asked.view.language
    if applied < FEWEST:
        return [words.number(step.reached) for step in steps]
    return [f"{words.value(step.share, 'percent')} ({words.number(step.reached)})" for step in steps]
