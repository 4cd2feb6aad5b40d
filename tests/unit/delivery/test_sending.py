"""Sending what waits, by real servers: once each, tried again where that helps, and never again where nobody knows."""

import logging
from datetime import datetime, timedelta

import pytest

from data.message import say
from data.store.entries import Delivery, NewDelivery
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.audience import Recipient
from kpi.delivery.kinds import set_up
from kpi.delivery.making import Never, NotYet
from kpi.delivery.parcel import Parcel
from kpi.delivery.sending import WAITS, Round
from tests.unit.delivery.clock import Clock
from tests.unit.delivery.servers.bot_api import TOKEN, BotApi
from tests.unit.delivery.servers.http import Receiver
from tests.unit.delivery.servers.mailbox import Mailbox

ADDRESS = "anna.secret-address@example.org"


def mail(store: Store, port: int, name: str = "mail") -> int:
    """A mail server set up; its number."""
    told = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "kpi@example.org"}
    return set_up(store, name, "mail", told)


def queued(store: Store, channel: int, *whom: str, occasion: str = "2026-11-02") -> list[int]:
    """Deliveries of a text to people with an address; their numbers."""
    content = {"subject": "Тема", "text": "Текст"}
    news = []
    for email in whom or (ADDRESS,):
        known = {one.email: one.id for one in store.entries.addressees.all()}
        number = known.get(email) or store.entries.addressees.add(email, email=email, chat="777")
        key = f"addressee:{number}"
        news.append(NewDelivery("test", "test", occasion, key, channel, email, instant(store.clock), content))
    return list(store.entries.deliveries.put(*news))


def states(store: Store) -> list[str]:
    """How far all deliveries came, the first first."""
    return [one.state for one in store.entries.deliveries.of("test")]


def test_each_goes_out_once_however_often_it_is_looked(store: Store, open_server: int, mailbox: Mailbox) -> None:
    channel = mail(store, open_server)
    queued(store, channel, "a@example.org", "b@example.org")
    for _ in range(3):
        queued(store, channel, "a@example.org", "b@example.org")
        Round(store).send_all()
    assert sorted(mailbox.to) == ["a@example.org", "b@example.org"]
    assert states(store) == ["sent", "sent"]
    keys = {one.key for one in store.entries.deliveries.latest()}
    assert {str(one["Message-ID"]).strip("<>").partition("@")[0] for one in mailbox.mails} == keys


def test_what_the_server_puts_off_is_tried_again_after_longer_and_longer_waits(
    store: Store, open_server: int, mailbox: Mailbox, clock: Clock
) -> None:
    (number,) = queued(store, mail(store, open_server))
    mailbox.rcpt[ADDRESS] = "451 later"
    waits = []
    for _ in range(len(WAITS)):
        Round(store).send_all()
        found = store.entries.deliveries.get(number)
        assert found.next_at is not None
        waits.append(found.next_at - instant(clock))
        assert Round(store).send_all() == {}
        clock.now = clock.now + waits[-1]
    assert waits == list(WAITS)
    assert waits == sorted(waits)
    Round(store).send_all()
    found = store.entries.deliveries.get(number)
    assert (found.state, found.next_at, found.attempts) == ("failed", None, len(WAITS) + 1)
    assert mailbox.mails == []


def test_what_is_put_off_arrives_when_the_server_takes_it(
    store: Store, open_server: int, mailbox: Mailbox, clock: Clock
) -> None:
    queued(store, mail(store, open_server))
    mailbox.data.append("451 greylisted")
    Round(store).send_all()
    clock.now += timedelta(minutes=1)
    Round(store).send_all()
    assert (states(store), len(mailbox.mails)) == (["sent"], 1)


