"""A member refined by another dimension: not «AC repair», but «AC repair of team B».

A member that stands out in one of the best dimensions is broken down by every other. A part of it is the narrower place
where it keeps most of the member's effect in clearly fewer rows, and more than chance makes of it.

Invariant: the effects inside a member add up to the member's own.
"""

import math
from dataclasses import replace

from kpi.evaluate import aggregates
from kpi.why.asking import Question, dimensions
from kpi.why.breakdown import Whole, exact_breakdown
from kpi.why.chance import moments
from kpi.why.counted import Counted
from kpi.why.effects import Sums
from kpi.why.model import Breakdown, Contribution, Pair

TRIED = 2
"""Dimensions whose first member is refined."""
KEPT = 0.7
"""Least part of the member's effect that the narrower place keeps."""
NARROWED = 0.6
"""Most of the member's rows that it may have."""
MOST = 300
"""Most parts; more are no explanation."""
STANDS_OUT = 0.2
"""Least a member stands out by, to be worth refining."""


def refined(
    question: Question, breakdowns: tuple[Breakdown, ...], whole: Whole, reference: tuple[Sums, Sums]
) -> Pair | None:
    """The narrowest place that carries most of what a member did; None where no part of one does.

    `reference`: all rows before and after.
    """
    found = []
    for told in breakdowns[:TRIED]:
        first = leading(told)
        if first is not None:
            found += _parts(question, told.dimension, first, whole, reference)
    return max(found, key=lambda pair: pair.contribution.stands_out, default=None)


def leading(told: Breakdown) -> Contribution | None:
    """The member that stands out most."""
    known = [c for c in told.contributions if c.part == "member" and c.stands_out >= STANDS_OUT]
    return max(known, key=lambda c: c.stands_out, default=None)


def _parts(
    question: Question, name: str, first: Contribution, whole: Whole, reference: tuple[Sums, Sums]
) -> list[Pair]:
    resolution, narrowed = question.resolution, {name, *(d for d, m in question.asked.where if len(m) == 1)}
    others = [d for d in dimensions(resolution.kpi, resolution, question.reader) if d not in narrowed]
    pairs = (_part(question, name, first, other, whole, reference) for other in others)
    return [pair for pair in pairs if pair is not None]


def _part(
    question: Question, name: str, first: Contribution, other: str, whole: Whole, reference: tuple[Sums, Sums]
) -> Pair | None:
    plan, spots = question.plan(other, ((name, (first.member or "",)),))
    known = moments(plan)
    own = Counted(plan, spots, aggregates(plan, question.reader))
    of = own.shape
    if of is None or not 1 < len(own.members) <= MOST:
        return None
    part = Whole(first.effect, whole.step, first.chance)
    told = exact_breakdown(other, own, of, part, known, reference)
    second = leading(told)
    if second is None or second.effect / first.effect < KEPT or _share(second, told) > NARROWED:
        return None
    beyond = second.stands_out * abs(first.effect) / max(abs(whole.change), whole.chance, math.ulp(0.0))
    return Pair((name, first.member), (other, second.member), replace(second, stands_out=beyond), told)


def _share(one: Contribution, of: Breakdown) -> float:
    """Its part of the rows that are broken down, the mean of both periods; all where there are none."""
    members = [c for c in of.contributions if c.part == "member"]
    whole = sum(c.weight_before + c.weight_after for c in members)
    return (one.weight_before + one.weight_after) / whole if whole else 1.0
