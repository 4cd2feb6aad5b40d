"""Persons with an account, and what they may do in which business.

Invariant: a business that has an owner keeps one; whoever is closed keeps no session.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from data.access.people.model import Membership, Person
from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 120
"""Characters of a login or name that are kept."""


class Persons:
    """Those of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Person, ...]:
        """Everybody, those whose account is closed included, by name."""
        return tuple(_person(row) for row in self._database.rows(f"{_SELECT} order by name, id"))

    def find(self, login: str) -> Person | None:
        """The person of a login."""
        rows = self._database.rows(f"{_SELECT} where login = ?", (spelled(login),))
        return _person(rows[0]) if rows else None

    def get(self, number: int) -> Person | None:
        """The person of a number."""
        rows = self._database.rows(f"{_SELECT} where id = ?", (number,))
        return _person(rows[0]) if rows else None

    def add(self, login: str, name: str) -> int:
        """A new person; their number. `UserError` where the login is taken or says nothing."""
        if not spelled(login):
            raise UserError(say("A person needs a name to sign in with: an e-mail address or a word."))
        try:
            with self._database.change("people") as connection:
                return inserted(
                    connection,
                    "insert into people (login, name, created_at) values (?, ?, ?)",
                    (spelled(login), (name.strip() or spelled(login))[:LONGEST], self._now()),
                )
        except sqlite3.IntegrityError:
            raise UserError(say("Somebody signs in as «{login}» already.", login=spelled(login))) from None

    def choose_password(self, number: int, hashed: str) -> None:
        """Their new password, and all they were signed in with is over."""
        with self._database.receive() as connection:
            connection.execute("update people set password = ? where id = ?", (hashed, number))
            connection.execute(_END, (self._now(), number))

    def rehash(self, number: int, hashed: str) -> None:
        """The same password, kept better."""
        self._database.remark("update people set password = ? where id = ?", (hashed, number))

    def password(self, number: int) -> str | None:
        """What is kept of their password."""
        rows = self._database.rows("select password from people where id = ?", (number,))
        return str(rows[0][0]) if rows and rows[0][0] is not None else None

    def memberships(self, number: int) -> tuple[Membership, ...]:
        """What they belong to."""
        rows = self._database.rows(
            "select business, role, scope, pages, money from memberships where person = ? order by business", (number,)
        )
        return tuple(_membership(row) for row in rows)

    def membership(self, number: int, business: str) -> Membership | None:
        """What they may do in one business."""
        return next((one for one in self.memberships(number) if one.business == business), None)

    def of_business(self, business: str) -> tuple[tuple[Person, Membership], ...]:
        """Everybody of a business whose account is open, by name."""
        found = ((one, self.membership(one.id, business)) for one in self.all() if one.disabled_at is None)
        return tuple((person, mine) for person, mine in found if mine is not None)

    def admit(self, number: int, membership: Membership) -> None:
        """What they may do in a business from now on. `UserError` where it would be left without an owner."""
        if membership.role != "owner":
            self._keep_an_owner(number, (membership.business,))
        pages = json.dumps(sorted(membership.pages)) if membership.pages is not None else None
        cells = (number, membership.business, membership.role, json.dumps(membership.where), pages, membership.money)
        with self._database.change("people") as connection:
            connection.execute(
                "insert into memberships values (?, ?, ?, ?, ?, ?) on conflict (person, business) do update set"
                " role = excluded.role, scope = excluded.scope, pages = excluded.pages, money = excluded.money", cells,
            )  # fmt: skip

    def leave(self, number: int, business: str) -> None:
        """They come into a business no more; who belongs to no other comes in no more at all."""
        if [one.business for one in self.memberships(number)] == [business]:
            self.close(number)
            return
        self._keep_an_owner(number, (business,))
        with self._database.change("people") as connection:
            connection.execute("delete from memberships where person = ? and business = ?", (number, business))

    def close(self, number: int) -> None:
        """They come in no more. `UserError` where a business would be left without an owner."""
        self._keep_an_owner(number, [one.business for one in self.memberships(number)])
        with self._database.change("people") as connection:
            closed = connection.execute(
                "update people set disabled_at = ?, password = null where id = ? and disabled_at is null",
                (self._now(), number),
            )
            if closed.rowcount == 0:
                raise UnknownName(say("There is no open account {number}.", number=number))
            connection.execute("delete from memberships where person = ?", (number,))
            connection.execute(_END, (self._now(), number))

    def has_owner(self, business: str) -> bool:
        """Whether somebody owns a business."""
        return bool(self._owners(business))

    def _keep_an_owner(self, leaving: int, businesses: Iterable[str]) -> None:
        for business in businesses:
            if self._owners(business) == [leaving]:
                raise UserError(
                    say("Somebody has to own the business: this is its last owner."),
                    hint=say("Make somebody else an owner first."),
                )

    def _owners(self, business: str) -> list[int]:
        rows = self._database.rows(
            "select m.person from memberships m join people p on p.id = m.person"
            " where m.business = ? and m.role = 'owner' and p.disabled_at is null", (business,),
        )  # fmt: skip
        return [int(row[0]) for row in rows]

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def spelled(login: str) -> str:
    """A login as it is kept: nobody has to remember where capitals were."""
    return login.strip().casefold()[:LONGEST]


_SELECT = "select id, login, name, password is not null, created_at, disabled_at from people"
_END = "update sessions set ended_at = ? where person = ? and ended_at is null"


def _person(row: tuple[int, str, str, int, str, str | None]) -> Person:
    number, login, name, has_password, created, disabled = row
    closed = datetime.fromisoformat(disabled) if disabled else None
    return Person(number, login, name, bool(has_password), datetime.fromisoformat(created), closed)


def _membership(row: tuple[str, str, str, str | None, str]) -> Membership:
    business, role, scope, pages, money = row
    where = tuple((name, tuple(members)) for name, members in json.loads(scope))
    return Membership(business, role, where, frozenset(json.loads(pages)) if pages else None, money)  # type: ignore[arg-type]
