"""Rules, the journal, what was told and its links: what is entered reads back, and nothing is told twice."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from data.errors import NotAllowed, UnknownName, UserError
from data.store.entries import Entries
from data.store.entries.alerts import AlertRule, Alerts, QuietHours
from data.store.entries.alerts.journal import Found
from data.store.entries.alerts.links import LASTS
from data.store.gate import Gate
from data.store.token import hash_of

NOW = datetime(2026, 11, 23, 12)


class Moment:
    """A clock that is set."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def entries(tmp_path: Path, moment: Moment) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", moment)
    yield made
    made.close()


@pytest.fixture
def alerts(entries: Entries) -> Alerts:
    return entries.alerts


def found(subject: str = "rework_rate", size: float = 1.0, place: str = "[]") -> Found:
    return Found("signal", subject, place, "", "{}", size)


def test_a_rule_reads_back_equal(alerts: Alerts) -> None:
    whole = AlertRule(
        frozenset({"review", "missed"}), ("rating",), ("team",), 2.5, ("owner", "lead"), (3,), (4,), (1, 2), 14,
        QuietHours(time(22), time(7, 30), weekends=True), 3, "en", active=False,
    )  # fmt: skip
    first, second = alerts.rules.add(whole), alerts.rules.add(AlertRule(quiet=None))
    assert alerts.rules.all() == (
        AlertRule(**{**whole.__dict__, "id": first}), AlertRule(quiet=None, id=second),
    )  # fmt: skip
    alerts.rules.change(AlertRule(**{**whole.__dict__, "id": first, "lines": 5, "active": True}))
    assert (alerts.rules.get(first).lines, alerts.rules.get(first).active) == (5, True)
    alerts.rules.remove(first)
    assert [rule.id for rule in alerts.rules.all()] == [second]
    with pytest.raises(UnknownName):
        alerts.rules.remove(first)


