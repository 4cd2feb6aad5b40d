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

_SQUARE = HUNDRED * HUNDRED


def reckon(scheme: Scheme, month: MonthInput) -> Sheet:
    """Everybody's bonus."""
    if not scheme.fund.is_pool:
        return Sheet(month, tuple(_slip(scheme, person, person.fund or ZERO) for person in month.people))
    slips = [_slip(scheme, person, ZERO) for person in month.people]
    claims = [claim_of(scheme, slip) for slip in slips]
    pool = rounded(month.pool or ZERO, scheme.round_to)
    given = zip(slips, apportioned(pool, claims, scheme.round_to), strict=True)
    return Sheet(month, tuple(_from_pool(scheme, slip, part) for slip, part in given), sum(claims, ZERO))


def again(scheme: Scheme, sheet: Sheet, person: PersonInput) -> Slip:
    """The bonus of somebody with other values, all others' as they are."""
    if not scheme.fund.is_pool:
        return _slip(scheme, person, person.fund or ZERO)
    slip, before = _slip(scheme, person, ZERO), sheet.of(person.name)
    claims = sheet.claims - (claim_of(scheme, before) if before else ZERO) + claim_of(scheme, slip)
    pool = rounded(sheet.given.pool or ZERO, scheme.round_to)
    part = rounded(pool * claim_of(scheme, slip) / claims, scheme.round_to) if claims > 0 else ZERO
    return _from_pool(scheme, slip, part)


def _slip(scheme: Scheme, person: PersonInput, fund: Decimal) -> Slip:
    """Points of a fund of one's own, for the time that was worked, as far as the gates are open."""
    counting = [_counting(scheme, measure, kpi) for measure, kpi in zip(scheme.measures, person.kpis, strict=True)]
    gate = _left(scheme.gates, person.gates)
    time = HUNDRED if scheme.fund.is_pool or scheme.fund.kind == "own_share" else person.share
    a_point = percent_of(fund, time, gate) / HUNDRED
    found = zip(scheme.measures, person.kpis, _weights(scheme, counting), counting, strict=True)
    parts = tuple(_part(scheme, *one, a_point) for one in found)
    score = sum((part.personal.points + part.team.points for part in parts), ZERO)
    exact = sum((part.money for part in parts), ZERO)
    return Slip(person, parts, time, gate, score, fund, exact, rounded(exact, scheme.round_to))


def _counting(scheme: Scheme, measure: Measure, kpi: KpiInput) -> tuple[bool, bool]:
    """Whether the own value, and the common one, can be judged and are asked for."""
    share = scheme.share_of(measure)
    return share < HUNDRED and kpi.personal.is_measured, share > 0 and kpi.team.is_measured


def _weights(scheme: Scheme, counting: Sequence[tuple[bool, bool]]) -> list[Decimal]:
    """The scheme's weights; those of KPIs that cannot be judged go to the others in proportion, as the scheme says."""
    given = [measure.weight for measure in scheme.measures]
    if scheme.unmeasured != "spread" or all(map(any, counting)):
        return given
    return apportioned(HUNDRED, [w if any(c) else ZERO for w, c in zip(given, counting, strict=True)], CENTI)


def _part(
    scheme: Scheme, measure: Measure, given: KpiInput, weight: Decimal, counting: tuple[bool, bool], a_point: Decimal
) -> Part:
    """A side that cannot be judged leaves its share to the other one. `a_point`: roubles of one per cent."""
    if not any(counting):
        payout = HUNDRED if scheme.unmeasured == "full" else ZERO
        points = percent_of(weight, payout)
        return Part(given, weight, Pay(weight, payout, HUNDRED, points, rounded(points * a_point)), NOTHING)
    share = scheme.share_of(measure) if all(counting) else HUNDRED * counting[1]
    team, fine = percent_of(weight, share), scheme.fund.divides_by_results
    own_pay = _pay(given.personal, weight - team, measure.brake, a_point, fine=fine)
    return Part(given, weight, own_pay, _pay(given.team, team, measure.brake, a_point, fine=fine))


def _pay(side: Side, weight: Decimal, brake: Brake | None, a_point: Decimal, *, fine: bool) -> Pay:
    """`fine`: the points are shown and divided by, so they are rounded as they are shown."""
    if not weight:
        return NOTHING
    left = left_by(brake, side.quality) if brake and side.quality is not None else HUNDRED
    points = weight * side.payout * left / _SQUARE
    if fine:
        points = rounded(points, FINE)
    return Pay(weight, side.payout, left, points, rounded(points * a_point))


def _left(gates: Sequence[Gate], seen: Sequence[GateInput]) -> Decimal:
    """Per cent that all gates leave; one that sees nothing is open."""
    left = HUNDRED
    for gate, found in zip(gates, seen, strict=True):
        if found.reached is not None and found.reached < gate.at_least:
            left = percent_of(left, gate.otherwise)
    return rounded(left, CENTI)


def claim_of(scheme: Scheme, slip: Slip) -> Decimal:
    """What somebody's part of a pool is in proportion to: place × time, and × points where results divide it."""
    place = HUNDRED if slip.person.fund is None else slip.person.fund
    points = slip.score if scheme.fund.divides_by_results else HUNDRED
    return rounded(percent_of(place, slip.person.share, points), FINE)


def _from_pool(scheme: Scheme, slip: Slip, part: Decimal) -> Slip:
    """Somebody's part of a pool: a fund of their own, or what they have earned already, less what the gates keep."""
    if not scheme.fund.divides_by_results:
        return _slip(scheme, slip.person, part)
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
