"""What a delivery says, made when it is sent.

Invariant: made through a Reader with the recipient's scope as it is at that moment. Whatever cannot be made says
whether it is ever worth another try.
"""

from collections.abc import Callable
from datetime import datetime

from data.message import Message, say
from data.store.entries import Delivery
from data.store.store import Store
from kpi.delivery.audience import Recipient
from kpi.delivery.parcel import Parcel


class Never(Exception):
    """There will be nothing to send."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """Why, for the log."""


class NotYet(Exception):
    """It is made later."""

    def __init__(self, reason: Message, next_at: datetime) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """What it waits for."""
        self.next_at = next_at
        """When it is looked at again (UTC)."""


Maker = Callable[[Store, Delivery, Recipient, datetime], Parcel]
"""Makes what a delivery says for a recipient, at a moment (UTC)."""


def as_told(_store: Store, delivery: Delivery, _recipient: Recipient, _now: datetime) -> Parcel:
    """What was known before: `content` holds subject, text and perhaps html."""
    told = delivery.content or {}
    if not told.get("text"):
        raise Never(say("There is nothing to send."))
    facts = told.get("facts")
    return Parcel(
        delivery.key, str(told.get("subject", "")), str(told["text"]), str(told.get("html", "")),
        facts=facts if isinstance(facts, dict) else {},
    )  # fmt: skip
