"""Every rule of a bonus against a number anybody can check."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kpi.bonus import reckon
from kpi.bonus.curve import Curve, left_by
from kpi.bonus.money import apportioned, rounded
from kpi.bonus.scheme import Brake
from kpi.bonus.steps import ahead
from tests.unit.bonus.made import CURVE, D, gate, kpi, month, person, plain, scheme, side


@pytest.mark.parametrize(
    ("value", "paid"),
    [("9.99", 0), ("10", 50), ("15", 75), ("20", 100), ("30", 125), ("40", 150), ("90", 150), ("13.33", "66.65")],
)
def test_a_curve_pays_from_the_threshold_in_full_at_the_target_and_no_more_from_the_cap(
    value: str, paid: object
) -> None:
    assert CURVE.payout(D(value)) == D(str(paid))


@pytest.mark.parametrize(
    ("value", "paid"), [("9", 0), ("8", 50), ("6", 75), ("4", 100), ("3", 125), ("2", 150), ("0", 150)]
)
def test_where_lower_is_better_the_curve_is_mirrored(value: str, paid: int) -> None:
    assert Curve("lower", D(8), D(4), D(2), D(50), D(150)).payout(D(value)) == paid


@pytest.mark.parametrize(("value", "paid"), [("9", 0), ("10", 50), ("19", 50), ("20", 100), ("39", 100), ("40", 150)])
def test_steps_have_no_slope(value: str, paid: int) -> None:
    assert replace(CURVE, steps=True).payout(D(value)) == paid


@pytest.mark.parametrize(("value", "paid"), [("79", 0), ("80", 50), ("85", 100), ("95", 100), ("96", 50), ("99", 0)])
def test_a_band_pays_inside_and_less_at_its_edges(value: str, paid: int) -> None:
    assert Curve("band", D(80), D(85), D(95), D(50), D(100), outer=D(98)).payout(D(value)) == paid


@pytest.mark.parametrize(("value", "left"), [("0", 100), ("2", 100), ("4", 70), ("6", 40), ("50", 40)])
def test_a_brake_cuts_more_the_worse_the_quality(value: str, left: int) -> None:
    assert left_by(Brake("rework_rate", D(2), D(6), D(40)), D(value)) == left
    assert left_by(Brake("rating", D(-2), D(-6), D(40)), -D(value)) == left  # quality that falls


def test_weights_curve_and_fund_make_the_bonus() -> None:
    slip = reckon(plain(), month([person("Ann", [kpi(side("30")), kpi(side("15"))])])).slips[0]
    assert [part.money for part in slip.parts] == [D("7500.00"), D("3000.00")]  # 10 000 × 60 % × 125 %, × 40 % × 75 %
    assert [slip.total, slip.personal, slip.team, slip.score] == [10500, 10500, 0, 105]


def test_the_team_pays_its_share_by_its_own_value() -> None:
    kpis = [kpi(side("20"), side("10")), kpi(side("20"), side("40"))]
    slip = reckon(plain(more="team_share = 30"), month([person("Ann", kpis)])).slips[0]
    assert [part.team.money for part in slip.parts] == [D(900), D(1800)]  # 10 000 × 18 % × 50 %, × 12 % × 150 %
    assert [slip.personal, slip.team, slip.total] == [7000, 2700, 9700]


def test_a_side_that_cannot_be_judged_leaves_its_share_to_the_other() -> None:
    kpis = [kpi(side(None), side("20")), kpi(side("20"), side(None))]
    slip = reckon(plain(more="team_share = 30"), month([person("Ann", kpis)])).slips[0]
    assert [slip.personal, slip.team] == [4000, 6000]


@pytest.mark.parametrize(("rule", "total"), [("spread", 10000), ("zero", 4000), ("full", 10000)])
def test_a_kpi_that_cannot_be_judged_pays_as_the_scheme_says(rule: str, total: int) -> None:
    kpis = [kpi(side(None)), kpi(side("20"))]
    assert reckon(plain(more=f'unmeasured = "{rule}"'), month([person("Ann", kpis)])).slips[0].total == total


def test_a_spread_weight_pays_by_the_other_kpis_value_and_a_full_one_does_not() -> None:
    kpis = [kpi(side(None)), kpi(side("40"))]
    spread, full = (
        reckon(plain(more=f'unmeasured = "{rule}"'), month([person("Ann", kpis)])).slips[0].total
        for rule in ("spread", "full")
    )
    assert [spread, full] == [15000, 12000]


def test_nothing_measured_pays_nothing() -> None:
    slip = reckon(plain(), month([person("Ann", [kpi(side(None)), kpi(side("20", None))])])).slips[0]
    assert [slip.total, slip.score] == [0, 0]


def test_time_shrinks_the_bonus() -> None:
    assert reckon(plain(), month([person("Ann", [kpi(side("20"))] * 2, share="53")])).slips[0].total == 5300


@pytest.mark.parametrize(("reached", "total"), [("69.99", 2500), ("70", 10000), ("140", 10000), (None, 10000)])
def test_a_gate_lets_through_what_it_says(reached: str | None, total: int) -> None:
    text = '[[gate]]\nkpi = "revenue"\nat_least = 70\notherwise = 25'
    people = [person("Ann", [kpi(side("20"))] * 2, gates=[gate(reached)])]
    assert reckon(plain(fund=f'from = "person"\namount = 10000\n{text}'), month(people)).slips[0].total == total


def test_a_brake_cuts_the_speed_it_stands_beside_and_nothing_else() -> None:
    brake = 'brake = { kpi = "rework_rate", from = 2, to = 6, least = 40 }'
    kpis = '[[kpi]]\nkpi = "revenue_per_hour"\nweight = 50\n' + brake + '\n[[kpi]]\nkpi = "revenue"\nweight = 50\n'
    rules = scheme(f'[fund]\nfrom = "staff"\n{kpis}')
    slip = reckon(rules, month([person("Ann", [kpi(side("20", quality="4")), kpi(side("20", quality="4"))])])).slips[0]
    assert [part.money for part in slip.parts] == [3500, 5000]


def test_own_fund_of_nobody_pays_nothing() -> None:
    assert reckon(plain('from = "staff"'), month([person("Ann", [kpi(side("20"))] * 2, fund=None)])).slips[0].total == 0


def test_a_share_of_ones_own_result_is_not_shrunk_twice() -> None:
    rules = plain('from = "own_share"\npercent = 5\nkpi = "revenue"')
    assert reckon(rules, month([person("Ann", [kpi(side("20"))] * 2, share="50")])).slips[0].total == 10000


def test_a_pool_is_divided_by_results_to_the_last_rouble() -> None:
    people = [person(name, [kpi(side("20"))] * 2, fund=None) for name in ("Ann", "Bob", "Cyd")]
    sheet = reckon(plain('from = "pool"\namount = 10000\nunearned = "spread"'), month(people, "10000"))
    assert [slip.total for slip in sheet.slips] == [3334, 3333, 3333]
    assert sheet.total == 10000


def test_who_earns_nothing_gets_nothing_of_a_pool_and_the_others_all() -> None:
    people = [person("Ann", [kpi(side("20"))] * 2, fund=None), person("Bob", [kpi(side("1"))] * 2, fund=None)]
    sheet = reckon(plain('from = "pool"\namount = 10000\nunearned = "spread"'), month(people, "10000"))
    assert [slip.total for slip in sheet.slips] == [10000, 0]


def test_what_is_not_earned_of_a_pool_may_stay_in_the_business() -> None:
    people = [
        person("Ann", [kpi(side("20"))] * 2, fund=None),
        person("Bob", [kpi(side("10"))] * 2, fund=None, share="50"),
    ]
    sheet = reckon(plain('from = "pool"\namount = 9000'), month(people, "9000"))
    assert [[slip.fund, slip.total] for slip in sheet.slips] == [[6000, 6000], [3000, 1500]]


def test_a_bonus_is_rounded_to_what_is_paid_in() -> None:
    kpis = [kpi(side("13.33")), kpi(side("13.33"))]
    totals = [
        reckon(plain(more=f"round_to = {unit}"), month([person("Ann", kpis, fund="10001")])).slips[0].total
        for unit in ("0.01", "1", "10", "100")
    ]
    assert totals == [D("6665.67"), 6666, 6670, 6700]


def test_halves_are_rounded_away_from_zero_as_a_calculator_does() -> None:
    assert [rounded(D(x), D(1)) for x in ("0.5", "1.5", "-0.5", "2.4999")] == [1, 2, -1, 2]


def test_the_largest_remainders_get_what_is_left() -> None:
    assert apportioned(D(100), [D(1), D(1), D(1)], D(1)) == [34, 33, 33]
    assert apportioned(D(100), [D(10), D(15), D(20)], D(1)) == [22, 33, 45]
    assert apportioned(D(100), [Decimal(0)] * 2) == [0, 0]


def test_one_step_more_is_what_the_same_rules_pay_for_it() -> None:
    sheet = reckon(plain(), month([person("Ann", [kpi(side("19")), kpi(side("40"), name="revenue")])]))
    first, second = ahead(plain(), sheet, sheet.slips[0])
    assert [first.by, first.pays, first.point, first.point_pays] == [1, 300, 20, 300]  # 10 000 × 60 % × 5 %
    assert [second.pays, second.point] == [0, None]


def test_one_step_more_in_a_pool_is_taken_from_the_others() -> None:
    people = [person(name, [kpi(side("20"))] * 2, fund=None) for name in ("Ann", "Bob")]
    rules = plain('from = "pool"\namount = 10000\nunearned = "spread"')
    sheet = reckon(rules, month(people, "10000"))
    better = replace(people[0], kpis=(kpi(side("21")), people[0].kpis[1]))
    assert (
        ahead(rules, sheet, sheet.slips[0])[0].pays
        == reckon(rules, month([better, people[1]], "10000")).slips[0].total - 5000
    )
