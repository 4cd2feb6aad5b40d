"""Periods and what they are compared with, worked out by hand on the calendar."""

from datetime import date

import pytest

from kpi.compile.windows import (
    Period,
    Window,
    add_months,
    calendar,
    floor,
    is_partial,
    last_year,
    month_end,
    previous,
    regular,
)
from kpi.model import Grain, Query

D = date.fromisoformat


def periods(since: str, until: str, grain: Grain = "total") -> tuple[Period, ...]:
    return calendar(Query(("x",), D(since), D(until), grain), D("2020-01-01"), D("2030-01-01")).periods


def window(since: str, until: str) -> Window:
    return Window(D(since), D(until))


@pytest.mark.parametrize(
    ("since", "until", "grain", "now", "expected"),
    [
        ("2026-09-01", "2026-09-30", "total", "2026-10-05", ("2026-08-01", "2026-08-31")),
        ("2026-07-01", "2026-09-30", "total", "2026-10-05", ("2026-04-01", "2026-06-30")),
        ("2026-09-10", "2026-09-19", "total", "2026-10-05", ("2026-08-31", "2026-09-09")),
        ("2026-10-01", "2026-10-31", "total", "2026-10-05", ("2026-09-01", "2026-09-05")),
        ("2026-03-01", "2026-03-31", "total", "2026-03-30", ("2026-02-01", "2026-02-28")),
        ("2026-10-01", "2026-10-31", "month", "2026-10-05", ("2026-09-01", "2026-09-05")),
        ("2026-10-01", "2026-10-31", "month", "2026-11-05", ("2026-09-01", "2026-09-30")),
        ("2026-10-10", "2026-10-31", "month", "2026-11-05", ("2026-09-10", "2026-09-30")),
        ("2026-10-05", "2026-10-11", "week", "2026-11-05", ("2026-09-28", "2026-10-04")),
        ("2026-10-05", "2026-10-11", "week", "2026-10-07", ("2026-09-28", "2026-09-30")),
        ("2026-01-01", "2026-03-31", "quarter", "2026-11-05", ("2025-10-01", "2025-12-31")),
    ],
)
def test_previous(since: str, until: str, grain: Grain, now: str, expected: tuple[str, str]) -> None:
    assert previous(periods(since, until, grain)[0], grain, D(now)) == window(*expected)


@pytest.mark.parametrize(
    ("since", "until", "grain", "now", "expected"),
    [
        ("2026-09-01", "2026-09-30", "month", "2026-10-05", ("2025-09-01", "2025-09-30")),
        ("2024-02-01", "2024-02-29", "month", "2026-10-05", ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", "month", "2026-10-05", ("2024-02-01", "2024-02-29")),
        ("2026-10-01", "2026-10-31", "month", "2026-10-05", ("2025-10-01", "2025-10-05")),
        ("2026-10-05", "2026-10-11", "week", "2026-11-05", ("2025-10-06", "2025-10-12")),
        ("2026-09-01", "2026-09-30", "total", "2026-10-05", ("2025-09-01", "2025-09-30")),
    ],
)
def test_last_year(since: str, until: str, grain: Grain, now: str, expected: tuple[str, str]) -> None:
    assert last_year(periods(since, until, grain)[0], grain, D(now)) == window(*expected)


def test_before_its_data_a_period_is_compared_with_nothing() -> None:
    assert previous(periods("2026-10-01", "2026-10-31", "month")[0], "month", D("2026-09-30")) is None


def test_periods_cover_the_range_without_gaps() -> None:
    found = periods("2025-12-30", "2026-03-02", "month")
    assert [(p.start, p.window) for p in found] == [
        (D("2025-12-01"), window("2025-12-30", "2025-12-31")),
        (D("2026-01-01"), window("2026-01-01", "2026-01-31")),
        (D("2026-02-01"), window("2026-02-01", "2026-02-28")),
        (D("2026-03-01"), window("2026-03-01", "2026-03-02")),
    ]
    assert [is_partial(p, D("2026-12-01")) for p in found] == [True, False, False, True]


def test_calendar_arithmetic() -> None:
    assert add_months(D("2026-01-31"), 1) == D("2026-02-28")
    assert month_end(D("2024-02-10")) == D("2024-02-29")
    assert floor(D("2026-11-23"), "quarter") == D("2026-10-01")
    assert floor(D("2026-11-22"), "week") == D("2026-11-16")


def test_regular_windows_are_whole_groups_of_the_scan() -> None:
    bounds = window("2026-01-01", "2026-03-10")
    assert regular(window("2026-02-01", "2026-02-28"), "month", bounds)
    assert regular(window("2026-03-01", "2026-03-10"), "month", bounds)
    assert not regular(window("2026-02-01", "2026-02-10"), "month", bounds)
