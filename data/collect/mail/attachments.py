"""The tables in a message (pure).

Invariant: whatever a message is — damaged, nested, in old letters — reading it gives its tables or none, never an
error. Only files are read, never the text of a message.
"""

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message

from data.collect.unpacking import TABLES

_MOST_PARTS = 200
"""Parts of a message that are looked at."""


@dataclass(frozen=True)
class Head:
    """What is asked about a message before it is opened."""

    sender: str
    """Name and address."""
    subject: str
    """Its subject."""
    id: str
    """What its sender called it; empty: nothing."""


@dataclass(frozen=True)
class Attachment:
    """A file of a message."""

    name: str
    """Its name."""
    content: bytes
    """What is in it."""


def head(raw: bytes) -> Head:
    """The head of a message."""
    told = _lettered(message_from_bytes(raw, policy=policy.compat32))
    return Head(_plain(told["from"]), _plain(told["subject"]), _plain(told["message-id"])[:300])


def attachments(raw: bytes, patterns: str) -> Iterator[Attachment]:
    """Its tables and archives, those of messages within it too."""
    wanted = patterns.lower().split()
    for place, part in enumerate(message_from_bytes(raw, policy=policy.compat32).walk()):
        if place >= _MOST_PARTS:
            return
        name = _name(part)
        if name and _is_wanted(name.lower(), wanted) and (content := _content(part)):
            yield Attachment(name, content)


def _name(part: Message) -> str:
    """What a part is called as a file; empty: it is none."""
    if part.is_multipart():
        return ""
    try:
        return _plain(_lettered(part).get_filename())
    except (LookupError, ValueError):
        return ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_wanted(name: str, patterns: list[str]) -> bool:
    named_so = not patterns or any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
    return named_so and name.endswith((*TABLES, ".zip", ".gz"))


def _lettered(message: Message) -> Message:
    """The message with heads that hold raw bytes in the letters these are likely in."""
    for name, value in list(message.raw_items()):
        if not (text := str(value)).isascii():
            message.replace_header(name, _letters(text.encode("utf-8", "surrogateescape"), None))
    return message


def _plain(text: object) -> str:
    """Encoded words decoded, in one line of signs that can be seen."""
    try:
        parts = decode_header(str(text or ""))
    except ValueError:
        parts = [(str(text), None)]
    whole = "".join(part if isinstance(part, str) else _decoded(part, charset) for part, charset in parts)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())


def _decoded(part: bytes, charset: str | None) -> str:
    """Python gives what stands between encoded words as bytes of its own escapes."""
    return part.decode("raw-unicode-escape") if charset is None else _letters(part, charset)


def _letters(raw: bytes, charset: str | None) -> str:
    for name in dict.fromkeys((charset or "utf-8", "utf-8", "cp1251")):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")
