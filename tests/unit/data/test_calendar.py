"""Russia's working days against the production calendars and, day by day, against the package `holidays` 0.109.

The lists below are what `holidays` says of 2013–2027 (it lacks 10.03.2014, a Monday off for a Saturday's holiday).
"""

from datetime import date, timedelta

import pytest

from data import calendar

OFF = {
    2013: "23.02 08.03 01.05 02.05 03.05 09.05 10.05 12.06 04.11",
    2014: "23.02 08.03 10.03 01.05 02.05 09.05 12.06 13.06 03.11 04.11",
    2015: "09.01 23.02 08.03 09.03 01.05 04.05 09.05 11.05 12.06 04.11",
    2016: "22.02 23.02 07.03 08.03 01.05 02.05 03.05 09.05 12.06 13.06 04.11",
    2017: "23.02 24.02 08.03 01.05 08.05 09.05 12.06 04.11 06.11",
    2018: "23.02 08.03 09.03 30.04 01.05 02.05 09.05 11.06 12.06 04.11 05.11 31.12",
    2019: "23.02 08.03 01.05 02.05 03.05 09.05 10.05 12.06 04.11",
    2020: "23.02 24.02 08.03 09.03 01.05 04.05 05.05 09.05 11.05 12.06 04.11",
    2021: "22.02 23.02 08.03 01.05 03.05 09.05 10.05 12.06 14.06 04.11 05.11 31.12",
    2022: "23.02 07.03 08.03 01.05 02.05 03.05 09.05 10.05 12.06 13.06 04.11",
    2023: "23.02 24.02 08.03 01.05 08.05 09.05 12.06 04.11 06.11",
    2024: "23.02 08.03 29.04 30.04 01.05 09.05 10.05 12.06 04.11 30.12 31.12",
    2025: "23.02 08.03 01.05 02.05 08.05 09.05 12.06 13.06 03.11 04.11 31.12",
    2026: "09.01 23.02 08.03 09.03 01.05 09.05 11.05 12.06 04.11 31.12",
    2027: "22.02 23.02 08.03 01.05 03.05 09.05 10.05 12.06 14.06 04.11 05.11 31.12",
}
"""Year → days off outside 1–8 January."""

WORKED = {
    2016: "20.02", 2018: "28.04 09.06 29.12", 2021: "20.02", 2022: "05.03", 2024: "27.04 02.11 28.12",
    2025: "01.11", 2027: "20.02",
}  # fmt: skip
"""Year → weekend days that are worked."""

OFFICIAL = {year: 248 if year in (2020, 2024) else 247 for year in range(2013, 2028)}
"""Year → working days of the five-day week, as the production calendars give them."""


def days(year: int, text: str) -> set[date]:
    """«23.02 08.03» as dates."""
    return {date(year, int(month), int(day)) for day, month in (part.split(".") for part in text.split())}


@pytest.mark.parametrize("year", OFF)
def test_days_off_are_those_of_the_decree(year: int) -> None:
    found = {off.day for off in calendar.days_off(date(year, 1, 9), date(year, 12, 31))}
    assert found == days(year, OFF[year])


@pytest.mark.parametrize("year", OFF)
def test_every_day_is_worked_or_not_as_the_law_says(year: int) -> None:
    off = days(year, OFF[year]) | {date(year, 1, day) for day in range(1, 9)}
    worked = days(year, WORKED.get(year, ""))
    day = date(year, 1, 1)
    while day.year == year:
        assert calendar.is_working(day) == (day in worked or (day.weekday() < 5 and day not in off)), day
        day += timedelta(days=1)


@pytest.mark.parametrize(("year", "expected"), OFFICIAL.items())
def test_working_days_of_a_year(year: int, expected: int) -> None:
    assert calendar.working_days(date(year, 1, 1), date(year, 12, 31)) == expected
    assert calendar.is_settled(year)


def test_a_year_without_a_decree_follows_the_law_and_says_so() -> None:
    assert not calendar.is_settled(2030)
    assert calendar.is_working(date(2030, 3, 8)) is False
    victory = [off.day for off in calendar.days_off(date(2032, 5, 1), date(2032, 5, 31))]
    assert victory == [date(2032, 5, 1), date(2032, 5, 3), date(2032, 5, 9), date(2032, 5, 10)]  # a Saturday, a Sunday


def test_names_say_what_kind_of_day_it_is() -> None:
    off = {o.day: o for o in calendar.days_off(date(2025, 1, 1), date(2025, 12, 31))}
    assert str(off[date(2025, 1, 7)].title) == "Christmas"
    assert off[date(2025, 6, 12)].is_holiday
    assert str(off[date(2025, 6, 13)].title) == "Day off moved from 2025-03-08"
    assert not off[date(2025, 6, 13)].is_holiday


def test_ranges_over_years_are_in_order_and_before_the_rules_there_is_nothing() -> None:
    found = [off.day for off in calendar.days_off(date(2025, 12, 30), date(2026, 1, 9))]
    assert found == [date(2025, 12, 31), *(date(2026, 1, day) for day in range(1, 10))]
    assert calendar.days_off(date(2012, 1, 1), date(2012, 12, 31)) == ()
