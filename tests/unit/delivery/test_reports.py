"""Reports that go out by a schedule: about whom their reader may see, about the right days, whole and once."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.store.entries import Audience, KeyKpi, NewSchedule, Rhythm, Wanted
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.kinds import set_up
from kpi.delivery.running import deliver_all
from kpi.delivery.scheduling import enter
from tests.unit.delivery.clock import Clock
from tests.unit.delivery.servers.http import Receiver
from tests.unit.delivery.servers.mailbox import Mailbox

ORDERS = "Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер;Команда\n" + "".join(
    f"{number};{26 + number % 5}.10.2026 10:00;{26 + number % 5}.10.2026 12:00;Выполнен;{1000 + number};{who};{team}\n"
    for number, (who, team) in enumerate([("Анна", "Север"), ("Борис", "Юг")] * 20)
)
"""Forty orders of the week that begins on 26 October: Анна's of the team Север, Борис's of Юг."""
SEVER = sum(1000 + number for number in range(0, 40, 2))
ALL = sum(1000 + number for number in range(40))


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 1, 20))


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(tmp_path / "ws", clock) as opened:
        file = tmp_path / "заказы.csv"
        file.write_text(ORDERS, encoding="utf-8")
        opened.publish(file)
        opened.entries.choose_key_kpis((KeyKpi("revenue", None), KeyKpi("orders_done", None)))
        people = People(opened.workspace.folder)
        for login, membership in (
            ("olga@example.org", Membership("", "owner")),
            ("petr@example.org", Membership("", "lead", (("team", ("Север",)),))),
            ("anna@example.org", Membership("", "viewer", (("employee", ("Анна",)),), money="hidden")),
        ):
            people.persons.admit(people.persons.add(login, login.partition("@")[0]), membership)
        people.close()
        yield opened


def scheduled(store: Store, channel: int, wanted: Wanted, *roles: str) -> int:
    audience = Audience(tuple(roles))  # type: ignore[arg-type]
    return enter(store, NewSchedule("", wanted, Rhythm("week", (1,)), audience, channel))


def monday(store: Store, clock: Clock, hour: int = 23) -> None:
    """Monday, 2 November, in the evening, wherever the computer stands: everything is sent."""
    clock.now = datetime(2026, 11, 2, hour)
    deliver_all(store, instant(clock))


def test_each_gets_what_they_may_see(store: Store, clock: Clock, open_server: int, mailbox: Mailbox) -> None:
    told = {"host": "127.0.0.1", "port": open_server, "security": "none", "sender": "kpi@example.org"}
    scheduled(store, set_up(store, "mail", "mail", told), Wanted(forms=("xlsx",)), "owner", "lead", "viewer")
    monday(store, clock)
    monday(store, clock)
    mails = dict(zip(mailbox.to, mailbox.mails, strict=True))
    assert sorted(mails) == ["anna@example.org", "olga@example.org", "petr@example.org"]
    text = {to: str(mail.get_body(("plain",)).get_content()) for to, mail in mails.items()}  # type: ignore[union-attr]
    assert "26 окт. – 1 нояб. 2026" in text["olga@example.org"].replace("\xa0", " ")
    assert "Север" in text["petr@example.org"]
    for hidden in ("Борис", "Юг"):
        assert hidden not in mails["petr@example.org"].as_string()
        assert hidden not in text["petr@example.org"] + text["anna@example.org"]
    assert "Выручка" not in text["anna@example.org"]
    assert [part.get_filename() for part in mails["olga@example.org"].iter_attachments()] == ["Отчёт 2026-10-26.xlsx"]


def test_a_program_gets_the_figures(store: Store, clock: Clock, receiver: Receiver) -> None:
    channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
    scheduled(store, channel, Wanted(forms=()))
    scheduled(store, channel, Wanted("team=Север", forms=()))
    monday(store, clock)
    found = [json.loads(asked.body)["facts"] for asked in receiver.asked]
    assert [(one["since"], one["until"], one["member"]) for one in found] == [
        ("2026-10-26", "2026-11-01", None), ("2026-10-26", "2026-11-01", "Север"),
    ]  # fmt: skip
    values = [{line["kpi"]: line["value"] for line in one["kpis"]} for one in found]
    assert values == [{"revenue": ALL, "orders_done": 40.0}, {"revenue": SEVER, "orders_done": 20.0}]


def test_a_folder_gets_one_for_everybody(store: Store, clock: Clock, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    scheduled(store, set_up(store, "out", "folder", {"path": str(out)}), Wanted("everyone", forms=("xlsx",)))
    monday(store, clock)
    assert sorted(path.name for path in out.iterdir()) == ["Отчёт 2026-10-26 Анна.xlsx", "Отчёт 2026-10-26 Борис.xlsx"]


def test_it_waits_for_the_data_and_then_says_so(store: Store, clock: Clock, receiver: Receiver) -> None:
    """The orders end on Friday the 30th: the week is not complete."""
    channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
    number = scheduled(store, channel, Wanted(forms=(), waits=2))
    monday(store, clock)
    assert receiver.asked == []
    (waiting,) = store.entries.deliveries.of(f"schedule:{number}")
    assert (waiting.state, waiting.attempts) == ("due", 0)
    assert "2026" in str(waiting.reason)
    clock.now = datetime(2026, 11, 5, 9)
    deliver_all(store, instant(clock))
    (asked,) = receiver.asked
    assert json.loads(asked.body)["facts"]["complete"] is False


def test_what_is_sent_later_is_about_the_same_week(store: Store, clock: Clock, receiver: Receiver) -> None:
    channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
    number = scheduled(store, channel, Wanted(forms=()))
    receiver.answers.append((503, {}, b""))
    monday(store, clock)
    clock.now = datetime(2026, 11, 9, 8)
    deliver_all(store, instant(clock))
    assert [json.loads(asked.body)["facts"]["since"] for asked in receiver.asked][:2] == ["2026-10-26"] * 2
    assert store.entries.deliveries.of(f"schedule:{number}")[0].state == "sent"


def test_a_schedule_that_was_taken_away_sends_nothing(store: Store, clock: Clock, receiver: Receiver) -> None:
    channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
    number = scheduled(store, channel, Wanted(forms=()))
    receiver.answers.append((503, {}, b""))
    monday(store, clock)
    store.entries.schedules.remove(number, instant(clock))
    clock.now = datetime(2026, 11, 3, 8)
    deliver_all(store, instant(clock))
    assert len(receiver.asked) == 1
    (found,) = store.entries.deliveries.of(f"schedule:{number}")
    assert (found.state, found.next_at) == ("failed", None)
