"""Telling a bot who one is: a code is good once, for its bot, for a week, in a chat of two."""

from datetime import timedelta
from typing import Any

import pytest

from data.access.people import Membership, People
from data.errors import UserError
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.audience import recipient
from kpi.delivery.greeting import link_to, listen
from kpi.delivery.kinds import set_up
from tests.unit.delivery.clock import Clock
from tests.unit.delivery.servers.bot_api import TOKEN, BotApi


@pytest.fixture(autouse=True)
def planned(store: Store, bot_api: BotApi) -> None:
    """A bot and a person."""
    set_up(store, "bot", "telegram", {"token": TOKEN, "address": bot_api.url})
    people = People(store.workspace.folder)
    people.persons.admit(people.persons.add("petr", "Пётр"), Membership("", "owner"))
    people.close()


def code(store: Store, whom: str) -> str:
    """The code in somebody's link."""
    link = link_to(store, store.entries.channels.named("bot"), whom)
    assert link.startswith("https://t.me/kpi_test_bot?start=")
    return link.partition("=")[2]


def wrote(bot_api: BotApi, text: str, chat: int = 4711, kind: str = "private") -> None:
    """Somebody writes to the bot."""
    message: dict[str, Any] = {"text": text, "chat": {"id": chat, "type": kind}}
    bot_api.updates.append({"update_id": 100 + len(bot_api.updates), "message": message})


def chat_of(store: Store, whom: str) -> str:
    found = recipient(store, whom)
    assert found is not None
    return found.chat


def test_whoever_opens_their_link_is_reached(store: Store, bot_api: BotApi, clock: Clock) -> None:
    number = store.entries.addressees.add("Бухгалтер", email="buh@example.org")
    for whom, chat in (("person:1", 4711), (f"addressee:{number}", 4712)):
        wrote(bot_api, f"/start {code(store, whom)}", chat)
        listen(store, instant(clock))
        assert chat_of(store, whom) == str(chat)
    assert [sent.chat for sent in bot_api.sent] == ["4711", "4712"]
    assert "отчёты" in bot_api.sent[0].text


def test_a_code_is_good_once_and_for_a_week(store: Store, bot_api: BotApi, clock: Clock) -> None:
    first = code(store, "person:1")
    wrote(bot_api, f"/start {first}", 1)
    listen(store, instant(clock))
    code(store, "person:1")  # or the bot would not be asked at all
    wrote(bot_api, f"/start {first}", 2)
    listen(store, instant(clock))
    assert chat_of(store, "person:1") == "1"
    late = code(store, "person:1")
    clock.now += timedelta(days=8)
    wrote(bot_api, f"/start {late}", 3)
    listen(store, instant(clock))
    assert chat_of(store, "person:1") == "1"


@pytest.mark.parametrize(
    ("text", "kind"), [("/start wrong", "private"), ("hello", "private"), ("/start", "private"), ("", "private")]
)
def test_whatever_else_is_written_links_nobody(
    store: Store, bot_api: BotApi, clock: Clock, text: str, kind: str
) -> None:
    code(store, "person:1")
    wrote(bot_api, text, kind=kind)
    listen(store, instant(clock))
    assert (chat_of(store, "person:1"), bot_api.sent) == ("", [])


def test_a_group_is_nobody(store: Store, bot_api: BotApi, clock: Clock) -> None:
    wrote(bot_api, f"/start {code(store, 'person:1')}", -5, "group")
    listen(store, instant(clock))
    assert chat_of(store, "person:1") == ""


def test_nobody_awaited_nothing_asked(store: Store, bot_api: BotApi, clock: Clock) -> None:
    wrote(bot_api, "/start x")
    listen(store, instant(clock))
    assert bot_api.asked == []


def test_a_bot_that_does_not_answer(store: Store, clock: Clock) -> None:
    set_up(
        store,
        "bot",
        "telegram",
        {"token": "1:wrong", "address": store.entries.channels.named("bot").settings["address"]},
    )
    with pytest.raises(UserError, match="does not answer"):
        link_to(store, store.entries.channels.named("bot"), "person:1")
