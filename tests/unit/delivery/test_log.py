"""The log of deliveries: one of each, moved on by whoever claimed it, and honest about a process that ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import UnknownName, UserError
from data.message import say
from data.store.entries import Entries, NewDelivery
from data.store.entries.delivery.deliveries import MOST_ENDINGS, LostClaim

NOW = datetime(2026, 11, 2, 6, tzinfo=UTC)
NEW = NewDelivery("report", "schedule:1", "2026-11-02", "person:5", 3, "Анна", NOW)
FOLDER = 7


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "app.sqlite"


@pytest.fixture
def entries(path: Path) -> Iterator[Entries]:
    made = Entries(path, lambda: NOW)
    yield made
    made.close()


def state(entries: Entries, number: int) -> tuple[str, datetime | None]:
    """How far a delivery came, and when it is tried next."""
    found = entries.deliveries.get(number)
    return found.state, found.next_at


def begun(entries: Entries, new: NewDelivery = NEW, *, leaving: bool) -> int:
    """Number of a delivery that somebody is at work with."""
    (number,) = entries.deliveries.put(new)
    assert entries.deliveries.claim(number)
    if leaving:
        entries.deliveries.leaving(number)
    return number


def test_of_one_occasion_recipient_and_channel_there_is_one_delivery(entries: Entries) -> None:
    assert len(entries.deliveries.put(NEW)) == 1
    assert entries.deliveries.put(NEW, replace(NEW, name="Анна П.")) == ()
    others = (replace(NEW, occasion="2026-11-09"), replace(NEW, recipient="person:6"), replace(NEW, channel=4))
    assert len(entries.deliveries.put(*others)) == 3
    assert len({one.key for one in entries.deliveries.latest()}) == 4


def test_it_waits_until_its_time(entries: Entries) -> None:
    (number,) = entries.deliveries.put(replace(NEW, due_at=NOW + timedelta(hours=1)))
    assert entries.deliveries.waiting(NOW) == ()
    assert [one.id for one in entries.deliveries.waiting(NOW + timedelta(hours=1))] == [number]


def test_only_one_claims_it(entries: Entries) -> None:
    number = begun(entries, leaving=False)
    assert not entries.deliveries.claim(number)
    assert entries.deliveries.waiting(NOW) == ()
    entries.deliveries.leaving(number)
    assert not entries.deliveries.claim(number)
    entries.deliveries.sent(number, "250 taken")
    assert not entries.deliveries.claim(number)
    assert (entries.deliveries.get(number).receipt, state(entries, number)) == ("250 taken", ("sent", None))


def test_whoever_did_not_claim_it_sends_nothing(entries: Entries) -> None:
    (number,) = entries.deliveries.put(NEW)
    with pytest.raises(LostClaim):
        entries.deliveries.leaving(number)
    entries.deliveries.sent(number)
    assert state(entries, number) == ("due", NOW)


def test_what_failed_is_tried_again_when_it_was_said(entries: Entries) -> None:
    number, later = begun(entries, leaving=True), NOW + timedelta(minutes=5)
    entries.deliveries.failed(number, say("The mail server does not answer."), later)
    assert state(entries, number) == ("failed", later)
    assert entries.deliveries.waiting(NOW) == ()
    assert [one.attempts for one in entries.deliveries.waiting(later)] == [1]
    assert entries.deliveries.claim(number)
    entries.deliveries.failed(number, say("It was given up."), None)
    assert state(entries, number) == ("failed", None)
    assert not entries.deliveries.claim(number)
    assert entries.deliveries.get(number).reason == say("It was given up.")


def test_waiting_for_data_is_no_try(entries: Entries) -> None:
    number = begun(entries, leaving=False)
    entries.deliveries.postponed(number, say("The data are not complete."), NOW + timedelta(hours=1))
    assert (state(entries, number), entries.deliveries.get(number).attempts) == (("due", NOW + timedelta(hours=1)), 0)


def test_a_process_that_ended_leaves_nothing_open(entries: Entries, path: Path) -> None:
    preparing, sending = begun(entries, leaving=False), begun(entries, replace(NEW, recipient="person:6"), leaving=True)
    folder = begun(entries, replace(NEW, channel=FOLDER), leaving=True)
    entries.close()
    again = Entries(path, lambda: NOW)
    assert again.deliveries.recover({FOLDER}) == 3
    assert state(again, preparing) == ("due", NOW)
    assert state(again, sending) == ("uncertain", None)
    assert state(again, folder) == ("due", NOW)
    assert not again.deliveries.claim(sending)
    assert again.deliveries.recover({FOLDER}) == 0
    again.close()


def test_what_this_process_is_at_is_not_recovered(entries: Entries) -> None:
    begun(entries, leaving=True)
    assert entries.deliveries.recover(()) == 0


def test_what_ends_the_program_each_time_is_given_up(entries: Entries, path: Path) -> None:
    entries.deliveries.put(NEW)
    entries.close()
    for _ in range(MOST_ENDINGS):
        again = Entries(path, lambda: NOW)
        again.deliveries.recover(())
        (waiting,) = again.deliveries.waiting(NOW)
        assert again.deliveries.claim(waiting.id)
        again.close()
    last = Entries(path, lambda: NOW)
    last.deliveries.recover(())
    assert last.deliveries.waiting(NOW) == ()
    assert last.deliveries.latest()[0].state == "failed"
    last.close()


def test_a_person_sends_again_what_is_uncertain_under_the_same_key(entries: Entries, path: Path) -> None:
    number = begun(entries, leaving=True)
    with pytest.raises(UserError):
        entries.deliveries.resend(number, NOW)
    entries.deliveries.uncertain(number, say("The connection was lost."))
    key = entries.deliveries.get(number).key
    entries.deliveries.resend(number, NOW)
    assert (state(entries, number), entries.deliveries.get(number).key) == (("due", NOW), key)
    assert entries.deliveries.claim(number)
    entries.deliveries.leaving(number)
    entries.deliveries.sent(number)
    entries.deliveries.resend(number, NOW)
    assert entries.deliveries.get(number).key != key


def test_a_person_says_it_is_done(entries: Entries) -> None:
    number = begun(entries, leaving=True)
    entries.deliveries.uncertain(number, say("The connection was lost."))
    entries.deliveries.settle(number)
    assert state(entries, number) == ("settled", None)


def test_what_was_called_off_does_not_leave(entries: Entries) -> None:
    (number,) = entries.deliveries.put(NEW)
    sent = begun(entries, replace(NEW, recipient="person:6"), leaving=True)
    entries.deliveries.sent(sent)
    entries.deliveries.withdraw(NEW.source)
    assert (state(entries, number)[0], state(entries, sent)[0]) == ("missed", "sent")


def test_a_recipient_s_own_log(entries: Entries) -> None:
    entries.deliveries.put(NEW, replace(NEW, recipient="person:6"))
    assert [one.recipient for one in entries.deliveries.latest(10, {"person:6"})] == ["person:6"]
    assert entries.deliveries.latest(10, set()) == ()
    with pytest.raises(UnknownName):
        entries.deliveries.get(99)
