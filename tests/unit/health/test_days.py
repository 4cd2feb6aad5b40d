"""Gaps and freshness know when a business is closed."""

from collections.abc import Callable
from datetime import date, timedelta

from data.store.health.days import Stale, gaps, open_weekdays, stale

MONDAY = date(2026, 6, 1)
SUNDAY = 6


def filled(weeks: int, open_: Callable[[date], bool]) -> dict[date, int]:
    days = [MONDAY + timedelta(days=n) for n in range(7 * weeks)]
    return {day: 12 for day in days if open_(day)}


def six_days(day: date) -> bool:
    return day.weekday() != SUNDAY


def test_a_day_the_business_is_closed_is_no_gap() -> None:
    counts = filled(10, six_days)
    assert open_weekdays(counts) == frozenset(range(6))
    assert gaps(counts) == ()


def test_missed_open_days_are_one_gap_over_a_closed_day() -> None:
    counts = filled(10, six_days)
    for day in (date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)):  # Friday, Saturday, Monday
        del counts[day]
    (gap,) = gaps(counts)
    assert (gap.first, gap.last, gap.missed) == (date(2026, 7, 3), date(2026, 7, 6), 3)
    assert gap.rows == 36
    assert gaps(counts, [date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)]) == ()


def test_the_latest_gap_comes_first() -> None:
    counts = filled(10, six_days)
    del counts[date(2026, 6, 10)], counts[date(2026, 7, 10)]
    assert [gap.first for gap in gaps(counts)] == [date(2026, 7, 10), date(2026, 6, 10)]


def test_rows_that_come_now_and_then_have_no_gaps_but_a_long_silence() -> None:
    counts = {MONDAY + timedelta(days=9 * n): 1 for n in range(12)}
    assert gaps(counts) == ()
    dense = dict.fromkeys(filled(6, lambda day: day.weekday() < 2), 1)
    later = {day + timedelta(days=150): 1 for day in dense}
    (gap,) = gaps(dict.fromkeys(dense | later, 2))
    assert gap.missed > 100
    bursts = {MONDAY + timedelta(days=n + 60 * (n // 20)): 3 for n in range(100)}
    assert gaps(bursts) == ()


def test_a_day_without_rows_is_no_gap_where_there_are_few_a_day() -> None:
    counts = {day: 2 for day in filled(20, six_days) if day not in (date(2026, 7, 3), date(2026, 8, 5))}
    assert gaps(counts) == ()
    for day in (3, 4, 6, 7, 8):
        counts.pop(date(2026, 7, day), None)
    assert [gap.missed for gap in gaps(counts)] == [5]


def test_too_few_weeks_tell_nothing_of_weekdays() -> None:
    counts = filled(3, six_days)
    del counts[date(2026, 6, 9)]
    assert (open_weekdays(counts), gaps(counts)) == (frozenset(), ())


def test_freshness_counts_open_days_only() -> None:
    counts = filled(10, lambda day: day.weekday() < 5)
    friday = max(counts)
    assert stale(counts, friday + timedelta(days=3)) is None  # Monday: no open day was missed
    assert stale(counts, friday + timedelta(days=5)) is None  # Wednesday: two
    assert stale(counts, friday + timedelta(days=6)) == Stale(friday, 6)
    closed = [friday + timedelta(days=n) for n in range(1, 6)]
    assert stale(counts, friday + timedelta(days=6), closed) is None


def test_nobody_works_at_new_year() -> None:
    days = [date(2025, 9, 1) + timedelta(days=n) for n in range(200)]
    counts = {day: 9 for day in days if not date(2025, 12, 31) <= day <= date(2026, 1, 2)}
    assert gaps(counts) == ()
    del counts[date(2026, 1, 3)]
    assert [(gap.first, gap.last) for gap in gaps(counts)] == [(date(2026, 1, 3), date(2026, 1, 3))]


def test_rows_that_come_monthly_may_be_a_month_old() -> None:
    counts = {date(2026, month, 5): 1 for month in range(1, 11)}
    assert stale(counts, date(2026, 11, 18)) is None
    assert stale(counts, date(2027, 1, 20)) == Stale(date(2026, 10, 5), 107)


def test_nothing_is_neither_stale_nor_full_of_gaps() -> None:
    assert (gaps({}), stale({}, MONDAY), open_weekdays({})) == ((), None, frozenset())
