"""From a month's values to roubles (pure).

Invariant: equal inputs give equal kopecks, on every machine and in every order; every number that is rounded on the way
is rounded as it is shown, so a pocket calculator comes to the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kpi.bonus.curve import left_by
from kpi.bonus.inputs import GateInput, KpiInput, MonthInput, PersonInput, Side
from kpi.bonus.money import CENTI, FINE, HUNDRED, ZERO, apportioned, percent_of, rounded
from kpi.bonus.scheme import Brake, Gate, Measure, Scheme
from kpi.bonus.slip import NOTHING, Part, Pay, Sheet, Slip


def reckon(scheme: Scheme, month: MonthInput) -> Sheet:
    """Everybody's bonus."""
    scored = [_scored(scheme, person) for person in month.people]
    if not scheme.fund.is_pool:
        return Sheet(month, tuple(_from_fund(scheme, slip, slip.person.fund or ZERO) for slip in scored))
    claims = [claim_of(scheme, slip) for slip in scored]
    pool = rounded(month.pool or ZERO, scheme.round_to)
    given = zip(scored, apportioned(pool, claims, scheme.round_to), strict=True)
    return Sheet(month, tuple(_from_pool(scheme, slip, part) for slip, part in given), sum(claims, ZERO))


def again(scheme: Scheme, sheet: Sheet, person: PersonInput) -> Slip:
    """The bonus of somebody with other values, all others' as they are."""
    slip = _scored(scheme, person)
    if not scheme.fund.is_pool:
        return _from_fund(scheme, slip, person.fund or ZERO)
    before = sheet.of(person.name)
    own = claim_of(scheme, before) if before else ZERO
    claims = sheet.claims - own + claim_of(scheme, slip)
    pool = rounded(sheet.given.pool or ZERO, scheme.round_to)
    part = rounded(pool * claim_of(scheme, slip) / claims, scheme.round_to) if claims > 0 else ZERO
    return _from_pool(scheme, slip, part)


def _scored(scheme: Scheme, person: PersonInput) -> Slip:
    """The points, before any money."""
    weights = _weights(scheme, person.kpis)
    pairs = zip(scheme.measures, person.kpis, weights, strict=True)
    parts = tuple(_part(scheme, measure, given, weight) for measure, given, weight in pairs)
    score = sum((part.personal.points + part.team.points for part in parts), ZERO)
    time = HUNDRED if scheme.fund.is_pool or scheme.fund.kind == "own_share" else person.share
    return Slip(person, parts, time, _left(scheme.gates, person.gates), score, ZERO, ZERO, ZERO)


def _weights(scheme: Scheme, kpis: Sequence[KpiInput]) -> list[Decimal]:
    """The scheme's weights; those of KPIs that cannot be judged go to the others in proportion, as the scheme says."""
    given = [measure.weight for measure in scheme.measures]
    if scheme.unmeasured != "spread" or all(map(_is_measured, kpis)):
        return given
    kept = [weight if _is_measured(kpi) else ZERO for weight, kpi in zip(given, kpis, strict=True)]
    return apportioned(HUNDRED, kept, CENTI)


def _is_measured(kpi: KpiInput) -> bool:
    return kpi.personal.is_measured or kpi.team.is_measured


def _part(scheme: Scheme, measure: Measure, given: KpiInput, weight: Decimal) -> Part:
    """A side that cannot be judged leaves its share to the other one."""
    share = scheme.share_of(measure)
    if not _is_measured(given):
        payout = HUNDRED if scheme.unmeasured == "full" else ZERO
        pay = Pay(weight, payout, HUNDRED, percent_of(weight, payout), ZERO)
        return Part(given, weight, pay, NOTHING)
    if not given.team.is_measured:
        share = ZERO
    elif not given.personal.is_measured:
        share = HUNDRED
    personal, team = percent_of(weight, HUNDRED - share), percent_of(weight, share)
    sides = ((given.personal, personal), (given.team, team))
    fine = scheme.fund.divides_by_results
    return Part(given, weight, *(_pay(side, share, measure.brake, fine=fine) for side, share in sides))


def _pay(side: Side, weight: Decimal, brake: Brake | None, *, fine: bool) -> Pay:
    """`fine`: the points are shown and divided by, so they are rounded as they are shown."""
    if not weight or side.curve is None or side.value is None:
        return NOTHING
    payout = side.curve.payout(side.value)
    left = left_by(brake, side.quality) if brake and side.quality is not None else HUNDRED
    points = percent_of(weight, payout, left)
    return Pay(weight, payout, left, rounded(points, FINE) if fine else points, ZERO)


def _left(gates: Sequence[Gate], seen: Sequence[GateInput]) -> Decimal:
    """Per cent that all gates leave; one that sees nothing is open."""
    left = HUNDRED
    for gate, found in zip(gates, seen, strict=True):
        if found.reached is not None and found.reached < gate.at_least:
            left = percent_of(left, gate.otherwise)
    return rounded(left, CENTI)


def _from_fund(scheme: Scheme, slip: Slip, fund: Decimal) -> Slip:
    """Points of one's own fund, for the time that was worked, as far as the gates are open."""
    left = (slip.time, slip.gate)
    paid = tuple(
        replace(part, personal=_paid(part.personal, fund, *left), team=_paid(part.team, fund, *left))
        for part in slip.parts
    )
    exact = sum((part.money for part in paid), ZERO)
    return replace(slip, parts=paid, fund=fund, exact=exact, total=rounded(exact, scheme.round_to))


def _paid(pay: Pay, fund: Decimal, *percents: Decimal) -> Pay:
    return replace(pay, money=rounded(percent_of(fund, pay.points, *percents)))


def claim_of(scheme: Scheme, slip: Slip) -> Decimal:
    """What somebody's part of a pool is in proportion to: place × time, and × points where results divide it."""
    place = HUNDRED if slip.person.fund is None else slip.person.fund
    points = slip.score if scheme.fund.divides_by_results else HUNDRED
    return rounded(percent_of(place, slip.person.share, points), FINE)


def _from_pool(scheme: Scheme, slip: Slip, part: Decimal) -> Slip:
    """Somebody's part of a pool: a fund of their own, or what they have earned already, less what the gates keep."""
    if not scheme.fund.divides_by_results:
        return _from_fund(scheme, slip, part)
    total = rounded(percent_of(part, slip.gate), scheme.round_to)
    if not slip.score:
        return replace(slip, fund=part, total=total)
    parts = tuple(
        replace(one, personal=_of(one.personal, total, slip.score), team=_of(one.team, total, slip.score))
        for one in slip.parts
    )
    return replace(slip, parts=parts, fund=part, exact=sum((one.money for one in parts), ZERO), total=total)


def _of(pay: Pay, total: Decimal, score: Decimal) -> Pay:
    return replace(pay, money=rounded(total * pay.points / score))
