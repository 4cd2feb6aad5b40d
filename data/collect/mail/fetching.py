"""Looking through a mailbox for tables.

Invariant: messages are looked at in the order they came; one whose tables were taken is reached only then. A file of a
message is known by the message's own id, so that a mailbox that numbers its messages anew brings nothing twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from data.collect.mail.attachments import Attachment, Head, attachments, head
from data.collect.mail.mailbox import Mailbox, opened
from data.collect.model import Arrived, Asked, Found, Later, Noted, Reached
from data.message import Message, say, say_n

_ENVELOPE = 1.4
"""Times a file grows in a message."""


@dataclass(frozen=True)
class _Letter:
    """A message that fits the settings."""

    number: int
    """Its number in the mailbox."""
    size: int
    """Bytes."""
    head: Head
    """Who sent it, and under what subject."""


def fetch(asked: Asked) -> Iterator[Found]:
    """The tables of every new message that fits."""
    with opened(asked) as mailbox:
        validity = mailbox.validity
        after = int(asked.state.get("uid", 0)) if asked.state.get("validity") == validity else 0
        numbers = _numbers(mailbox, asked, after)
        taken = 0
        for letter in _fitting(mailbox, asked, numbers):
            if taken >= asked.limits.files:
                yield Later(asked.now)
                return
            for one in _tables(mailbox, asked, letter, validity):
                taken += isinstance(one, Arrived)
                yield one
            if asked.settings["seen"] and not asked.is_trial:
                mailbox.mark_read(letter.number)
            yield Reached({"validity": validity, "uid": letter.number})
        if numbers:
            yield Reached({"validity": validity, "uid": max(numbers)})


def prove(asked: Asked) -> tuple[Message, ...]:
    """Sign in, and count what fits."""
    with opened(asked) as mailbox:
        numbers = _numbers(mailbox, asked, 0)
        fitting = sum(1 for _ in _fitting(mailbox, asked, numbers))
    told = say_n(
        "{n} message of the last {days} days fits.", "{n} messages of the last {days} days fit.", fitting,
        days=asked.settings["days"],
    )  # fmt: skip
    return (say("The mailbox lets us in."), told)


def _numbers(mailbox: Mailbox, asked: Asked, after: int) -> list[int]:
    """The new ones; when it is only tried, the latest first."""
    since = (asked.now - timedelta(days=int(asked.settings["days"]))).date()
    found = mailbox.numbers(after, since)
    return found[::-1] if asked.is_trial else found


def _fitting(mailbox: Mailbox, asked: Asked, numbers: list[int]) -> Iterator[_Letter]:
    sender, subject = (str(asked.settings[name]).casefold() for name in ("sender", "subject"))
    found = {number: _Letter(number, size, head(raw)) for number, size, raw in mailbox.heads(numbers)}
    for number in numbers:
        letter = found.get(number)
        if letter is not None and sender in letter.head.sender.casefold() and subject in letter.head.subject.casefold():
            yield letter


def _tables(mailbox: Mailbox, asked: Asked, letter: _Letter, validity: str) -> Iterator[Arrived | Noted]:
    if letter.size > asked.limits.bytes * _ENVELOPE:
        yield Noted(
            say("The message «{subject}» is larger than {most} MB and was not opened.", subject=letter.head.subject,
                most=asked.limits.bytes // 1_000_000)
        )  # fmt: skip
        return
    known_by = letter.head.id or f"{validity}:{letter.number}"
    for place, one in enumerate(attachments(mailbox.message(letter.number), str(asked.settings["names"]))):
        yield _arrived(one, f"{known_by}:{place}:{one.name}")


def _arrived(one: Attachment, key: str) -> Arrived:
    return Arrived(one.name, one.content, key)
