"""Whoever gets something without an account here: an accountant, a partner, the owner's own second address.

Invariant: an addressee has a part of the figures of their own, set by an owner; one that was removed gets nothing more,
whatever was asked for before.
"""

import json
from dataclasses import dataclass

from data.errors import UnknownName, UserError
from data.message import say
from data.model import Money, Where
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 120
"""Characters of a name or address that are kept."""


@dataclass(frozen=True)
class Addressee:
    """One of them."""

    id: int
    """Their number."""
    name: str
    """What they are called."""
    email: str
    """Their e-mail address; empty: none."""
    chat: str
    """Number of their chat with the bot; empty: none."""
    where: Where
    """Dimension → the only members they see; empty: everybody."""
    money: Money
    """What they see of money."""


class Addressees:
    """Those of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Addressee, ...]:
        """Everybody, by name."""
        rows = self._database.rows(
            "select id, name, email, chat, scope, money from addressees where removed_at is null order by name, id"
        )
        return tuple(
            Addressee(number, name, email, chat, tuple((one, tuple(them)) for one, them in json.loads(scope)), money)
            for number, name, email, chat, scope, money in rows
        )

    def get(self, number: int) -> Addressee | None:
        """The one of a number; None: they were removed."""
        return next((one for one in self.all() if one.id == number), None)

    def add(self, name: str, *, email: str = "", chat: str = "", where: Where = (), money: Money = "shown") -> int:
        """A new one; their number. `UserError` without an address, or limited to nobody."""
        _check(email, chat, where)
        cells = (
            (" ".join(name.split()) or email or chat)[:LONGEST], email.strip()[:LONGEST], chat.strip()[:LONGEST],
            json.dumps(sorted(where), ensure_ascii=False), money, self._clock().isoformat(timespec="seconds"),
        )  # fmt: skip
        with self._database.change("channels") as connection:
            return inserted(
                connection,
                "insert into addressees (name, email, chat, scope, money, entered_at) values (?, ?, ?, ?, ?, ?)",
                cells,
            )

    def link_chat(self, number: int, chat: str) -> None:
        """They wrote to the bot: that is their chat."""
        with self._database.receive() as connection:
            connection.execute("update addressees set chat = ? where id = ?", (chat, number))

    def remove(self, number: int) -> None:
        """They get nothing more. `UnknownName` if there is none of that number."""
        with self._database.change("channels") as connection:
            done = connection.execute(
                "update addressees set removed_at = ? where id = ? and removed_at is null",
                (self._clock().isoformat(timespec="seconds"), number),
            )
            if done.rowcount == 0:
                raise UnknownName(say("There is no addressee {number}.", number=number))


def _check(email: str, chat: str, where: Where) -> None:
    if not email.strip() and not chat.strip():
        raise UserError(say("An addressee needs an e-mail address or a chat."))
    if email.strip():
        check_email(email)
    if any(not members for _, members in where):
        raise UserError(say("The addressee would see nobody: choose whom it is about."))


def check_email(email: str) -> None:
    """`UserError` for what cannot be one e-mail address on one line."""
    local, at, domain = email.strip().rpartition("@")
    if not at or not local or ("." not in domain and domain != "localhost") or not _is_plain(email.strip()):
        raise UserError(say("«{email}» is not an e-mail address.", email=email.strip()[:LONGEST]))


def _is_plain(email: str) -> bool:
    """No space, comma or sign that a mail's head could take for something else."""
    return email.isprintable() and not any(sign in email for sign in ' ,;:<>()[]"\\') and email.count("@") == 1
