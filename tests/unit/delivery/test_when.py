"""When a rhythm comes round, against days and moments counted by hand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.store.entries import Rhythm
from kpi.delivery.when import next_occasion, occasions

MOSCOW, BERLIN, VLADIVOSTOK = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Vladivostok")
MONDAYS = Rhythm("week", (1,), hour=9, quiet="none")


def utc(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(rhythm: Rhythm, since: str, until: str, zone: ZoneInfo = MOSCOW) -> list[str]:
    """The days of the occasions between two moments."""
    return [one.day.isoformat() for one in occasions(rhythm, zone, utc(since), utc(until))]


def moments(rhythm: Rhythm, since: str, until: str, zone: ZoneInfo) -> list[datetime]:
    """The moments of the occasions between two moments."""
    return [one.at for one in occasions(rhythm, zone, utc(since), utc(until))]


def test_every_monday_at_nine() -> None:
    found = occasions(MONDAYS, MOSCOW, utc("2026-11-01T00:00"), utc("2026-11-16T06:00"))
    assert [one.at for one in found] == [utc("2026-11-02T06:00"), utc("2026-11-09T06:00"), utc("2026-11-16T06:00")]


def test_an_occasion_is_not_told_again() -> None:
    assert days(MONDAYS, "2026-11-02T06:00", "2026-11-02T06:00") == []
    assert days(MONDAYS, "2026-11-02T05:59:59", "2026-11-02T06:00") == ["2026-11-02"]
    assert days(MONDAYS, "2026-11-02T06:00", "2026-11-09T05:59:59") == []


def test_the_day_is_that_of_the_business() -> None:
    """In Vladivostok Monday at nine is Sunday in UTC."""
    found = next_occasion(MONDAYS, VLADIVOSTOK, utc("2026-11-07T00:00"))
    assert (found.day, found.at) == (date(2026, 11, 9), utc("2026-11-08T23:00"))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (31, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (30, ["2026-01-30", "2026-02-28", "2026-03-30", "2026-04-30"]),
        (0, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (1, ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
    ],
)
def test_a_day_of_the_month_that_some_do_not_have(day: int, expected: list[str]) -> None:
    assert days(Rhythm("month", day=day, quiet="none"), "2025-12-31T20:00", "2026-05-01T00:00") == expected


def test_the_last_day_of_a_february_that_has_twenty_nine() -> None:
    assert days(Rhythm("month", day=31, quiet="none"), "2028-02-01T00:00", "2028-03-01T00:00") == ["2028-02-29"]


def test_what_falls_on_a_weekend_goes_out_on_monday() -> None:
    first = Rhythm("month", day=1, quiet="weekends")  # 1 November 2026 is a Sunday
    assert days(first, "2026-10-20T00:00", "2026-11-10T00:00") == ["2026-11-02"]


def test_what_falls_on_a_holiday_goes_out_on_the_next_working_day() -> None:
    """4 November 2026, a Wednesday, is a holiday; so are the first days of January up to and with the 11th of 2026."""
    wednesdays = Rhythm("week", (3,), quiet="holidays")
    assert days(wednesdays, "2026-11-03T00:00", "2026-11-10T00:00") == ["2026-11-05"]
    assert days(Rhythm("month", day=1, quiet="holidays"), "2025-12-31T10:00", "2026-01-31T00:00") == ["2026-01-12"]


def test_a_moved_occasion_is_found_after_the_day_it_moved_from() -> None:
    assert days(Rhythm("month", day=1, quiet="holidays"), "2026-01-11T00:00", "2026-01-31T00:00") == ["2026-01-12"]


def test_two_that_meet_on_a_working_day_are_one() -> None:
    daily = Rhythm("week", (1, 2, 3, 4, 5, 6, 7), quiet="weekends")
    assert days(daily, "2026-11-12T12:00", "2026-11-17T12:00") == ["2026-11-13", "2026-11-16", "2026-11-17"]


def test_a_time_that_the_clocks_skip_is_read_as_later() -> None:
    """In Berlin 02:30 on 29 March 2026 does not exist: clocks go from 02:00 to 03:00."""
    sundays = Rhythm("week", (7,), hour=2, minute=30, quiet="none")
    found = moments(sundays, "2026-03-20T00:00", "2026-04-06T00:00", BERLIN)
    assert found == [utc("2026-03-22T01:30"), utc("2026-03-29T01:30"), utc("2026-04-05T00:30")]
    assert found[1].astimezone(BERLIN).strftime("%H:%M") == "03:30"


def test_a_time_that_comes_twice_is_its_first() -> None:
    """In Berlin 02:30 on 25 October 2026 comes at 00:30 and at 01:30 UTC."""
    sundays = Rhythm("week", (7,), hour=2, minute=30, quiet="none")
    assert moments(sundays, "2026-10-24T00:00", "2026-10-26T00:00", BERLIN) == [utc("2026-10-25T00:30")]
    assert moments(sundays, "2026-10-25T00:30", "2026-10-26T00:00", BERLIN) == []


def test_nine_stays_nine_when_the_clocks_change() -> None:
    found = moments(MONDAYS, "2026-03-22T00:00", "2026-03-31T00:00", BERLIN)
    assert [one.astimezone(BERLIN).hour for one in found] == [9, 9]
    assert found[1] - found[0] == timedelta(days=7) - timedelta(hours=1)


def test_however_often_one_looks_each_comes_once() -> None:
    """Looked at every seven hours for two years, over all changes of the clocks: each day once, none left out."""
    rhythm, seen = Rhythm("week", (1, 4, 7), hour=2, minute=30, quiet="holidays"), list[date]()
    before, end = utc("2025-01-01T00:00"), utc("2027-01-01T00:00")
    while before < end:
        now = before + timedelta(hours=7)
        seen.extend(one.day for one in occasions(rhythm, BERLIN, before, now))
        before = now
    assert seen == [one.day for one in occasions(rhythm, BERLIN, utc("2025-01-01T00:00"), before)]
    assert len(seen) == len(set(seen))
    assert len(seen) > 190