@pytest.mark.parametrize("wrong", [{"kinds": frozenset()}, {"cooldown": -1}, {"lines": 0}, {"worst_rating": -1.0}])
def test_a_rule_that_makes_no_sense_is_not_entered(alerts: Alerts, wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        alerts.rules.add(AlertRule(**wrong))  # type: ignore[arg-type]
    assert alerts.rules.all() == ()


def test_acknowledged_then_over_then_again(alerts: Alerts, moment: Moment) -> None:
    alerts.journal.note(1, "", [found()], [], [])
    (one,) = alerts.journal.standing(1, "")
    assert (one.state, one.found_at) == ("open", NOW)
    assert alerts.journal.acknowledge([one.id], "Anna") == 1
    moment.now += timedelta(days=1)
    assert alerts.journal.acknowledge([one.id], "Boris") == 0  # who was first stays
    alerts.journal.note(1, "", [], [(one.id, found(size=3.0))], [])
    (known,) = alerts.journal.standing(1, "")
    assert (known.state, known.acknowledged_by, known.acknowledged_size, known.size) == ("acknowledged", "Anna", 1, 3)
    alerts.journal.note(1, "", [], [], [one.id])
    assert alerts.journal.standing(1, "") == ()
    alerts.journal.note(1, "", [found()], [], [])
    (again,) = alerts.journal.standing(1, "")
    assert (again.state, again.id != one.id) == ("open", True)
    assert [one.state for one in alerts.journal.since(date(2026, 11, 23))] == ["open", "over"]
    with pytest.raises(UnknownName):
        alerts.journal.acknowledge([99], "Anna")


def test_whoever_acknowledges_does_so_for_all_who_were_told_of_it(alerts: Alerts) -> None:
    north = '[["branch", ["North"]]]'
    alerts.journal.note(1, "", [found(place=north), found("rating", place=north)], [], [])
    alerts.journal.note(1, "lead of north", [found(place=north)], [], [])
    (theirs,) = alerts.journal.standing(1, "lead of north")
    assert alerts.journal.acknowledge([theirs.id], "Lead") == 2
    assert [one.state for one in alerts.journal.standing(1, "")] == ["acknowledged", "open"]


def test_rights_are_apart(alerts: Alerts) -> None:
    alerts.rules.add(AlertRule())
    alerts.journal.note(1, "", [found()], [], [])
    assert alerts.journal.seen_by("somebody") == ()
    assert alerts.journal.since(date(2026, 1, 1), "somebody") == ()
    assert len(alerts.journal.seen_by("")) == 1
    alerts.rules.remove(1)
    assert alerts.journal.seen_by("") == ()  # a rule that was removed tells nothing


def test_what_was_told_is_known_for_the_same_thing_and_person(alerts: Alerts, moment: Moment) -> None:
    alerts.journal.note(1, "", [found(), found("rating")], [], [])
    one, other = alerts.journal.standing(1, "")
    number = alerts.messages.make(1, "person:1", "", [one], "[]")
    assert alerts.messages.told("person:1", other) is None
    assert alerts.messages.told("person:2", one) is None
    told = alerts.messages.told("person:1", one)
    assert told is not None
    assert (told.last, told.size, told.times) == (NOW, 1.0, 1)
    sent = alerts.messages.get(number)
    assert sent is not None
    assert (sent.recipient, sent.alerts) == ("person:1", (one.id,))
    alerts.journal.note(1, "", [], [], [one.id])
    alerts.journal.note(1, "", [found()], [], [])
    (again,) = (x for x in alerts.journal.standing(1, "") if x.subject == "rework_rate")
    told = alerts.messages.told("person:1", again)
    assert told is not None
    assert told.times == 0  # of that thing they were told, of this alert of it they were not


def test_a_link_leads_to_its_message_until_all_of_it_is_over(alerts: Alerts, moment: Moment) -> None:
    alerts.journal.note(1, "", [found(), found("rating")], [], [])
    one, other = alerts.journal.standing(1, "")
    number = alerts.messages.make(1, "person:1", "", [one, other], "[]")
    first, second = alerts.links.make(number), alerts.links.make(number)
    assert len({first, second}) == 2
    assert (alerts.links.message(first), alerts.links.message(second)) == (number, number)
    assert alerts.links.message(hash_of(first)) is None
    alerts.journal.note(1, "", [], [], [one.id])
    assert alerts.links.message(first) == number
    alerts.journal.note(1, "", [], [], [other.id])
    assert alerts.links.message(first) is None


def test_a_link_ends_by_itself(alerts: Alerts, moment: Moment) -> None:
    alerts.journal.note(1, "", [found()], [], [])
    token = alerts.links.make(alerts.messages.make(1, "person:1", "", alerts.journal.standing(1, ""), "[]"))
    moment.now += LASTS - timedelta(seconds=1)
    assert alerts.links.message(token) is not None
    moment.now += timedelta(seconds=1)
    assert alerts.links.message(token) is None
    alerts.links.forget_old()
    moment.now = NOW
    assert alerts.links.message(token) is None


def test_no_token_is_kept(entries: Entries) -> None:
    entries.alerts.journal.note(1, "", [found()], [], [])
    standing = entries.alerts.journal.standing(1, "")
    token = entries.alerts.links.make(entries.alerts.messages.make(1, "person:1", "", standing, "[]"))
    kept = entries.table("alert_links")["token_hash"].tolist()
    assert kept == [hash_of(token)]
    assert len(token) >= 43  # 256 bits


def test_only_who_may_do_it_enters_rules_or_acknowledges(tmp_path: Path, moment: Moment) -> None:
    gate = Gate()
    made = Entries(tmp_path / "app.sqlite", moment, gate)
    made.alerts.journal.note(1, "", [found()], [], [])
    gate.kept_by(lambda _duty, _what: False)
    with pytest.raises(NotAllowed):
        made.alerts.rules.add(AlertRule())
    with pytest.raises(NotAllowed):
        made.alerts.journal.acknowledge([1], "")
    made.alerts.journal.note(1, "", [], [], [1])  # the program's own work is asked of nobody
    made.close()


def test_what_the_program_notes_makes_no_cached_answer_old(entries: Entries) -> None:
    before = entries.version
    entries.alerts.journal.note(1, "", [found()], [], [])
    entries.alerts.messages.make(1, "person:1", "", entries.alerts.journal.standing(1, ""), "[]")
    assert entries.version == before
