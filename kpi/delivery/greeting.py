"""Whoever opens their link to the bot and presses «Start» is reached by it from then on.

Invariant: a bot is asked for messages only while somebody is to write to it; of what people write nothing is kept but
the number of the chat that told a code.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.entries import ChannelEntry
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.audience import people_of
from kpi.delivery.channel import NotSent, Unclear
from kpi.delivery.channels.telegram import Bot
from kpi.delivery.kinds import open_channel
from kpi.language import language

_START = "/start "
_log = logging.getLogger("kpi.delivery")


def link_to(store: Store, entry: ChannelEntry, recipient: str) -> str:
    """The link by which a recipient tells the bot who they are. `UserError` where the bot does not answer."""
    try:
        name = _bot(store, entry).call("getMe", {})["username"]
    except (NotSent, Unclear) as error:
        raise UserError(say("The bot does not answer."), error.reason) from None
    return f"https://t.me/{name}?start={store.entries.codes.make(recipient, entry.id, instant(store.clock))}"


def listen(store: Store, now: datetime) -> None:
    """Read what was written to the bots that somebody is to write to."""
    for number in store.entries.codes.awaited(now):
        entry = store.entries.channels.get(number)
        if entry is None:
            continue
        try:
            _read(store, entry, now)
        except (NotSent, Unclear, UserError):
            _log.warning("the messages of channel %s could not be read", number)


def _read(store: Store, entry: ChannelEntry, now: datetime) -> None:
    bot, codes = _bot(store, entry), store.entries.codes
    asked = {"offset": str(codes.read_from(entry.id)), "timeout": "0", "allowed_updates": '["message"]'}
    for number, chat, code in _started(bot.call("getUpdates", asked)):
        whom = codes.use(code, entry.id, now) if code else None
        if whom is not None:
            _keep(store, whom, chat)
            _greet(bot, chat)
        codes.read_to(entry.id, number + 1)


def _started(updates: Any) -> Iterator[tuple[int, str, str]]:
    """Number, chat and code of each message; without a code where it is none of ours, or not from a chat of two."""
    for update in updates if isinstance(updates, list) else ():
        message = update.get("message") or {}
        chat, text = message.get("chat") or {}, str(message.get("text") or "")
        is_ours = chat.get("type") == "private" and text.startswith(_START)
        yield int(update["update_id"]), str(chat.get("id", "")), text.removeprefix(_START).strip() if is_ours else ""


def _keep(store: Store, whom: str, chat: str) -> None:
    kind, _, number = whom.partition(":")
    if kind == "addressee":
        store.entries.addressees.link_chat(int(number), chat)
    else:
        with people_of(store) as (people, _):
            people.contacts.link_chat(int(number), chat)


def _greet(bot: Bot, chat: str) -> None:
    text = "\n\n".join(
        language(code).t("From now on reports come here. You can stop them by blocking the bot.")
        for code in ("ru", "en")
    )
    with suppress(NotSent, Unclear):  # they are linked all the same
        bot.call("sendMessage", {"chat_id": chat, "text": text})


def _bot(store: Store, entry: ChannelEntry) -> Bot:
    found = open_channel(store, entry)
    assert isinstance(found, Bot)
    return found
