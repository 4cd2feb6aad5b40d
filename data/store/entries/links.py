"""Links that were given out: what each shows, and whether it still opens.

Invariant: a token has 256 random bits and is kept as its hash only: who reads this file opens nothing with it. A link
that was taken back, or was found to be over, never opens again, not by a clock that is set back either. What a link
shows is never changed: another one is made.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from data.errors import UnknownName, UserError
from data.message import say
from data.model import Money, Where
from data.store.clock import Clock
from data.store.disk import DiskFull
from data.store.entries.database import Database, inserted
from data.store.token import hash_of, new_token

LONGEST_TITLE = 80
"""Characters of a link's title that are kept."""
SLACK = timedelta(days=1)
"""How far the clock may be set back without a link that ends by itself being shut for as long."""


@dataclass(frozen=True)
class NewLink:
    """A link as somebody wants it."""

    pages: frozenset[str]
    """The pages it opens."""
    page: str
    """The one it begins with."""
    where: Where = ()
    """Dimension → the only members it shows."""
    title: str = ""
    """What whoever gave it out calls it."""
    view: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The address of the view it begins with."""
    since: date | None = None
    """First day it shows; None: all days."""
    until: date | None = None
    """Last day it shows; None: all days."""
    money: Money = "shown"
    """Whether sums of money are shown, rounded or hidden."""
    lasts: timedelta | None = None
    """How long it opens; None: until it is taken back."""
    password: str | None = None
    """Hash of the password it asks for; None: none."""
    by: str = ""
    """Who gives it out."""


@dataclass(frozen=True)
class Link:
    """One link, without its token."""

    id: int
    """Its number."""
    title: str
    """What whoever gave it out calls it; empty: nothing."""
    where: Where
    """Dimension → the only members it shows."""
    pages: frozenset[str]
    """The pages it opens."""
    page: str
    """The one it begins with."""
    view: Mapping[str, tuple[str, ...]]
    """The address of the view it begins with."""
    since: date | None
    """First day it shows."""
    until: date | None
    """Last day it shows."""
    money: Money
    """Whether sums of money are shown, rounded or hidden."""
    password: str | None
    """Hash of the password it asks for; None: none."""
    created_at: datetime
    """When it was made."""
    created_by: str
    """Who made it; empty: whoever sat at this computer."""
    expires_at: datetime | None
    """When it stops opening; None: it does not by itself."""
    opened: int
    """How often it was opened."""
    opened_at: datetime | None
    """When it was opened last."""
    revoked_at: datetime | None
    """When it was taken back; None: it was not."""
    over_at: datetime | None = None
    """When it was first found to be over by itself; None: it was not yet."""

    def opens(self, now: datetime) -> bool:
        """Whether it still does."""
        if self.revoked_at is not None or self.over_at is not None:
            return False
        return self.expires_at is None or self.created_at - SLACK <= now < self.expires_at


class Links:
    """Links of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Link, ...]:
        """Every link, the first first, those taken back included."""
        return tuple(_link(row) for row in self._database.rows(f"{_SELECT} order by id"))

    def of(self, dimension: str, member: str) -> tuple[Link, ...]:
        """The links of one member alone that open."""
        only, now = ((dimension, (member,)),), self._clock()
        return tuple(one for one in self.all() if one.where == only and one.opens(now))

    def create(self, new: NewLink) -> tuple[int, str]:
        """A new link: its number and its token, which is told this once."""
        _check(new)
        token, now = new_token(), self._clock()
        cells = (
            hash_of(token), new.title.strip()[:LONGEST_TITLE], json.dumps(new.where), json.dumps(sorted(new.pages)),
            new.page, json.dumps(dict(new.view)), _iso(new.since), _iso(new.until), new.money, new.password,
            now.isoformat(timespec="seconds"), new.by, _iso(now + new.lasts if new.lasts is not None else None),
        )  # fmt: skip
        with self._database.change("links") as connection:
            return inserted(
                connection, f"insert into links ({_NEW}) values ({', '.join('?' * len(cells))})", cells
            ), token

    def revoke(self, number: int) -> None:
        """Take a link back. `UnknownName` if none of that number opens."""
        with self._database.change("links") as connection:
            changed = connection.execute(
                "update links set revoked_at = ? where id = ? and revoked_at is null", (self._now(), number)
            )
            if changed.rowcount == 0:
                raise UnknownName(say("There is no link {number} that opens.", number=number))

    def find(self, token: str) -> Link | None:
        """The link of a token; None: there never was one, or it does not open any more."""
        rows = self._database.rows(f"{_SELECT} where token_hash = ?", (hash_of(token),))
        return self._if_open(rows)

    def get(self, number: int) -> Link | None:
        """The link of a number, if it opens."""
        return self._if_open(self._database.rows(f"{_SELECT} where id = ?", (number,)))

    def note_opened(self, link: Link) -> None:
        """It was opened now."""
        self._database.remark(
            "update links set opened = opened + 1, opened_at = ? where id = ?", (self._now(), link.id)
        )

    def _if_open(self, rows: list[tuple[str, ...]]) -> Link | None:
        found, now = _link(rows[0]) if rows else None, self._clock()
        if found is None or found.opens(now):
            return found
        if found.expires_at is not None and found.expires_at <= now and found.over_at is None:
            with suppress(DiskFull):
                self._database.remark("update links set over_at = ? where id = ?", (self._now(), found.id))
        return None

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


_NEW = "token_hash, title, scope, pages, page, view, since, until, money, password, created_at, created_by, expires_at"
_SELECT = (
    "select id, title, scope, pages, page, view, since, until, money, password, created_at, created_by, expires_at,"
    " opened, opened_at, revoked_at, over_at from links"
)


def _check(new: NewLink) -> None:
    if new.page not in new.pages:
        raise UserError(say("The link has to open the page it begins with."))
    if new.since is not None and new.until is not None and new.since > new.until:
        raise UserError(say("The period of the link ends before it begins."))
    if new.lasts is not None and new.lasts <= timedelta(0):
        raise UserError(say("The link would be over before it opens."))
    if any(not members for _, members in new.where):
        raise UserError(say("The link would show nobody: choose whom it is for."))


def _iso(moment: date | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment is not None else None


def _link(row: tuple[str, ...]) -> Link:
    where, pages, view = json.loads(row[2]), json.loads(row[3]), json.loads(row[5])
    since, until = (date.fromisoformat(day) if day else None for day in row[6:8])
    created, expires, opened, revoked, over = (
        datetime.fromisoformat(moment) if moment else None for moment in (row[10], row[12], *row[14:17])
    )
    return Link(
        id=int(row[0]), title=row[1], where=tuple((name, tuple(members)) for name, members in where),
        pages=frozenset(pages), page=row[4], view={name: tuple(values) for name, values in view.items()}, since=since,
        until=until, money=row[8], password=row[9], created_at=created or datetime.min, created_by=row[11],  # type: ignore[arg-type]
        expires_at=expires, opened=int(row[13]), opened_at=opened, revoked_at=revoked,
        over_at=over,
    )  # fmt: skip
