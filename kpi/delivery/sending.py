"""Sending what waits: claimed, made, handed over, written down — each step on the disk before the next.

Invariant: from the claim to «sending» nothing can have left, so what breaks there is done again; from then on only what
the channel says counts, and where it cannot say, the delivery is uncertain and never sent again by itself — unless the
channel takes the same parcel twice as once. What fails is tried again after longer and longer waits, then given up.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from data.errors import UserError
from data.message import Message, say
from data.store.entries import Delivery
from data.store.entries.delivery.deliveries import LostClaim
from data.store.entries.delivery.model import State, What
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.audience import Recipient, recipient
from kpi.delivery.channel import Channel, Leaving, NotSent, Unclear
from kpi.delivery.kinds import Kind, kind_of, open_channel
from kpi.delivery.makers import MAKERS
from kpi.delivery.making import Maker, Never, NotYet
from kpi.delivery.parcel import Parcel

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long after each try that failed the next one comes; after the last it is given up."""

_log = logging.getLogger("kpi.delivery")


@dataclass
class Round:
    """One round of sending what waits in a workspace."""

    store: Store
    """The workspace."""
    makers: Mapping[What, Maker] = field(default_factory=lambda: MAKERS)
    """What makes what goes out."""
    done: Counter[State] = field(default_factory=Counter)
    """State a delivery came to → how many did."""
    _ways: dict[int, tuple[Kind, Channel]] = field(default_factory=dict)
    _broken: set[int] = field(default_factory=set)

    def send_all(self, is_enough: Callable[[], bool] = lambda: False) -> Counter[State]:
        """Send what waits, one after the other, until it is enough; how many came to which state."""
        self.store.entries.deliveries.recover(self._idempotent())
        for delivery in self.store.entries.deliveries.waiting(self._now()):
            if is_enough():
                break
            if delivery.channel not in self._broken and self.store.entries.deliveries.claim(delivery.id):
                try:
                    self._one(self.store.entries.deliveries.get(delivery.id))
                finally:
                    self.store.entries.deliveries.let_go(delivery.id)
        return self.done

    def _one(self, delivery: Delivery) -> None:
        log = self.store.entries.deliveries
        try:
            kind, channel = self._way(delivery)
            parcel, to = self._made(delivery, kind)
        except NotYet as wait:
            log.postponed(delivery.id, wait.reason, wait.next_at)
        except Never as never:
            self._failed(delivery, never.reason, again=False)
        except UserError as error:
            self._failed(delivery, error.title)
        except Exception:
            self._failed(delivery, _bug(delivery))
        else:
            self._hand_over(delivery, kind, lambda leaving: channel.send(parcel, to, leaving))

    def _hand_over(self, delivery: Delivery, kind: Kind, send: Callable[[Leaving], str]) -> None:
        log, left = self.store.entries.deliveries, False

        def leaving() -> None:
            nonlocal left
            log.leaving(delivery.id)
            left = True

        try:
            receipt = send(leaving)
        except NotSent as error:
            self._failed(delivery, error.reason, again=error.again, after=error.after, is_channel=error.is_channel)
        except LostClaim:
            _log.warning("delivery %s was taken over by somebody else", delivery.id)
        except Exception as error:
            reason = error.reason if isinstance(error, Unclear) else _bug(delivery)
            if left and not kind.is_idempotent:
                log.uncertain(delivery.id, reason)
                self.done["uncertain"] += 1
            else:
                self._failed(delivery, reason)
        else:
            log.sent(delivery.id, receipt)
            self.done["sent"] += 1

    def _way(self, delivery: Delivery) -> tuple[Kind, Channel]:
        if delivery.channel not in self._ways:
            entry = self.store.entries.channels.get(delivery.channel)
            if entry is None:
                raise Never(say("The channel was taken away."))
            self._ways[delivery.channel] = kind_of(entry.kind), open_channel(self.store, entry)
        return self._ways[delivery.channel]

    def _made(self, delivery: Delivery, kind: Kind) -> tuple[Parcel, str]:
        """The parcel, and the address it goes to."""
        whom = recipient(self.store, delivery.recipient)
        if whom is None:
            raise Never(say("They get nothing any more: the account was closed, or they were removed."))
        maker = self.makers.get(delivery.what)
        if maker is None:
            raise Never(say("There is nothing to send."))
        to = _address(kind, whom)
        return maker(self.store, delivery, whom, self._now()), to

    def _failed(
        self, delivery: Delivery, reason: Message, *, again: bool = True, after: timedelta | None = None,
        is_channel: bool = False,
    ) -> None:  # fmt: skip
        wait = WAITS[delivery.attempts - 1] if again and delivery.attempts <= len(WAITS) else None
        next_at = self._now() + max(wait, after or wait) if wait is not None else None
        self.store.entries.deliveries.failed(delivery.id, reason, next_at)
        self.done["failed"] += 1
        if is_channel:
            self._broken.add(delivery.channel)
            self.store.entries.deliveries.held(delivery.channel, reason, self._now(), next_at)

    def _idempotent(self) -> frozenset[int]:
        known = self.store.entries.channels.all()
        return frozenset(one.id for one in known if kind_of(one.kind).is_idempotent)

    def _now(self) -> datetime:
        return instant(self.store.clock)


def _address(kind: Kind, whom: Recipient) -> str:
    """Where they are reached; empty: there is but one at the other end."""
    if kind.reach == "place":
        return ""
    if address := whom.email if kind.reach == "email" else whom.chat:
        return address
    raise Never(say("No e-mail address is known.") if kind.reach == "email" else say("No chat with the bot is known."))


def _bug(delivery: Delivery) -> Message:
    number = secrets.token_hex(4)
    _log.exception("error %s in delivery %s", number, delivery.id)
    return say("Something went wrong here; the number in the program's log is {id}.", id=number)
