"""What is wrong with a scheme, and how much of a bonus is noise, on years made to be so."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from kpi.bonus import reckon
from kpi.bonus.inputs import MonthInput, Side
from kpi.bonus.noise import natural, noise_share
from kpi.bonus.warnings import Warned, _deviate, warnings
from tests.unit.bonus.made import CURVE, D, kpi, month, person, scheme, side

RULES = scheme('[fund]\nfrom = "staff"\n[[kpi]]\nkpi = "addon_rate"\nweight = 100\n')


def measured(value: float, rows: int = 400) -> Side:
    return replace(side(f"{value:.2f}"), rows=rows, step="percent")


def year(levels: dict[str, float], noise: float, seed: int = 3) -> list[MonthInput]:
    """Twelve months of people at these levels, with normal noise around them."""
    chance = random.Random(seed)
    return [
        month([person(name, [kpi(measured(max(0, chance.gauss(at, noise))))]) for name, at in levels.items()])
        for _ in range(12)
    ]


def told(months: list[MonthInput]) -> dict[str, Warned]:
    return {warned.kind: warned for warned in warnings(RULES, months, natural(months))}


def test_people_who_differ_by_chance_only_are_told_so_and_others_not() -> None:
    assert "same_for_all" in told(year({"Ann": 20, "Bob": 20, "Cyd": 20}, 4))
    apart = told(year({"Ann": 16, "Bob": 20, "Cyd": 24}, 4))  # within each other's monthly limits, yet not by chance
    assert "same_for_all" not in apart


def test_chance_is_rarely_taken_for_a_difference() -> None:
    found = sum("same_for_all" in told(year({"Ann": 20, "Bob": 20, "Cyd": 20}, 4, seed)) for seed in range(100))
    assert 85 <= found <= 100


@pytest.mark.parametrize(("above", "below", "point"), [(1, 11, 4.844), (2, 22, 3.443), (4, 44, 2.584), (9, 99, 1.976)])
def test_the_point_of_the_test_is_the_tables(above: int, below: int, point: float) -> None:
    assert _deviate(point, above, below) == pytest.approx(1.6449, abs=0.03)


def test_a_season_that_all_share_does_not_hide_who_is_better() -> None:
    months = year({"Ann": 20, "Bob": 22}, 0.5)
    seasonal = [
        month(
            [person(p.name, [kpi(measured(float(p.kpis[0].personal.value or 0) * (1 + 0.05 * n)))]) for p in m.people]
        )
        for n, m in enumerate(months)
    ]
    assert "same_for_all" not in told(seasonal)


def test_targets_out_of_reach_and_always_met_are_named_with_the_people() -> None:
    found = told(year({"Ann": 8, "Bob": 35, "Cyd": 20}, 1))
    assert found["beyond_limits"].people == ("Ann",)
    assert found["always_paid"].people == ("Bob",)
    assert found["always_paid"].of == 3


@pytest.mark.parametrize(
    ("own", "kind"),
    [
        (Side(None, 0, None, "unavailable"), "not_personal"),
        (Side(D(20), 3, CURVE, "too_few"), "small_sample"),
        (Side(D(20), 300, None, "no_target"), "no_target"),
        (Side(D(20), 3, CURVE, "", None, D("33.33"), "one_of"), "one_row_moves"),
    ],
)
def test_what_cannot_be_judged_is_told(own: Side, kind: str) -> None:
    months = [month([person("Ann", [kpi(own)]), person("Bob", [kpi(side("20"))])]) for _ in range(12)]
    if kind == "not_personal":
        months = [month([person("Ann", [kpi(own)])]) for _ in range(12)]
    assert told(months)[kind].people == ("Ann",)


def test_a_person_without_a_fund_is_named() -> None:
    months = [month([person("Ann", [kpi(side("20"))], fund=None), person("Bob", [kpi(side("20"))])])] * 12
    assert told(months)["no_fund"].people == ("Ann",)


def test_noise_is_all_of_the_swing_where_nothing_changed_and_little_where_something_did() -> None:
    steady = year({"Ann": 20}, 2)
    still = natural(steady).still(steady)
    seen, quiet = ([reckon(RULES, m).slips[0].total for m in months] for months in (steady, still))
    assert noise_share(seen, quiet) == 100
    changing = [
        month([person("Ann", [kpi(measured(value))])]) for value in (12, 13, 12, 11, 12, 13, 12, 38, 12, 11, 12, 13)
    ]
    still_ = natural(changing).still(changing)
    seen, quiet = ([reckon(RULES, m).slips[0].total for m in months] for months in (changing, still_))
    assert (noise_share(seen, quiet) or Decimal(0)) < 20