def test_what_was_refused_is_not_tried_again(store: Store, open_server: int, mailbox: Mailbox, clock: Clock) -> None:
    (number,) = queued(store, mail(store, open_server))
    mailbox.rcpt[ADDRESS] = f"550 no such user <{ADDRESS}>"
    Round(store).send_all()
    clock.now += timedelta(days=2)
    Round(store).send_all()
    found = store.entries.deliveries.get(number)
    assert (found.state, found.next_at, found.attempts) == ("failed", None, 1)
    assert ADDRESS not in str(found.reason)
    assert "550" in str(found.reason)


def test_what_may_have_arrived_is_uncertain_until_a_person_decides(
    store: Store, open_server: int, mailbox: Mailbox, clock: Clock
) -> None:
    (number,) = queued(store, mail(store, open_server))
    mailbox.data.append("hang up")
    Round(store).send_all()
    clock.now += timedelta(days=2)
    Round(store).send_all()
    assert (states(store), len(mailbox.mails)) == (["uncertain"], 1)
    store.entries.deliveries.resend(number, instant(clock))
    Round(store).send_all()
    assert (states(store), len(mailbox.mails)) == (["sent"], 2)
    assert len({str(one["Message-ID"]) for one in mailbox.mails}) == 1


def test_a_web_address_is_asked_again_because_it_can_tell(store: Store, receiver: Receiver, clock: Clock) -> None:
    channel = set_up(store, "hook", "webhook", {"url": receiver.url, "allows_private": True})
    receiver.answers.append(None)
    queued(store, channel)
    Round(store).send_all()
    assert states(store) == ["failed"]
    clock.now += timedelta(minutes=1)
    Round(store).send_all()
    assert states(store) == ["sent"]
    assert len({asked.headers["idempotency-key"] for asked in receiver.asked}) == 1


def test_telegram_s_own_wait_is_kept(store: Store, bot_api: BotApi, clock: Clock) -> None:
    channel = set_up(store, "bot", "telegram", {"token": TOKEN, "address": bot_api.url})
    (number,) = queued(store, channel)
    bot_api.waits.append(600)
    Round(store).send_all()
    assert store.entries.deliveries.get(number).next_at == instant(clock) + timedelta(seconds=600)
    clock.now += timedelta(seconds=600)
    Round(store).send_all()
    assert [sent.text for sent in bot_api.sent] == ["Тема\n\nТекст"]


def test_a_channel_that_does_not_work_is_asked_once_a_round(
    store: Store, open_server: int, mailbox: Mailbox, clock: Clock
) -> None:
    """A wrong password, or nobody there: the other ninety-nine wait with the first, and come when it works again."""
    broken, right = mail(store, 1), mail(store, open_server, "right")
    queued(store, broken, *(f"p{n}@example.org" for n in range(20)))
    queued(store, right, "a@example.org")
    assert Round(store).send_all() == {"failed": 1, "sent": 1}
    assert mailbox.to == ["a@example.org"]
    assert [one.attempts for one in store.entries.deliveries.of("test")] == [1, *([0] * 19), 1]
    assert states(store).count("failed") == 20
    mail(store, open_server)
    clock.now += WAITS[0]
    assert Round(store).send_all() == {"sent": 20}


def test_whoever_gets_nothing_any_more(store: Store, open_server: int, mailbox: Mailbox) -> None:
    channel = mail(store, open_server)
    queued(store, channel, "a@example.org", "b@example.org")
    store.entries.addressees.remove(store.entries.addressees.all()[0].id)
    assert Round(store).send_all() == {"failed": 1, "sent": 1}
    assert mailbox.to == ["b@example.org"]


def test_without_an_address_or_a_channel_it_says_so(store: Store, open_server: int) -> None:
    channel = mail(store, open_server)
    number = store.entries.addressees.add("Без почты", chat="5")
    new = NewDelivery("test", "test", "x", f"addressee:{number}", channel, "", instant(store.clock), {"text": "x"})
    store.entries.deliveries.put(new)
    queued(store, 99)
    Round(store).send_all()
    reasons = [str(one.reason) for one in store.entries.deliveries.of("test")]
    assert reasons == ["No e-mail address is known.", "The channel was taken away."]


