"""Each kind of target gives the number a person would work out on paper."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.model import Bounds, Grain, Kpi, Target, TargetKind
from kpi.targets import TargetBook

D = date.fromisoformat
SHARE = Kpi("no_show_rate", "", "", "", "operations", "percent", "lower", "share(x)", "value")
SUM = replace(SHARE, id="revenue", unit="money", better="higher", additive=True)
YEAR = ("2026-01-01", "2026-12-31")


def cell(first: str, last: str, value: float, grain: Grain, kind: TargetKind = "plan", kpi: Kpi = SUM) -> Target:
    low, high = (value, None) if kpi.better == "higher" else (None, value)
    return Target(low, high, kpi=kpi.id, valid_from=D(first), valid_to=D(last), kind=kind, grain=grain)


def month(number: int, value: float, kpi: Kpi = SUM) -> Target:
    first = date(2026, number, 1)
    after = date(2026 + number // 12, number % 12 + 1, 1)
    return cell(first.isoformat(), (after - timedelta(days=1)).isoformat(), value, "month", kpi=kpi)


def low(book: TargetBook, first: str, last: str, members: dict[str, str | None] | None = None) -> float | None:
    found = book.of_period(SUM, (D(first), D(last)), members or {})
    return found.good_low if found else None


def high(book: TargetBook, first: str, last: str) -> float | None:
    found = book.of_period(SHARE, (D(first), D(last)), {})
    return found.good_high if found else None


SEASON = TargetBook(tuple(month(n, 100.0 * n) for n in range(1, 13)))


def test_a_plan_by_month_judges_each_month_by_its_own_number() -> None:
    assert [low(SEASON, f"2026-{n:02}-01", month(n, 0).valid_to.isoformat()) for n in (1, 2, 12)] == [100, 200, 1200]  # type: ignore[union-attr]


def test_sums_of_months_make_the_quarter_and_the_year() -> None:
    assert low(SEASON, "2026-10-01", "2026-12-31") == 1000 + 1100 + 1200
    assert low(SEASON, *YEAR) == 100 * 78


def test_a_week_takes_its_share_of_the_days_of_its_months() -> None:
    # Mon 28 Sep to Sun 4 Oct: three days of September's 900 / 30 and four of October's 1000 / 31
    assert low(SEASON, "2026-09-28", "2026-10-04") == pytest.approx(900 * 3 / 30 + 1000 * 4 / 31)


def test_a_ratio_of_a_quarter_is_the_mean_of_its_months_by_days() -> None:
    book = TargetBook((month(1, 10, SHARE), month(2, 8, SHARE), month(3, 6, SHARE)))
    assert high(book, "2026-01-01", "2026-03-31") == pytest.approx((10 * 31 + 8 * 28 + 6 * 31) / 90)
    assert high(book, "2026-02-09", "2026-02-15") == 8


def test_a_longer_plan_gives_a_shorter_period_its_days_share() -> None:
    book = TargetBook((cell(*YEAR, 36_500, "year", "cumulative"),))
    assert low(book, *YEAR) == 36_500
    assert low(book, "2026-11-01", "2026-11-30") == pytest.approx(3000)
    assert low(book, "2026-03-07", "2026-03-07") == pytest.approx(100)


def test_the_number_of_the_very_period_wins_whatever_was_entered_first() -> None:
    both = (cell(*YEAR, 1_000_000, "year", "cumulative"), month(11, 70_000))
    for order in (both, both[::-1]):
        book = TargetBook(order)
        assert low(book, *YEAR) == 1_000_000
        assert low(book, "2026-11-01", "2026-11-30") == 70_000
        assert low(book, "2026-10-01", "2026-10-31") == pytest.approx(1_000_000 * 31 / 365)


def test_a_plan_with_a_hole_judges_nothing_that_holds_the_hole() -> None:
    book = TargetBook((month(1, 10), month(3, 30)))
    assert low(book, "2026-01-01", "2026-03-31") is None
    assert low(book, "2026-03-01", "2026-03-31") == 30


def test_a_plan_is_an_exception_and_then_the_number_before_holds_again() -> None:
    book = TargetBook((Target(good_low=50, kpi="revenue", valid_from=D("2026-01-01")), month(11, 80)))
    assert [low(book, f"2026-{n}-01", month(n, 0).valid_to.isoformat()) for n in (10, 11, 12)] == [50, 80, 50]  # type: ignore[union-attr]


def test_a_number_from_a_day_on_ends_the_plan_from_that_day_on() -> None:
    book = TargetBook((month(11, 80), month(12, 90), Target(good_low=60, kpi="revenue", valid_from=D("2026-12-01"))))
    assert [low(book, f"2026-{n}-01", month(n, 0).valid_to.isoformat()) for n in (11, 12)] == [80, 60]  # type: ignore[union-attr]


def test_a_later_number_for_the_same_month_replaces_the_earlier() -> None:
    assert low(TargetBook((month(11, 80), month(11, 85))), "2026-11-01", "2026-11-30") == 85


def test_acceptable_and_band_are_spread_as_good_is() -> None:
    q = replace(month(1, 0), good_low=90, good_high=120, ok_low=60, valid_to=D("2026-03-31"), grain="quarter")
    found = TargetBook((q,)).of_period(SUM, (D("2026-01-01"), D("2026-01-30")), {})
    assert found is not None
    assert (found.good_low, found.good_high, found.ok_low, found.ok_high) == pytest.approx((30, 40, 20, None))


def test_a_plan_for_one_branch_judges_no_other() -> None:
    book = TargetBook((replace(month(11, 80), scope=("branch", "North")),))
    assert low(book, "2026-11-01", "2026-11-30", {"branch": "North"}) == 80
    assert low(book, "2026-11-01", "2026-11-30", {"branch": "South"}) is None
    assert low(book, "2026-11-01", "2026-11-30") is None


def test_a_rule_judges_by_its_numbers_and_a_running_ratio_by_those_there_are() -> None:
    numbers = (month(10, 10, SHARE), month(11, 7, SHARE))
    rule = Target(kpi="no_show_rate", kind="rule", grain="month", valid_from=D("2026-10-01"), numbers=numbers)
    book = TargetBook((rule,))
    assert high(book, "2026-11-01", "2026-11-30") == 7
    assert high(book, "2026-10-01", "2026-12-31") == pytest.approx((10 * 31 + 7 * 30) / 61)
    assert high(book, "2026-12-01", "2026-12-31") is None
    sums = tuple(replace(n, kpi="revenue", good_low=n.good_high, good_high=None) for n in numbers)
    book = TargetBook((replace(rule, kpi="revenue", numbers=sums),))
    assert low(book, "2026-11-01", "2026-11-30") == 7
    assert low(book, "2026-10-01", "2026-12-31") is None


BEGAN = D("2026-03-01")


def late(entered: str, value: float, valid_from: str = "2026-01-01", undone: str | None = None) -> Target:
    back = D(undone) if undone else None
    return Target(None, value, None, None, "no_show_rate", D(valid_from), entered=D(entered), undone=back)


def test_what_is_entered_after_a_period_closed_does_not_judge_it_again() -> None:
    book = TargetBook((late("2026-03-05", 10), late("2026-06-02", 5)), began=BEGAN)
    assert high(book, "2026-05-01", "2026-05-31") == 10
    assert high(book, "2026-06-01", "2026-06-30") == 5
    # nobody could see anything before March: there the latest holds
    assert high(book, "2026-02-01", "2026-02-28") == 5


def test_a_period_nothing_judged_may_be_given_a_target_afterwards() -> None:
    book = TargetBook((late("2026-06-02", 5),), began=BEGAN)
    assert high(book, "2026-05-01", "2026-05-31") == 5
    default = replace(SHARE, target=Bounds(good_high=12))
    book = replace(book)
    found = book.of_period(default, (D("2026-05-01"), D("2026-05-31")), {})
    assert found is not None
    assert found.good_high == 12
    assert book.is_judged(default, (D("2026-05-01"), D("2026-05-31")), {}, D("2026-06-02"))
    assert not book.is_judged(SHARE, (D("2026-05-01"), D("2026-05-31")), {}, D("2026-06-02"))


def test_what_was_taken_back_keeps_judging_what_closed_before() -> None:
    book = TargetBook((late("2026-03-05", 10), late("2026-05-10", 5, undone="2026-06-10")), began=BEGAN)
    assert high(book, "2026-05-01", "2026-05-31") == 5
    assert high(book, "2026-06-01", "2026-06-30") == 10


def test_a_target_for_a_team_entered_late_does_not_judge_again_what_the_general_one_judged() -> None:
    team = replace(late("2026-06-02", 3), scope=("team", "A"))
    book = TargetBook((late("2026-03-05", 10), team), began=BEGAN)

    def of_team(first: str, last: str) -> float | None:
        found = book.of_period(SHARE, (D(first), D(last)), {"team": "A"})
        return found.good_high if found else None

    assert of_team("2026-05-01", "2026-05-31") == 10
    assert of_team("2026-06-01", "2026-06-30") == 3
