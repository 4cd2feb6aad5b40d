"""The log of deliveries, and the claims on them.

Invariant: of one source, occasion, recipient and channel there is one delivery, whoever asks for it how often. Only
whoever claimed one moves it on, and a claim ends with the process that made it. Each step is on the disk when its call
returns: what is not «sending» yet has not left, and what is was perhaps taken.
"""

import json
import secrets
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from data.errors import UnknownName, UserError
from data.message import Message, say
from data.store.clock import Clock
from data.store.codec import message_from_json, message_to_json
from data.store.entries.database import Database, Writing
from data.store.entries.delivery.model import Delivery, NewDelivery, State
from data.store.entries.delivery.times import from_text, to_text

LONGEST_RECEIPT = 200
"""Characters of what the other side said that are kept."""
MOST_ENDINGS = 5
"""Tries of one delivery that may end with the program: what ends it each time must not keep it from everything else."""
_KEY_BYTES = 12
_COLUMNS = (
    "id, what, source, occasion, recipient, channel, name, state, due_at, next_at, attempts, reason, receipt, content,"
    " key, changed_at"
)
_MINE = "life = ? and state in ('preparing', 'sending')"


class LostClaim(Exception):
    """The delivery is not this process's any more: nothing may leave."""


class Deliveries:
    """Deliveries of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._life = database.life
        self._at_hand = threading.RLock()
        self._at_work: set[int] = set()

    def put(self, *news: NewDelivery, then: Callable[[Writing], None] | None = None) -> tuple[int, ...]:
        """Write deliveries down, all or none; the numbers of those that were not there yet.

        `then` writes, in the same transaction, that whatever asked for them has done so.
        """
        made: list[int] = []
        with self._database.receive() as connection:
            for new in news:
                made += [int(row[0]) for row in connection.execute(_INSERT, self._cells(new)).fetchall()]
            if then is not None:
                then(connection)
        return tuple(made)

    def get(self, number: int) -> Delivery:
        """The delivery of that number. `UnknownName` if there is none."""
        found = self._select("where id = ?", (number,))
        if not found:
            raise UnknownName(say("There is no delivery {number}.", number=number))
        return found[0]

    def latest(self, most: int = 100, recipients: Collection[str] | None = None) -> tuple[Delivery, ...]:
        """The latest, the latest first; of these recipients only, where they are named."""
        if recipients is None:
            return self._select("order by due_at desc, id desc limit ?", (most,))
        places = ", ".join("?" * len(recipients)) or "null"
        return self._select(f"where recipient in ({places}) order by due_at desc, id desc limit ?", (*recipients, most))

    def of(self, source: str) -> tuple[Delivery, ...]:
        """Those one source asked for, the first first."""
        return self._select("where source = ? order by id", (source,))

    def waiting(self, now: datetime) -> tuple[Delivery, ...]:
        """Those whose time has come, the longest waiting first."""
        return self._select("where state in ('due', 'failed') and next_at <= ? order by next_at, id", (to_text(now),))

    def recover(self, idempotent: Collection[int]) -> int:
        """What nobody is at any more, because a process or a thread ended: what was being prepared is due again; what
        may have left is uncertain, unless its channel, one of these, takes the same thing twice as once. How many."""
        told = _json(say("The program ended while it was being sent. It may have arrived."))
        fatal = _json(say("The program ended {n} times while it was being made.", n=MOST_ENDINGS))
        if not self._select("where state in ('preparing', 'sending') limit 1", ()):
            return 0  # the clock asks every minute: nothing is written where nothing was left
        with self._at_hand, self._database.receive() as connection:
            left = f"id not in ({_listed({0, *self._at_work, *self._elsewhere()})}) and state"
            given_up = connection.execute(
                f"update deliveries set state = 'failed', next_at = null, reason = ?, changed_at = ?"
                f" where {left} = 'preparing' and attempts >= ?", (fatal, self._now(), MOST_ENDINGS),
            )  # fmt: skip
            again = connection.execute(
                f"update deliveries set state = 'due' where {left} = 'preparing'"
                f" or {left} = 'sending' and channel in ({_listed(idempotent)})"
            )
            lost = connection.execute(
                f"update deliveries set state = 'uncertain', next_at = null, reason = ?, changed_at = ?"
                f" where {left} = 'sending'", (told, self._now()),
            )  # fmt: skip
            return given_up.rowcount + again.rowcount + lost.rowcount

    def _elsewhere(self) -> frozenset[int]:
        """Those that other processes are at, which go on."""
        rows = self._database.rows("select id, life from deliveries where state in ('preparing', 'sending')")
        going = self._database.others({life for _, life in rows if life is not None})
        return frozenset(int(number) for number, life in rows if life in going)

    def claim(self, number: int) -> bool:
        """Whoever asks makes and sends it, and lets go of it at the end; False: somebody else does, or did."""
        with self._at_hand, self._database.receive() as connection:
            done = connection.execute(
                "update deliveries set state = 'preparing', life = ?, attempts = attempts + 1, changed_at = ?"
                " where id = ? and state in ('due', 'failed') and next_at is not null",
                (self._life, self._now(), number),
            )
            if done.rowcount == 1:
                self._at_work.add(number)
            return done.rowcount == 1

    def let_go(self, number: int) -> None:
        """Nobody here is at it any more, however that ended."""
        with self._at_hand:
            self._at_work.discard(number)

    def leaving(self, number: int) -> None:
        """From now on it may have been taken. `LostClaim`: it must not be sent."""
        with self._database.receive() as connection:
            done = connection.execute(
                f"update deliveries set state = 'sending', changed_at = ? where id = ? and {_MINE}",
                (self._now(), number, self._life),
            )
            if done.rowcount != 1:
                raise LostClaim

    def sent(self, number: int, receipt: str = "") -> None:
        """The other side took it."""
        self._end(number, "sent", None, None, receipt[:LONGEST_RECEIPT])

    def failed(self, number: int, reason: Message, next_at: datetime | None) -> None:
        """The other side did not take it; it is tried again then, or not by itself."""
        self._end(number, "failed", reason, next_at)

    def held(self, channel: int, reason: Message, now: datetime, next_at: datetime | None) -> None:
        """The channel itself does not work: all whose time has come fail with the one that told, untried."""
        with self._database.receive() as connection:
            connection.execute(
                "update deliveries set state = 'failed', reason = ?, next_at = ?, changed_at = ?"
                " where channel = ? and state in ('due', 'failed') and next_at <= ?",
                (_json(reason), to_text(next_at) if next_at else None, self._now(), channel, to_text(now)),
            )

    def uncertain(self, number: int, reason: Message) -> None:
        """Nobody knows whether it was taken."""
        self._end(number, "uncertain", reason, None)

    def postponed(self, number: int, reason: Message, next_at: datetime) -> None:
        """It is not time yet: that was no try."""
        self._end(number, "due", reason, next_at)
        self._database.remark("update deliveries set attempts = attempts - 1 where id = ?", (number,))

    def resend(self, number: int, now: datetime) -> None:
        """Send it again, because a person wants it; what arrived before gets another key, what is uncertain keeps its.

        `UserError` while it is being sent.
        """
        one = self._still(number)
        key = _new_key() if one.state == "sent" else one.key
        with self._database.change("deliveries") as connection:
            connection.execute(
                "update deliveries set state = 'due', next_at = ?, attempts = 0, reason = null, receipt = '', key = ?,"
                " changed_at = ? where id = ?", (to_text(now), key, self._now(), number),
            )  # fmt: skip

    def settle(self, number: int) -> None:
        """A person says it is done with: it arrived, or need not. `UserError` while it is being sent."""
        self._still(number)
        with self._database.change("deliveries") as connection:
            connection.execute(
                "update deliveries set state = 'settled', next_at = null, changed_at = ? where id = ?",
                (self._now(), number),
            )

    def withdraw(self, source: str) -> None:
        """What one source asked for and has not left stays unsent."""
        told = _json(say("It was called off before it was sent."))
        with self._database.receive() as connection:
            connection.execute(
                "update deliveries set state = 'missed', next_at = null, reason = ?, changed_at = ?"
                " where source = ? and state in ('due', 'failed') and next_at is not null",
                (told, self._now(), source),
            )

    def _still(self, number: int) -> Delivery:
        one = self.get(number)
        if one.state in ("preparing", "sending"):
            raise UserError(say("It is being sent at this moment."))
        return one

    def _end(
        self, number: int, state: State, reason: Message | None, next_at: datetime | None, receipt: str = ""
    ) -> None:
        with self._database.receive() as connection:
            connection.execute(
                f"update deliveries set state = ?, reason = ?, next_at = ?, receipt = ?, life = null, changed_at = ?"
                f" where id = ? and {_MINE}",
                (
                    state, _json(reason), to_text(next_at) if next_at else None, receipt, self._now(), number,
                    self._life,
                ),
            )  # fmt: skip

    def _cells(self, new: NewDelivery) -> tuple[Any, ...]:
        due, content = to_text(new.due_at), json.dumps(new.content, ensure_ascii=False) if new.content else None
        state, next_at = ("missed", None) if new.missed else ("due", due)
        return (
            new.what, new.source, new.occasion, new.recipient, new.channel, new.name, state, due, next_at,
            _json(new.missed), content, _new_key(), self._now(),
        )  # fmt: skip

    def _select(self, rest: str, params: tuple[Any, ...]) -> tuple[Delivery, ...]:
        rows = self._database.rows(f"select {_COLUMNS} from deliveries {rest}", params)
        return tuple(_delivery(row) for row in rows)

    def _now(self) -> str:
        return to_text(self._clock().astimezone(UTC))


_INSERT = (
    "insert into deliveries (what, source, occasion, recipient, channel, name, state, due_at, next_at,"
    " reason, content, key, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " on conflict do nothing returning id"
)


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(str(int(number)) for number in sorted(numbers)) or "null"


def _new_key() -> str:
    return secrets.token_hex(_KEY_BYTES)


def _json(message: Message | None) -> str | None:
    return json.dumps(message_to_json(message), ensure_ascii=False) if message is not None else None


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, what, source, occasion, recipient, channel, name, state, due, next_at, attempts = row[:11]
    reason, receipt, content, key, changed = row[11:]
    return Delivery(
        number, what, source, occasion, recipient, channel, name, state, from_text(due),
        from_text(next_at) if next_at else None, attempts, message_from_json(json.loads(reason)) if reason else None,
        receipt, json.loads(content) if content else None, key, from_text(changed),
    )  # fmt: skip
