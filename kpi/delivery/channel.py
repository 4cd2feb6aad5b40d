"""What a channel promises.

Invariant: until a channel calls `leaving`, nothing of the parcel can have been taken; once `send` returns, it was. What
it raises says which of the rest it is: `NotSent` — certainly not taken; `Unclear` — nobody knows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from data.message import Message
from kpi.delivery.parcel import Parcel

Leaving = Callable[[], None]
"""Writes down that from now on it may have been taken; what it raises ends the sending."""


class NotSent(Exception):
    """The other side did not take it."""

    def __init__(
        self, reason: Message, *, again: bool, after: timedelta | None = None, is_channel: bool = False
    ) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """Why, for the log; names no address and no secret."""
        self.again = again
        """Whether another try may help."""
        self.after = after
        """How long the other side asked to wait; None: it did not."""
        self.is_channel = is_channel
        """Whether the channel does not work for anybody: a wrong password, no answer."""


class Unclear(Exception):
    """It may have been taken."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """What happened, for the log; names no address and no secret."""


class Channel(Protocol):
    """A way out."""

    def send(self, parcel: Parcel, to: str, leaving: Leaving) -> str:
        """Hand the parcel over; what the other side said. `to` is an address of its kind; empty: it has but one."""
