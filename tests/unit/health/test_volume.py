"""Sudden changes in volume are told, ordinary ones are not."""

import random
from datetime import date, timedelta

from data.store.health.volume import Swing, swings

MONDAY = date(2026, 6, 1)
USUAL = (20, 22, 21, 25, 40, 60, 0)


def rows(weeks: int, seed: int = 1) -> dict[date, int]:
    chance = random.Random(seed)
    days = [MONDAY + timedelta(days=n) for n in range(7 * weeks)]
    counts = {day: max(0, round(chance.gauss(USUAL[day.weekday()], USUAL[day.weekday()] ** 0.5))) for day in days}
    return {day: count for day, count in counts.items() if count}


def times(counts: dict[date, int], week: int, factor: float) -> None:
    for n in range(7):
        day = MONDAY + timedelta(weeks=week, days=n)
        if day in counts:
            counts[day] = round(counts[day] * factor)


def test_ordinary_weeks_are_quiet() -> None:
    for seed in range(40):
        assert swings(rows(30, seed), date(2026, 12, 27)) == ()


def test_a_fallen_week_and_a_doubled_one_are_told() -> None:
    counts = rows(20)
    times(counts, 12, 0.2)
    times(counts, 16, 3)
    doubled, fallen = swings(counts, MONDAY + timedelta(days=20 * 7 - 1))
    assert (doubled.first, fallen.first) == (MONDAY + timedelta(weeks=16), MONDAY + timedelta(weeks=12))
    assert doubled.rows > 2 * doubled.usual
    assert fallen.rows < fallen.usual / 2
    assert abs(fallen.usual - sum(USUAL)) < 30


def test_weeks_that_swing_together_are_one() -> None:
    counts = rows(20)
    times(counts, 14, 0.2)
    times(counts, 15, 0.2)
    (swing,) = swings(counts, MONDAY + timedelta(days=20 * 7 - 1))
    assert (swing.first, swing.last) == (MONDAY + timedelta(weeks=14), MONDAY + timedelta(weeks=16, days=-1))


def test_what_comes_once_a_month_is_no_swing() -> None:
    counts = rows(24)
    for week in range(3, 24, 4):
        times(counts, week, 3)
    assert swings(counts, MONDAY + timedelta(days=24 * 7 - 1)) == ()


def test_a_week_that_is_not_over_is_not_judged() -> None:
    counts = rows(20)
    until = MONDAY + timedelta(weeks=19, days=2)
    assert swings({day: n for day, n in counts.items() if day <= until}, until) == ()


def test_an_empty_week_is_a_gap_and_no_swing() -> None:
    counts = {day: n for day, n in rows(20).items() if not 0 <= (day - MONDAY).days - 14 * 7 < 7}
    assert swings(counts, MONDAY + timedelta(days=20 * 7 - 1)) == ()


def test_few_rows_swing_without_meaning() -> None:
    counts = {MONDAY + timedelta(weeks=n): 1 + 4 * (n == 15) for n in range(20)}
    assert swings(counts, max(counts)) == ()
    assert swings({}, MONDAY) == ()
    assert isinstance(Swing(MONDAY, MONDAY, 1, 1.0), Swing)
