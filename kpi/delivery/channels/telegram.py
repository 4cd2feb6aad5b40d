"""Messages and files by a Telegram bot (Bot API: sendMessage, sendDocument, sendMediaGroup).

Invariant: a delivery is one request, so it arrives whole or not at all. Texts go without a parse mode: what a name
contains is never markup. The bot's token is part of the address of each request and is never logged or told.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from data.message import say
from kpi.delivery.channel import Leaving, NotSent, Unclear
from kpi.delivery.parcel import Attachment, Parcel

ADDRESS = "https://api.telegram.org"
"""Where the Bot API is."""
LONGEST_TEXT = 4096
"""UTF-16 units of a message."""
LONGEST_CAPTION = 1024
"""UTF-16 units of the text with a file."""
MOST_FILES = 10
"""Files of one message."""
LARGEST = 50_000_000
"""Bytes of a file."""
SECONDS = 60.0
"""How long the service may take for an answer."""

Reply = Mapping[str, Any]

logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells every address, and the bot's holds its token


@dataclass(frozen=True)
class Bot:
    """A bot."""

    token: str = field(repr=False)
    """Its token."""
    address: str = ADDRESS
    """Where the Bot API is."""
    seconds: float = SECONDS
    """How long the service may take for an answer."""

    def send(self, parcel: Parcel, to: str, leaving: Leaving) -> str:
        """One message to a chat; its number."""
        result = self.call(*_packed(parcel, to), leaving=leaving)
        first = result[0] if isinstance(result, list) else result
        return f"message {first.get('message_id', '')}".strip()

    def call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]] | None = None,
        leaving: Leaving = lambda: None,
    ) -> Any:  # fmt: skip
        """What a method of the Bot API answers. `NotSent` or `Unclear` where it does not."""
        where = f"{self.address.rstrip('/')}/bot{self.token}/{method}"
        try:
            with httpx.Client(timeout=self.seconds, follow_redirects=False) as client:
                leaving()  # no earlier: making a client takes longer than the request
                response = client.post(where, data=dict(fields), files=files or None)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.WriteError, httpx.WriteTimeout):
            raise NotSent(say("Telegram cannot be reached."), again=True, is_channel=True) from None
        except httpx.TransportError:
            raise Unclear(say("The connection to Telegram was lost before it answered.")) from None
        return _result(response)


def _packed(parcel: Parcel, to: str) -> tuple[str, dict[str, str], dict[str, tuple[str, bytes, str]]]:
    """Method, fields and files of the one request."""
    if any(len(file.content) > LARGEST for file in parcel.files) or len(parcel.files) > MOST_FILES:
        raise NotSent(say("The files are larger, or more, than Telegram takes."), again=False)
    text = parcel.note or f"{parcel.subject}\n\n{parcel.text}"
    if not parcel.files:
        alone = '{"is_disabled": true}'
        return "sendMessage", {"chat_id": to, "text": cut(text, LONGEST_TEXT), "link_preview_options": alone}, {}
    caption = cut(text, LONGEST_CAPTION)
    if len(parcel.files) == 1:
        return "sendDocument", {"chat_id": to, "caption": caption}, {"document": _file(parcel.files[0])}
    names = [f"file{number}" for number in range(len(parcel.files))]
    media: list[dict[str, str]] = [{"type": "document", "media": f"attach://{name}"} for name in names]
    media[-1]["caption"] = caption  # the text of the last one stands below them all
    files = {name: _file(file) for name, file in zip(names, parcel.files, strict=True)}
    return "sendMediaGroup", {"chat_id": to, "media": json.dumps(media, ensure_ascii=False)}, files


def cut(text: str, most: int) -> str:
    """A text of at most so many UTF-16 units, cut at a line's or word's end."""
    if _units(text) <= most:
        return text
    kept = text[: most - 1]
    while _units(kept) > most - 1:
        kept = kept[:-1]
    for end in ("\n", " "):
        if (at := kept.rfind(end)) > most // 2:
            return kept[:at].rstrip() + "…"
    return kept + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _file(file: Attachment) -> tuple[str, bytes, str]:
    return file.name, file.content, file.media_type


def _result(response: httpx.Response) -> Any:
    try:
        reply = response.json()
    except ValueError:
        reply = None
    if isinstance(reply, dict) and reply.get("ok") is True:
        return reply.get("result")
    if response.status_code >= 500 or response.is_success:
        raise Unclear(say("Telegram failed while it had the message ({code}).", code=str(response.status_code)))
    raise _refused(response.status_code, reply if isinstance(reply, dict) else {})


def _refused(code: int, reply: Reply) -> NotSent:
    told, wait = str(reply.get("description", ""))[:200], reply.get("parameters", {})
    if code == 429:
        seconds = wait.get("retry_after") if isinstance(wait, dict) else None
        after = timedelta(seconds=int(seconds)) if isinstance(seconds, int) else None
        return NotSent(say("Telegram asked to wait."), again=True, after=after)
    if code in (401, 404):
        return NotSent(say("Telegram does not know the bot: its token is wrong."), again=True, is_channel=True)
    if code == 403:
        return NotSent(say("The bot may not write to this chat: it was blocked or never started."), again=False)
    if isinstance(wait, dict) and "migrate_to_chat_id" in wait:
        return NotSent(say("The group got another number: {chat}.", chat=str(wait["migrate_to_chat_id"])), again=False)
    return NotSent(say("Telegram refused it: {code} {reply}", code=str(code), reply=told), again=False)
