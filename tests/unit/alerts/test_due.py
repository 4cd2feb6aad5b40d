"""Who is told of what, and when: cooldown, a step worse, acknowledged, over and again, quiet hours over midnight."""

from datetime import datetime, time, timedelta

import pytest

from data.store.entries.alerts import AlertRule, QuietHours, Told
from kpi.alerts.due import Due, due, gathered, is_quiet
from tests.unit.alerts.noted import MONDAY, noted

RULE = AlertRule()
DAY = timedelta(days=1)


def told(days_ago: float, size: float = 1.0, times: int = 1) -> Told:
    return Told(MONDAY - days_ago * DAY, size, times)


@pytest.mark.parametrize(
    ("size", "before", "reason"),
    [
        (1.0, None, "new"),
        (1.0, told(1), None),  # within the cooldown
        (1.99, told(1), None),  # worse, but by less than a step
        (2.0, told(1), "worse"),  # twice as bad: at once
        (1.0, told(6.99), None),
        (1.0, told(7), "recalled"),  # nobody acknowledged it
        (1.0, told(30, times=2), None),  # recalled once already
        (1.0, told(3, times=0), None),  # over and found again within the cooldown
        (1.0, told(7, times=0), "again"),
        (4.0, told(30, size=2.0, times=9), "worse"),
    ],
)
def test_an_open_alert(size: float, before: Told | None, reason: str | None) -> None:
    assert due(noted(size=size), before, RULE, MONDAY) == reason


@pytest.mark.parametrize(
    ("size", "before", "reason"),
    [
        (1.0, told(30), None),  # somebody knows: it is not recalled
        (1.5, None, None),
        (2.0, told(1), "worse"),  # twice as bad as when it was acknowledged
        (2.0, told(1, size=2.0), None),  # of that they were told
        (4.0, told(1, size=2.0), "worse"),
    ],
)
def test_an_acknowledged_alert(size: float, before: Told | None, reason: str | None) -> None:
    alert = noted(size=size, acknowledged_at=MONDAY - 8 * DAY, acknowledged_size=1.0)
    assert due(alert, before, RULE, MONDAY) == reason


def test_what_is_over_is_told_to_nobody() -> None:
    assert due(noted(over_at=MONDAY, size=9.0), None, RULE, MONDAY) is None


def test_the_cooldown_is_the_rules() -> None:
    assert due(noted(), told(1), AlertRule(cooldown=1), MONDAY) == "recalled"
    assert due(noted(), told(0.5), AlertRule(cooldown=0), MONDAY) == "recalled"


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(time(20, 59), False), (time(21), True), (time(23, 59), True), (time(0), True), (time(8, 59), True),
     (time(9), False)],
)  # fmt: skip
def test_quiet_hours_go_over_midnight(hour: time, quiet: bool) -> None:
    assert is_quiet(QuietHours(), datetime.combine(MONDAY, hour)) is quiet


def test_quiet_hours_within_a_day() -> None:
    lunch = QuietHours(time(13), time(15))
    assert [is_quiet(lunch, datetime.combine(MONDAY, time(hour))) for hour in (12, 13, 14, 15)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not is_quiet(QuietHours(time(9), time(9)), MONDAY)  # no hour at all


def test_quiet_days() -> None:
    saturday, holiday, worked = datetime(2026, 11, 21, 12), datetime(2026, 11, 4, 12), datetime(2024, 11, 2, 12)
    never = QuietHours(time(0), time(0))
    assert not is_quiet(never, saturday)
    assert is_quiet(QuietHours(time(0), time(0), weekends=True), saturday)
    assert not is_quiet(QuietHours(time(0), time(0), weekends=True), MONDAY)
    assert not is_quiet(QuietHours(time(0), time(0), weekends=True), worked)  # a Saturday that was worked
    assert is_quiet(QuietHours(time(0), time(0), holidays=True), holiday)
    assert not is_quiet(never, holiday)
    assert not is_quiet(None, datetime.combine(saturday, time(3)))


def test_many_are_gathered_into_a_few_lines_and_a_count() -> None:
    alerts = [Due(noted(id=number), "new") for number in range(5)]
    shown, more = gathered(alerts, 3)
    assert ([one.alert.id for one in shown], more) == ([0, 1, 2], 2)
    assert gathered(alerts, 5)[1] == 0
