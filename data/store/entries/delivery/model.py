"""The nouns of a delivery: what is to go to whom on which occasion, and how far it came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from data.message import Message

What = Literal["report", "alert", "test"]
"""What goes out."""
State = Literal["due", "preparing", "sending", "sent", "failed", "uncertain", "missed", "settled"]
"""due: waits for its time · preparing: being made, nothing left yet · sending: it may have left · sent: taken by the
other side · failed: not taken, tried again at `next_at` if there is one · uncertain: it may have arrived, and is not
sent again by itself · missed: its time was over before anybody could send it · settled: a person said it is done."""


@dataclass(frozen=True)
class NewDelivery:
    """Something that is to go out once."""

    what: What
    """What it is."""
    source: str
    """Whatever asked for it, such as schedule:3."""
    occasion: str
    """The occasion, such as the day it is for: of one source, occasion, recipient and channel there is one delivery."""
    recipient: str
    """Whom it is for: person:5, addressee:2, employee:Анна, or place for whatever stands at the channel's other end."""
    channel: int
    """Number of the channel."""
    name: str
    """What the recipient is called, for the log."""
    due_at: datetime
    """When it is to go out (UTC)."""
    content: Mapping[str, Any] | None = None
    """What it says, where that is known already (JSON); None: it is made when it is sent."""
    missed: Message | None = None
    """Why it never goes out by itself; None: it does."""


@dataclass(frozen=True)
class Delivery:
    """One delivery as it stands."""

    id: int
    """Its number."""
    what: What
    """What it is."""
    source: str
    """Whatever asked for it."""
    occasion: str
    """The occasion."""
    recipient: str
    """Whom it is for."""
    channel: int
    """Number of the channel."""
    name: str
    """What the recipient is called."""
    state: State
    """How far it came."""
    due_at: datetime
    """When it was to go out (UTC)."""
    next_at: datetime | None
    """When it is tried next (UTC); None: not by itself."""
    attempts: int
    """How often it was tried."""
    reason: Message | None
    """Why it waits, failed or is uncertain."""
    receipt: str
    """What the other side said when it took it."""
    content: Mapping[str, Any] | None
    """What it says, where that was known before."""
    key: str
    """Names it to the other side: the same at every try, so that who gets it twice can tell."""
    changed_at: datetime
    """When it came to its state (UTC)."""
