"""Alerts on their way, by a real mail server: to each what they may see, once, whatever ends in between."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.store.entries.alerts import AlertRule, Noted
from data.store.entries.delivery import Deliveries
from data.store.store import Store
from data.store.zone import choose_zone, instant
from kpi.alerts import Inquiry
from kpi.alerts.standing import refresh
from kpi.alerts.written import lines
from kpi.delivery import alerting
from kpi.delivery.alerting import alert, stop, told_by, told_now
from kpi.delivery.kinds import set_up
from kpi.delivery.sending import Round
from tests.unit.delivery.servers.mailbox import Mailbox
from tests.unit.store.files import load, opened

HEAD = "review_id,created_at,rating,text,branch"
REVIEWS = [HEAD, "1,2026-11-20,1,Опоздали,North", "2,2026-11-21,2,Грубили,South", "3,2026-11-22,5,Отлично,North"]
LINK = re.compile(r"/alert/([A-Za-z0-9_-]{43})\b")


@dataclass
class Clock:
    """A clock that is moved by hand."""

    now: datetime = datetime(2026, 11, 23, 12)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """Two bad reviews, one of each branch; an owner, and a lead of the North."""
    with opened(tmp_path, clock) as made:
        load(made, tmp_path, "reviews.csv", "reviews", REVIEWS)
        people = People(made.workspace.folder, clock)
        for login, name, membership in (
            ("olga@example.org", "Ольга", Membership("", "owner")),
            ("petr@example.org", "Пётр", Membership("", "lead", (("branch", ("North",)),))),
        ):
            people.persons.admit(people.persons.add(login, name), membership)
        people.close()
        yield made


Follow = Callable[..., AlertRule]


@pytest.fixture
def follow(store: Store, open_server: int) -> Follow:
    """Enters a rule that tells owners and leads of bad reviews by mail at any hour."""

    def entered(**parts: object) -> AlertRule:
        told = {"host": "127.0.0.1", "port": open_server, "security": "none", "sender": "kpi@example.org"}
        rule = AlertRule(
            frozenset({"review"}), roles=("owner", "lead"), channels=(set_up(store, "mail", "mail", told),), quiet=None
        )
        number = store.entries.alerts.rules.add(replace(rule, **parts))  # type: ignore[arg-type]
        return store.entries.alerts.rules.get(number)

    return entered


def mails(mailbox: Mailbox) -> dict[str, str]:
    """Address → the text of the one mail it got."""
    found = {mail["To"]: mail.get_body(("plain",)) for mail in mailbox.mails}
    assert len(found) == len(mailbox.mails)
    return {str(address): body.get_content() for address, body in found.items() if body is not None}


def test_each_is_told_what_they_may_see(store: Store, mailbox: Mailbox, follow: Follow) -> None:
    follow()
    assert told_now(store) == {"messages": 2, "deliveries": {"sent": 2}}
    told = mails(mailbox)
    assert "Опоздали" in told["olga@example.org"]
    assert "Грубили" in told["olga@example.org"]
    assert "Опоздали" in told["petr@example.org"]
    assert "South" not in told["petr@example.org"]
    owners, leads = sorted(mailbox.mails, key=lambda mail: str(mail["To"]))
    assert owners["Subject"] == "Плохой отзыв: 1 из 5 · North и ещё 1"
    assert leads["Subject"] == "Плохой отзыв: 1 из 5 · North"
    html = owners.get_body(("html",))
    assert html is not None
    assert "«Опоздали»" in html.get_content()


def test_the_same_is_not_told_twice_and_what_is_new_is_told_alone(
    store: Store, mailbox: Mailbox, follow: Follow, tmp_path: Path, clock: Clock
) -> None:
    follow()
    told_now(store)
    for _ in range(3):
        clock.now += timedelta(hours=1)
        assert told_now(store)["messages"] == 0
    mailbox.mails.clear()
    load(store, tmp_path, "more.csv", "reviews", [HEAD, "9,2026-11-23,1,Сломали дверь,South"])
    assert told_now(store) == {"messages": 1, "deliveries": {"sent": 1}}
    assert "Сломали дверь" in mails(mailbox)["olga@example.org"]
    assert "Опоздали" not in mails(mailbox)["olga@example.org"]


def test_nothing_is_looked_for_where_nothing_changed(
    store: Store, follow: Follow, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    rule, looked = follow(), list[Inquiry]()

    def noted(asked: Inquiry) -> tuple[Noted, ...]:
        looked.append(asked)
        return refresh(asked)

    monkeypatch.setattr(alerting, "refresh", noted)
    for _ in range(3):
        alert(store, instant(clock))
    assert len(looked) == 2  # for the owner's rights and for the lead's
    store.entries.alerts.rules.change(replace(rule, worst_rating=1))
    alert(store, instant(clock))
    assert len(looked) == 4
    clock.now += timedelta(days=1)
    alert(store, instant(clock))
    assert len(looked) == 6


def test_quiet_hours_are_the_businesss_and_lose_nothing(store: Store, mailbox: Mailbox, follow: Follow) -> None:
    follow(quiet=AlertRule().quiet)
    choose_zone(store.entries.settings, "Europe/Moscow")
    for hour, minute, told in ((18, 30, 0), (23, 0, 0), (5, 59, 0), (6, 0, 2)):  # 21:30, 2:00, 8:59, 9:00 in Moscow
        alert(store, datetime(2026, 11, 23, hour, minute, tzinfo=UTC))
        Round(store).send_all()
        assert len(mailbox.mails) == told


def test_many_are_one_message(store: Store, mailbox: Mailbox, follow: Follow, tmp_path: Path) -> None:
    load(store, tmp_path, "more.csv", "reviews", [HEAD, *(f"{n},2026-11-22,1,Плохо {n},South" for n in range(20, 25))])
    follow(roles=("owner",), lines=2)
    assert told_now(store)["messages"] == 1
    (text,) = mails(mailbox).values()
    assert text.count("▲") == 2
    assert "ещё 5" in text
    assert told_now(store)["messages"] == 0  # those that were only counted were told too


def test_a_program_that_ends_in_between_tells_once(
    store: Store, mailbox: Mailbox, follow: Follow, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    follow(roles=("owner",))

    def cut_off(*_parts: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Deliveries, "put", cut_off)
        with pytest.raises(KeyboardInterrupt):
            alert(store, instant(clock))  # a message is put together, its delivery is not
    assert len(store.entries.alerts.messages.since(clock().date())) == 1
    assert mailbox.mails == []
    for _ in range(3):
        told_now(store)
    assert len(mailbox.mails) == 1
    assert len(store.entries.alerts.messages.since(clock().date())) == 1


def test_a_look_that_was_cut_off_is_done_again(
    store: Store, mailbox: Mailbox, follow: Follow, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    follow()

    def cut_off(asked: Inquiry) -> None:
        refresh(asked)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(alerting, "refresh", cut_off)
        with pytest.raises(KeyboardInterrupt):
            alert(store, instant(clock))
    told_now(store)
    assert sorted(mails(mailbox)) == ["olga@example.org", "petr@example.org"]


def test_the_link_in_a_mail_leads_to_its_message(store: Store, mailbox: Mailbox, follow: Follow) -> None:
    follow()
    told_now(store)
    links = {address: LINK.search(text) for address, text in mails(mailbox).items()}
    numbers = {}
    for address, link in links.items():
        assert link is not None
        numbers[address] = store.entries.alerts.links.message(link[1])
    sent = {one.id: one.recipient for one in store.entries.alerts.messages.since(datetime.min.date())}
    assert sent[numbers["olga@example.org"] or 0] == "person:1"
    assert sent[numbers["petr@example.org"] or 0] == "person:2"
    kept = " ".join(str(one.content) for one in store.entries.deliveries.latest())
    assert not any(link is not None and link[1] in kept for link in links.values())


def test_whoever_may_see_other_things_by_now_gets_nothing(
    store: Store, mailbox: Mailbox, follow: Follow, clock: Clock
) -> None:
    follow(roles=("lead",))
    alert(store, instant(clock))
    people = People(store.workspace.folder, clock)
    people.persons.admit(2, Membership("", "lead", (("branch", ("South",)),)))
    people.close()
    Round(store).send_all()
    assert mailbox.mails == []
    (delivery,) = store.entries.deliveries.latest()
    assert (delivery.state, delivery.next_at) == ("failed", None)
    assert told_now(store)["messages"] == 1  # what they see now is told
    assert "Грубили" in mails(mailbox)["petr@example.org"]


def test_what_somebody_acknowledged_before_it_left_is_not_sent(
    store: Store, mailbox: Mailbox, follow: Follow, clock: Clock
) -> None:
    follow(roles=("owner",))
    alert(store, instant(clock))
    journal = store.entries.alerts.journal
    journal.acknowledge([one.id for one in journal.seen_by("")], "Пётр")
    Round(store).send_all()
    assert mailbox.mails == []


def test_a_rule_that_is_switched_off_calls_off_what_waits(
    store: Store, mailbox: Mailbox, follow: Follow, clock: Clock
) -> None:
    rule = follow()
    alert(store, instant(clock))
    stop(store, rule)
    told_now(store)
    assert mailbox.mails == []
    assert store.entries.alerts.journal.seen_by("") == ()
    assert {one.state for one in store.entries.deliveries.latest()} == {"missed"}


def test_a_folder_is_told_once_whoever_else_is(store: Store, follow: Follow, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    rule = follow(channels=(set_up(store, "folder", "folder", {"path": str(folder)}),))
    assert [one.key for one in told_by(store, rule)] == ["person:1", "person:2", "place"]
    told_now(store)
    assert [one.recipient for one in store.entries.deliveries.latest()] == ["place"]


def test_what_a_message_says_is_kept_as_it_was(store: Store, follow: Follow, clock: Clock) -> None:
    follow(roles=("owner",))
    alert(store, instant(clock))
    (sent,) = store.entries.alerts.messages.since(clock().date())
    told = lines(sent.lines)
    assert [line.kind for line in told.shown] == ["review", "review"]
    assert {code for line in told.shown for code in line.said} == {"ru", "en"}
    assert told.more == 0


def test_two_that_tell_at_once_tell_once(store: Store, mailbox: Mailbox, follow: Follow, clock: Clock) -> None:
    follow(roles=("owner",))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: alert(store, instant(clock)), range(4)))
    Round(store).send_all()
    assert len(mailbox.mails) == 1
    assert len(store.entries.alerts.messages.since(clock().date())) == 1


def test_a_channel_that_is_added_later_is_told_nothing_old(
    store: Store, mailbox: Mailbox, follow: Follow, tmp_path: Path
) -> None:
    rule = follow(roles=("owner",))
    told_now(store)
    folder = tmp_path / "out"
    folder.mkdir()
    more = (*rule.channels, set_up(store, "folder", "folder", {"path": str(folder)}))
    store.entries.alerts.rules.change(replace(rule, channels=more, roles=("owner", "lead")))
    told_now(store)
    assert len(mailbox.mails) == 2  # the lead is new; the owner knows
    assert [one.recipient for one in store.entries.deliveries.latest()].count("person:1") == 1
