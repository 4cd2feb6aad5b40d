"""Which days of statistics are asked for, and when again."""

from datetime import date, timedelta

from data.collect.avito.periods import DAY, Period, due, earliest_day, kept, weeks

TODAY = date(2026, 11, 5)  # a Thursday


def days(*periods: Period) -> list[date]:
    return [day for period in periods for day in period.days()]


def test_at_first_the_last_days_alone_and_newest_first_then_weeks_cut_at_month_ends() -> None:
    found = due(TODAY, {})
    assert found[:2] == (Period(date(2026, 11, 4), date(2026, 11, 4)), Period(date(2026, 11, 3), date(2026, 11, 3)))
    assert all(one.first == one.last for one in found[:14])
    assert found[13] == Period(date(2026, 10, 22), date(2026, 10, 22))
    assert found[14] == Period(date(2026, 10, 19), date(2026, 10, 21))
    assert found[15] == Period(date(2026, 10, 12), date(2026, 10, 18))
    assert found[16:19] == (
        Period(date(2026, 10, 5), date(2026, 10, 11)), Period(date(2026, 10, 1), date(2026, 10, 4)),
        Period(date(2026, 9, 28), date(2026, 9, 30)),
    )  # fmt: skip
    assert sorted(days(*found)) == [TODAY - n * DAY for n in range(269, 0, -1)]  # each day once, none of today
    assert len(found) == 14 + 37 + 7  # days alone, Mondays since 9 February, months that begin within a week
    assert all(one.first.month == one.last.month for one in found)


def test_the_next_day_only_the_new_day_and_those_that_may_still_change() -> None:
    fetched = dict.fromkeys(due(TODAY, {}), TODAY)
    assert due(TODAY, fetched) == ()
    assert [str(one) for one in due(TODAY + DAY, fetched)] == [
        "2026-11-05/2026-11-05", "2026-11-04/2026-11-04", "2026-11-03/2026-11-03", "2026-11-02/2026-11-02",
    ]  # fmt: skip


def test_a_day_is_settled_once_it_was_seen_four_days_after_it_ended() -> None:
    day = Period(date(2026, 11, 4), date(2026, 11, 4))
    seen, fetched = [], {day: TODAY}
    for n in range(1, 8):
        if day in due(TODAY + n * DAY, fetched, history=30):
            seen.append(n)
            fetched[day] = TODAY + n * DAY
    assert seen == [1, 2, 3]


def test_a_month_without_a_run_is_made_good() -> None:
    fetched = dict.fromkeys(due(TODAY, {}), TODAY)
    later = TODAY + 40 * DAY
    found = due(later, fetched)
    missing = [TODAY + n * DAY for n in range(40)]
    assert sorted(set(days(*found)) & set(missing)) == missing
    again = [one for one in found if one in fetched]
    assert again == [Period(day, day) for day in (date(2026, 11, 4), date(2026, 11, 3), date(2026, 11, 2))]
    assert len(days(*found)) == len(set(days(*found)))


def test_little_history_is_little() -> None:
    assert days(*due(TODAY, {}, history=3)) == [TODAY - DAY, TODAY - 2 * DAY]
    assert due(TODAY, {}, history=1) == ()
    assert earliest_day(TODAY, 1000) == TODAY - timedelta(days=269)


def test_what_the_service_forgot_is_forgotten_and_periods_read_back() -> None:
    old, young = Period(date(2026, 2, 1), date(2026, 2, 8)), Period(date(2026, 3, 1), date(2026, 3, 1))
    assert kept({old: TODAY, young: TODAY}, TODAY) == {young: TODAY}
    assert Period.of(str(old)) == old
    assert list(weeks([])) == []
