"""What holds for every scheme and month: money is conserved, better never pays less, the order does not matter."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpi.bonus import Scheme, reckon
from kpi.bonus.codec import from_json, to_json
from kpi.bonus.curve import Curve
from kpi.bonus.inputs import MonthInput, PersonInput
from kpi.bonus.money import KOPECK, apportioned
from kpi.bonus.slip import Sheet
from kpi.bonus.variant import with_weights
from kpi.model import Better
from tests.unit.bonus.made import D, gate, kpi, month, person, plain, side

cents = st.integers(0, 10_000).map(lambda n: D(n) / 100)
units = st.sampled_from([D("0.01"), D(1), D(10), D(100)])


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    low, middle, high = sorted(draw(st.lists(cents, min_size=3, max_size=3)))
    better: Better = draw(st.sampled_from(["higher", "lower"]))
    points = (low, middle, high) if better == "higher" else (high, middle, low)
    pays = D(draw(st.integers(0, 100))), D(draw(st.integers(100, 300)))
    return Curve(better, *points, *pays, steps=draw(st.booleans()))


@st.composite
def people(draw: st.DrawFn, name: str) -> PersonInput:
    values = draw(st.lists(st.one_of(st.none(), cents), min_size=4, max_size=4))
    sides = [side(None if value is None else str(value), draw(curves())) for value in values]
    fund = draw(st.one_of(st.none(), st.integers(0, 5_000_000).map(lambda n: str(D(n) / 100))))
    reached = [gate(draw(st.one_of(st.none(), cents.map(str))))]
    kpis = [kpi(sides[0], sides[1]), kpi(sides[2], sides[3])]
    return person(name, kpis, fund, str(draw(cents)), reached)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Scheme, MonthInput]:
    pool = draw(st.integers(0, 100_000).map(lambda n: n * 100))
    fund = draw(
        st.sampled_from(
            ['from = "staff"', 'from = "person"\namount = 10000', 'from = "pool"\namount = 1',
             'from = "pool"\namount = 1\nunearned = "spread"']
        )
    )  # fmt: skip
    more = f'unmeasured = "{draw(st.sampled_from(["spread", "zero", "full"]))}"\nround_to = {draw(units)}\n'
    more += f"team_share = {draw(st.integers(0, 100))}"
    closed = f'\n[[gate]]\nkpi = "revenue"\nat_least = 70\notherwise = {draw(st.integers(0, 100))}'
    group = [draw(people(f"P{n}")) for n in range(draw(st.integers(1, 6)))]
    return plain(fund + closed, more), month(group, str(pool))


@given(cases())
def test_money_is_conserved_to_the_kopeck(case: tuple[Scheme, MonthInput]) -> None:
    scheme, given_ = case
    sheet = reckon(scheme, given_)
    for slip in sheet.slips:
        assert slip.personal + slip.team == slip.total
        assert slip.personal >= 0
        assert slip.team >= 0
        assert slip.exact + slip.rounding == slip.total
        assert sum((part.money for part in slip.parts), D(0)) == slip.exact
        assert slip.total % scheme.round_to == 0
        assert slip.exact % KOPECK == 0
    if scheme.fund.divides_by_results:
        assert sheet.total <= (given_.pool or 0)
        if all(slip.gate == 100 for slip in sheet.slips) and sheet.claims:
            assert sheet.total == given_.pool


@given(cases())
def test_a_kept_pool_is_never_handed_out_beyond_what_is_earned(case: tuple[Scheme, MonthInput]) -> None:
    scheme, given_ = case
    sheet = reckon(scheme, given_)
    if scheme.fund.is_pool and not scheme.fund.divides_by_results and sheet.claims:
        assert sum((slip.fund for slip in sheet.slips), D(0)) == given_.pool


@given(cases())
def test_weights_make_a_hundred_whatever_could_be_measured(case: tuple[Scheme, MonthInput]) -> None:
    scheme, given_ = case
    for slip in reckon(scheme, given_).slips:
        weights = sum((part.weight for part in slip.parts), D(0))
        assert weights == 100 or (weights == 0 and scheme.unmeasured == "spread")
        shared = sum((part.personal.weight + part.team.weight for part in slip.parts), D(0))
        assert shared == weights or scheme.unmeasured == "zero"


@given(cases(), st.randoms())
def test_the_order_of_people_changes_nobodys_bonus_but_by_a_unit_of_rounding(
    case: tuple[Scheme, MonthInput], chance: object
) -> None:
    scheme, given_ = case
    shuffled = list(given_.people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = reckon(scheme, month(shuffled, str(given_.pool)))
    for slip in reckon(scheme, given_).slips:
        other = again.of(slip.person.name)
        assert other is not None
        assert abs(other.total - slip.total) <= (scheme.round_to if scheme.fund.is_pool else 0) * 3


@given(curves(), cents, cents)
def test_a_better_value_never_pays_less(curve: Curve, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=curve.better == "lower")
    assert curve.payout(worse) <= curve.payout(better)
    assert 0 <= curve.payout(one) <= curve.pays_cap


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6).map(D), min_size=1, max_size=30), units)
def test_parts_add_up_and_none_is_off_by_a_unit(amount: int, weights: list[Decimal], unit: Decimal) -> None:
    parts = apportioned(amount * unit, weights, unit)
    total = sum(weights)
    assert sum(parts) == (amount * unit if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert not total or abs(part - amount * unit * weight / total) < unit


@given(cases())
def test_a_sheet_reads_back_equal_from_its_snapshot(case: tuple[Scheme, MonthInput]) -> None:
    scheme, given_ = case
    sheet = reckon(scheme, given_)
    assert from_json(Sheet, to_json(sheet)) == sheet
    assert from_json(Scheme, to_json(scheme)) == scheme


@given(st.integers(0, 10_000).map(lambda n: D(n) / 100))
def test_what_one_weight_gains_the_others_lose(weight: Decimal) -> None:
    changed = with_weights(plain(), {"addon_rate": weight})
    assert sum(measure.weight for measure in changed.measures) == 100
    assert changed.measures[0].weight == weight


@given(cases(), cents, st.integers(0, 1))
def test_who_does_better_is_never_paid_less(case: tuple[Scheme, MonthInput], value: Decimal, place: int) -> None:
    scheme, given_ = case
    person_, rest = given_.people[0], given_.people[1:]
    before = person_.kpis[place].personal
    if before.curve is None or before.value is None:
        return
    worse, better = sorted((before.value, value), reverse=before.curve.better == "lower")
    totals = []
    for reached in (worse, better):
        kpis = list(person_.kpis)
        kpis[place] = replace(kpis[place], personal=replace(before, value=reached))
        changed = month([replace(person_, kpis=tuple(kpis)), *rest], str(given_.pool))
        totals.append(reckon(scheme, changed).slips[0].total)
    assert totals[0] <= totals[1] + (scheme.round_to if scheme.fund.is_pool else 0)
