"""What schedules ask for: written down once, for whoever is meant, and never too late unsaid."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.store.entries import Audience, Delivery, NewSchedule, Rhythm, Wanted
from data.store.store import Store
from data.store.zone import choose_zone, instant
from kpi.delivery.kinds import set_up
from kpi.delivery.occasions import EVERYBODY, write_down
from tests.unit.delivery.clock import Clock

MONDAYS = NewSchedule("", Wanted(), Rhythm("week", (1,)), Audience(("owner", "lead")), 1)


@pytest.fixture
def thursday(clock: Clock) -> Clock:
    """The clock at noon of Thursday, 5 November 2026, wherever the computer stands."""
    clock.now = local("2026-11-05T12:00+03:00")
    return clock


def local(text: str) -> datetime:
    """A moment as the wall clock of this computer tells it."""
    return datetime.fromisoformat(text).astimezone().replace(tzinfo=None)


@pytest.fixture(autouse=True)
def planned(store: Store, thursday: Clock) -> None:
    """A mail server, an owner and a lead."""
    told = {"host": "mail.example.org", "sender": "kpi@example.org"}
    set_up(store, "mail", "mail", told)
    people = People(store.workspace.folder)
    people.persons.admit(people.persons.add("olga@example.org", "Ольга"), Membership("", "owner"))
    people.persons.admit(people.persons.add("petr", "Пётр"), Membership("", "lead", (("team", ("A",)),)))
    people.close()


def scheduled(store: Store, new: NewSchedule = MONDAYS) -> int:
    return store.entries.schedules.add(new, instant(store.clock))


def at(store: Store, clock: Clock, text: str) -> list[tuple[str, str, str]]:
    """(occasion, name, state) of everything written down by a moment, looked at twice."""
    clock.now = local(text)
    for _ in range(2):
        write_down(store, instant(clock))
    return [(one.occasion, one.name, one.state) for one in deliveries(store)]


def deliveries(store: Store) -> list[Delivery]:
    return sorted(store.entries.deliveries.latest(), key=lambda one: one.id)


def test_everybody_who_is_meant_once(store: Store, clock: Clock) -> None:
    scheduled(store)
    assert at(store, clock, "2026-11-09T08:59+03:00") == []
    expected = [("2026-11-09", "Ольга", "due"), ("2026-11-09", "Пётр", "due")]
    assert at(store, clock, "2026-11-09T09:00+03:00") == expected
    assert at(store, clock, "2026-11-15T00:00+03:00") == expected
    assert len(at(store, clock, "2026-11-16T09:00+03:00")) == 4


def test_what_came_up_before_it_was_made_does_not(store: Store, clock: Clock) -> None:
    clock.now = local("2026-11-09T09:01+03:00")
    scheduled(store)
    assert at(store, clock, "2026-11-09T10:00+03:00") == []


def test_the_business_tells_the_time(store: Store, clock: Clock) -> None:
    choose_zone(store.entries.settings, "Asia/Vladivostok")
    scheduled(store)
    assert at(store, clock, "2026-11-09T01:59+03:00") == []
    assert len(at(store, clock, "2026-11-09T02:00+03:00")) == 2


def test_one_that_was_slept_through_goes_out_once_while_it_is_not_too_late(store: Store, clock: Clock) -> None:
    scheduled(store)
    found = at(store, clock, "2026-11-11T20:00+03:00")
    assert found == [("2026-11-09", "Ольга", "due"), ("2026-11-09", "Пётр", "due")]


def test_of_several_the_latest_goes_out_and_the_others_are_listed(store: Store, clock: Clock) -> None:
    scheduled(store)
    found = at(store, clock, "2026-11-25T20:00+03:00")
    assert found == [
        ("2026-11-09", "", "missed"), ("2026-11-16", "", "missed"),
        ("2026-11-23", "Ольга", "due"), ("2026-11-23", "Пётр", "due"),
    ]  # fmt: skip
    assert {one.recipient for one in deliveries(store)[:2]} == {EVERYBODY}


def test_too_late_is_listed_too(store: Store, clock: Clock) -> None:
    scheduled(store, replace(MONDAYS, wanted=Wanted(late=1)))
    assert at(store, clock, "2026-11-10T09:01+03:00") == [("2026-11-09", "", "missed")]


def test_a_year_away_is_told_in_few_lines(store: Store, clock: Clock) -> None:
    scheduled(store, replace(MONDAYS, rhythm=Rhythm("week", (1, 2, 3, 4, 5, 6, 7), quiet="none")))
    found = at(store, clock, "2027-11-09T10:00+03:00")
    assert len([one for one in found if one[2] == "missed"]) == 20
    assert found[-1] == ("2027-11-09", "Пётр", "due")


def test_while_it_is_paused_nothing_comes_up(store: Store, clock: Clock) -> None:
    number = scheduled(store)
    store.entries.schedules.pause(number, instant(clock))
    assert at(store, clock, "2026-11-09T10:00+03:00") == []
    store.entries.schedules.go_on(number, instant(clock))
    assert at(store, clock, "2026-11-10T10:00+03:00") == []
    assert len(at(store, clock, "2026-11-16T10:00+03:00")) == 2


def test_a_clock_that_was_set_back_brings_nothing_twice(store: Store, clock: Clock) -> None:
    scheduled(store)
    assert len(at(store, clock, "2026-11-09T09:00+03:00")) == 2
    assert len(at(store, clock, "2026-11-06T09:00+03:00")) == 2
    assert len(at(store, clock, "2026-11-09T09:30+03:00")) == 2


def test_nobody_there_is_said(store: Store, clock: Clock) -> None:
    scheduled(store, replace(MONDAYS, audience=Audience(("viewer",))))
    assert at(store, clock, "2026-11-09T09:00+03:00") == [("2026-11-09", "", "missed")]
    assert "Nobody" in str(deliveries(store)[0].reason)


def test_a_folder_gets_one(store: Store, clock: Clock, tmp_path: Path) -> None:
    folder = set_up(store, "Папка", "folder", {"path": str(tmp_path)})
    scheduled(store, replace(MONDAYS, channel=folder, audience=Audience()))
    assert at(store, clock, "2026-11-09T09:00+03:00") == [("2026-11-09", "Папка", "due")]


def test_what_was_scheduled_reads_back_equal(store: Store) -> None:
    new = NewSchedule(
        "  Отчёт\nпартнёрам ", Wanted("team=A", "month", ("pdf", "xlsx"), "en", 2, 5),
        Rhythm("month", day=0, hour=18, minute=5, quiet="weekends"), Audience(("owner",), (1, 2), (3,)), 1,
    )  # fmt: skip
    found = store.entries.schedules.get(scheduled(store, new))
    assert (found.title, found.wanted, found.rhythm, found.audience) == (
        "Отчёт партнёрам", new.wanted, new.rhythm, new.audience,
    )  # fmt: skip
