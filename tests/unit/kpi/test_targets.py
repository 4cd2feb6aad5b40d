"""Which target judges what, and how."""

import math
from dataclasses import replace
from datetime import date

import pytest

from kpi.model import Bounds, Kpi, Target
from kpi.planning import months, scaled
from kpi.targets import TargetBook, judge, running_status

D = date.fromisoformat
SHARE = Kpi(
    "rework_rate", "", "", "", "quality", "percent", "lower", "share(is_rework)", "value", target=Bounds(good_high=15)
)
SUM = replace(SHARE, id="revenue", unit="money", better="higher", additive=True, target=None)


def test_the_most_specific_valid_target_judges_a_ratio() -> None:
    book = TargetBook(
        (
            Target(good_high=10, kpi="rework_rate"),
            Target(good_high=8, kpi="rework_rate", scope=("team", "A")),
            Target(good_high=5, kpi="rework_rate", scope=("employee", "Anna"), valid_from=D("2026-05-01")),
        )
    )

    def high(members: dict[str, str | None], day: str = "2026-06-30") -> float | None:
        found = book.target(SHARE, D(day), members)
        return found.good_high if found else None

    assert high({}) == 10
    assert high({"team": "A"}) == 8
    assert high({"team": "B"}) == 10
    assert high({"team": "A", "employee": "Anna"}) == 5
    assert high({"team": "A", "employee": "Anna"}, "2026-04-30") == 8
    assert high({"team": None}) == 10


def test_a_sum_is_judged_only_by_its_own_target() -> None:
    book = TargetBook((Target(good_low=900, kpi="revenue"), Target(good_low=300, kpi="revenue", scope=("branch", "X"))))
    assert book.target(SUM, D("2026-06-30"), {}) == book.targets[0]
    assert book.target(SUM, D("2026-06-30"), {"branch": "X"}) == book.targets[1]
    assert book.target(SUM, D("2026-06-30"), {"branch": "Y"}) is None
    assert book.target(SUM, D("2026-06-30"), {"branch": "X", "employee": "Anna"}) is None


def test_a_later_target_takes_over_from_its_day_and_never_before() -> None:
    book = TargetBook(
        (
            Target(good_high=10, kpi="rework_rate", valid_to=D("2026-05-31")),
            Target(good_high=7, kpi="rework_rate", valid_from=D("2026-06-01")),
        )
    )
    assert [book.target(SHARE, D(day), {}).good_high for day in ("2026-05-31", "2026-06-01")] == [10, 7]  # type: ignore[union-attr]


def test_defaults_come_from_the_catalogue() -> None:
    assert TargetBook().target(SHARE, D("2026-06-30"), {"team": "A"}) == Target(good_high=15, kpi="rework_rate")
    solo = replace(SHARE, target_solo=Bounds(good_low=75, good_high=85))
    assert TargetBook(solo=True).default(solo) == Target(good_low=75, good_high=85, kpi="rework_rate")


@pytest.mark.parametrize(
    ("value", "bounds", "expected"),
    [
        (9, Bounds(good_high=10), "good"),
        (10, Bounds(good_high=10), "good"),
        (11, Bounds(good_high=10), "missed"),
        (11, Bounds(good_high=10, ok_high=12), "acceptable"),
        (89, Bounds(good_low=85, good_high=95), "good"),
        (97, Bounds(good_low=85, good_high=95, ok_high=98), "acceptable"),
        (80, Bounds(good_low=85, good_high=95, ok_high=98), "missed"),
        (40, Bounds(good_low=50, ok_low=35), "acceptable"),
        (math.nan, Bounds(good_low=50), "too_few"),
    ],
)
def test_judge(value: float, bounds: Bounds, expected: str) -> None:
    assert judge(value, bounds) == expected


def test_a_running_period_is_never_red_in_its_first_fifth() -> None:
    low = Bounds(good_high=10)
    assert running_status(SHARE, 30, math.nan, 0.1, low) == "partial"
    assert running_status(SHARE, 30, math.nan, 0.3, low) == "missed"
    assert running_status(SHARE, 3, math.nan, 0.1, low) == "good"
    assert running_status(SUM, 10, 100, 0.1, Bounds(good_low=200)) == "partial"
    assert running_status(SUM, 150, 300, 0.5, Bounds(good_low=200)) == "good"


def test_monthly_targets_scale_with_the_period() -> None:
    assert months(D("2026-07-01"), D("2026-09-30")) == 3
    assert months(D("2026-02-01"), D("2026-02-28")) == 1
    assert months(D("2026-10-05"), D("2026-10-11")) == pytest.approx(7 / 30.4375)
    assert scaled(Bounds(good_low=100, ok_low=80), 3) == Bounds(good_low=300, ok_low=240)
