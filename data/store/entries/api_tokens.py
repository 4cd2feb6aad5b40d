"""Tokens by which programs read figures, and those of cards that other sites show.

Invariant: a token has 256 random bits and is kept as its hash only. One that was taken back or is over never answers
again; what it shows is never changed: another one is made. A card's token answers for its card and nothing else, for it
stands in the address of a page that everybody who sees the card can read.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.errors import UnknownName, UserError
from data.message import say
from data.model import Money, Where
from data.store.clock import Clock
from data.store.entries.database import Database, inserted
from data.store.entries.links import LONGEST_TITLE
from data.store.token import hash_of, new_token

_SITE = re.compile(r"https://[a-z0-9.-]{1,253}(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?", re.ASCII)
MOST_SITES = 10
"""Sites that may show one card."""


@dataclass(frozen=True)
class Card:
    """The one figure that a card shows."""

    kpi: str
    """KPI id."""
    grain: str = "month"
    """Length of its periods: week, month, quarter or year."""
    running: bool = False
    """Whether it shows the running period; else the last one that is complete."""


@dataclass(frozen=True)
class NewToken:
    """A token as somebody wants it."""

    areas: frozenset[str]
    """Areas of KPIs it answers for."""
    title: str = ""
    """What whoever gave it out calls it."""
    where: Where = ()
    """Dimension → the only members it shows."""
    since: date | None = None
    """First day it shows; None: all days."""
    until: date | None = None
    """Last day it shows; None: all days."""
    money: Money = "shown"
    """Whether sums of money are shown, rounded or hidden."""
    lasts: timedelta | None = None
    """How long it answers; None: until it is taken back."""
    card: Card | None = None
    """The card it is for; None: it is for programs."""
    sites: tuple[str, ...] = ()
    """Origins of the sites that may show the card, such as https://example.org."""
    by: str = ""
    """Who gives it out."""


@dataclass(frozen=True)
class ApiToken:
    """One token, without its text."""

    id: int
    """Its number."""
    title: str
    """What whoever gave it out calls it; empty: nothing."""
    areas: frozenset[str]
    """Areas of KPIs it answers for."""
    where: Where
    """Dimension → the only members it shows."""
    since: date | None
    """First day it shows."""
    until: date | None
    """Last day it shows."""
    money: Money
    """Whether sums of money are shown, rounded or hidden."""
    card: Card | None
    """The card it is for; None: it is for programs."""
    sites: tuple[str, ...]
    """Origins of the sites that may show the card."""
    created_at: datetime
    """When it was made."""
    created_by: str
    """Who made it; empty: whoever sat at this computer."""
    expires_at: datetime | None
    """When it stops answering; None: it does not by itself."""
    used: int
    """How often it was used."""
    used_at: datetime | None
    """When it was used last."""
    revoked_at: datetime | None
    """When it was taken back; None: it was not."""

    def answers(self, now: datetime) -> bool:
        """Whether it still does."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class ApiTokens:
    """Tokens of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[ApiToken, ...]:
        """Every token, the first first, those taken back included."""
        return tuple(_token(row) for row in self._database.rows(f"{_SELECT} order by id"))

    def create(self, new: NewToken) -> tuple[int, str]:
        """A new token: its number and its text, which is told this once."""
        _check(new)
        token, now = new_token(), self._clock()
        cells = (
            hash_of(token), new.title.strip()[:LONGEST_TITLE], json.dumps(sorted(new.areas)), json.dumps(new.where),
            _iso(new.since), _iso(new.until), new.money, json.dumps(vars(new.card)) if new.card else None,
            json.dumps(new.sites), now.isoformat(timespec="seconds"), new.by,
            (now + new.lasts).isoformat(timespec="seconds") if new.lasts is not None else None,
        )  # fmt: skip
        with self._database.change("api_tokens") as connection:
            return inserted(
                connection, f"insert into api_tokens ({_NEW}) values ({', '.join('?' * len(cells))})", cells
            ), token

    def revoke(self, number: int) -> None:
        """Take a token back. `UnknownName` if none of that number answers."""
        with self._database.change("api_tokens") as connection:
            changed = connection.execute(
                "update api_tokens set revoked_at = ? where id = ? and revoked_at is null", (self._now(), number)
            )
            if changed.rowcount == 0:
                raise UnknownName(say("There is no token {number} that answers.", number=number))

    def find(self, token: str) -> ApiToken | None:
        """The token of a text; None: there never was one, or it does not answer any more."""
        rows = self._database.rows(f"{_SELECT} where token_hash = ?", (hash_of(token),))
        found = _token(rows[0]) if rows else None
        return found if found is not None and found.answers(self._clock()) else None

    def note_used(self, number: int, times: int = 1) -> None:
        """It was used so many times, now."""
        self._database.remark(
            "update api_tokens set used = used + ?, used_at = ? where id = ?", (times, self._now(), number)
        )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


_NEW = "token_hash, title, areas, scope, since, until, money, card, sites, created_at, created_by, expires_at"
_SELECT = (
    "select id, title, areas, scope, since, until, money, card, sites, created_at, created_by, expires_at,"
    " used, used_at, revoked_at from api_tokens"
)


def _check(new: NewToken) -> None:
    if not new.areas:
        raise UserError(say("The token would show nothing: choose what it is about."))
    if new.since is not None and new.until is not None and new.since > new.until:
        raise UserError(say("The period of the token ends before it begins."))
    if new.lasts is not None and new.lasts <= timedelta(0):
        raise UserError(say("The token would be over before it answers."))
    if any(not members for _, members in new.where):
        raise UserError(say("The token would show nobody: choose whom it is about."))
    if new.sites and new.card is None:
        raise UserError(say("Only a card can be shown by other sites."))
    if len(new.sites) > MOST_SITES:
        raise UserError(say("At most {n} sites can show a card.", n=MOST_SITES))
    for site in new.sites:
        if not _SITE.fullmatch(site):
            raise UserError(
                say("«{site}» is no address of a site.", site=site),
                hint=say("Write it as https://example.org, with nothing behind the name."),
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _token(row: tuple[str, ...]) -> ApiToken:
    since, until = (date.fromisoformat(day) if day else None for day in row[4:6])
    created, expires, used, revoked = (
        datetime.fromisoformat(moment) if moment else None for moment in (row[9], row[11], row[13], row[14])
    )
    return ApiToken(
        id=int(row[0]), title=row[1], areas=frozenset(json.loads(row[2])),
        where=tuple((name, tuple(members)) for name, members in json.loads(row[3])), since=since, until=until,
        money=row[6], card=Card(**json.loads(row[7])) if row[7] else None, sites=tuple(json.loads(row[8])),  # type: ignore[arg-type]
        created_at=created or datetime.min, created_by=row[10], expires_at=expires, used=int(row[12]), used_at=used,
        revoked_at=revoked,
    )  # fmt: skip