def test_it_waits_for_what_it_is_made_of(store: Store, open_server: int, mailbox: Mailbox, clock: Clock) -> None:
    (number,) = queued(store, mail(store, open_server))
    later = instant(clock) + timedelta(hours=1)

    def wait(*_: object) -> Parcel:
        raise NotYet(say("Data come later."), later)

    assert Round(store, {"test": wait}).send_all() == {}
    found = store.entries.deliveries.get(number)
    assert (found.state, found.next_at, found.attempts) == ("due", later, 0)
    clock.now += timedelta(hours=1)
    assert Round(store).send_all() == {"sent": 1}


def test_a_bug_in_making_one_keeps_no_other_from_going_out(
    store: Store, open_server: int, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    channel = mail(store, open_server)
    first, *_ = queued(store, channel, "a@example.org", "b@example.org", "c@example.org")

    def make(_store: Store, delivery: Delivery, _whom: Recipient, _now: datetime) -> Parcel:
        if delivery.id == first:
            raise ZeroDivisionError
        if delivery.name == "b@example.org":
            raise Never(say("There is nothing."))
        return Parcel(delivery.key, "Тема", "Текст")

    assert Round(store, {"test": make}).send_all() == {"failed": 2, "sent": 1}
    found = store.entries.deliveries.get(first)
    assert found.next_at is not None
    number = str(found.reason).rpartition(" ")[2].rstrip(".")
    assert f"error {number}" in caplog.text
    assert mailbox.to == ["c@example.org"]


def test_what_broke_in_the_middle_is_taken_up_again(store: Store, open_server: int, mailbox: Mailbox) -> None:
    """Whatever ends a round — here the interpreter being told to stop — the next one settles what it left."""
    queued(store, mail(store, open_server))

    def stopped(*_: object) -> Parcel:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Round(store, {"test": stopped}).send_all()
    assert states(store) == ["preparing"]
    Round(store).send_all()
    assert (states(store), len(mailbox.mails)) == (["sent"], 1)


def test_it_stops_when_it_is_enough(store: Store, open_server: int, mailbox: Mailbox) -> None:
    queued(store, mail(store, open_server), "a@example.org", "b@example.org")
    enough = iter((False, True))
    Round(store).send_all(lambda: next(enough))
    assert (states(store), len(mailbox.mails)) == (["sent", "due"], 1)


def test_logs_hold_neither_addresses_nor_secrets(
    store: Store, open_server: int, mailbox: Mailbox, bot_api: BotApi, receiver: Receiver, clock: Clock,
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Everything that is written about deliveries that arrive, are refused, break and hang, at the most talkative."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    for name in ("mail.log", "httpcore", "asyncio"):  # the servers' own log, and the wire
        logging.getLogger(name).setLevel(logging.WARNING)
    hook = {"url": f"{receiver.url}/hook?token=hook-secret", "secret": "sign-secret", "allows_private": True}
    channels = [
        mail(store, open_server), set_up(store, "bot", "telegram", {"token": TOKEN, "address": bot_api.url}),
        set_up(store, "hook", "webhook", hook), mail(store, 1, "nobody"),
    ]  # fmt: skip
    mailbox.data.extend(["250 ok", f"550 <{ADDRESS}> no", "hang up"])
    receiver.answers.extend([(200, {}, b""), None, (500, {}, b"")])
    bot_api.hangs_up = 1
    for number in range(3):
        for channel in channels:
            queued(store, channel, occasion=str(number))
        Round(store).send_all()
        clock.now += timedelta(hours=1)
    told = caplog.text + "".join(str(one.reason) for one in store.entries.deliveries.of("test"))
    for secret in (ADDRESS, TOKEN, "hook-secret", "sign-secret", "777"):
        assert secret not in told
