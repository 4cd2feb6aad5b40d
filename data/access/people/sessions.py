"""Browsers that came in: by signing in, or by a link.

Invariant: a session is known by a token of 256 random bits of which only the hash is kept; it ends by itself, when its
person is closed, when its link is taken back, and when somebody ends it; none of them can be begun again, not by a
clock that is set back either. Whoever is signed in stays so while the disk is full.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from data.access.people.model import Session
from data.store.clock import Clock
from data.store.disk import DiskFull
from data.store.entries.database import Database
from data.store.token import hash_of, new_token

LASTS = timedelta(days=60)
"""How long somebody stays signed in at most."""
IDLE = timedelta(days=14)
"""How long somebody stays signed in without coming back."""
SLACK = timedelta(days=1)
"""How much longer one may seem to last, for the clock may have been set back; more was begun while it ran ahead."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is kept when somebody was here."""


class Sessions:
    """Those of one installation."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def begin(self, business: str, device: str, *, person: int | None = None, link: int | None = None) -> str:
        """A new one of a person or a link: its token."""
        token, now = new_token(), self._clock()
        cells = (hash_of(token), person, link, business, device[:80], *map(datetime.isoformat, (now, now, now + LASTS)))
        with self._database.receive() as connection:
            connection.execute(
                "insert into sessions (token_hash, person, link, business, device, created_at, seen_at, expires_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)", cells,
            )  # fmt: skip
        return token

    def find(self, token: str) -> Session | None:
        """The one of a token, if it goes on."""
        rows = self._database.rows(f"{_SELECT} where token_hash = ? and ended_at is null", (hash_of(token),))
        found, now = _session(rows[0]) if rows else None, self._clock()
        if found is None or found.expires_at > now + LASTS + SLACK:
            return None
        with suppress(DiskFull):
            self._note(found, now)
        return found if _goes_on(found, now) else None

    def _note(self, found: Session, now: datetime) -> None:
        """That they are here, or that it is over: for good."""
        if not _goes_on(found, now):
            self.end(found.id)
        elif now - found.seen_at > SEEN_EVERY:
            self._database.remark("update sessions set seen_at = ? where id = ?", (now.isoformat(), found.id))

    def of(self, person: int) -> tuple[Session, ...]:
        """The ones of a person that go on, the latest first."""
        rows = self._database.rows(f"{_SELECT} where person = ? and ended_at is null order by seen_at desc", (person,))
        now = self._clock()
        return tuple(one for one in map(_session, rows) if _goes_on(one, now))

    def look_at(self, number: int, business: str) -> None:
        """The browser looks at another business from now on."""
        self._database.remark("update sessions set business = ? where id = ?", (business, number))

    def end(self, number: int) -> None:
        """One is over."""
        self._end("id = ?", number)

    def end_all(self, person: int) -> None:
        """All of a person are over, everywhere."""
        self._end("person = ?", person)

    def _end(self, which: str, value: int) -> None:
        self._database.remark(
            f"update sessions set ended_at = ? where {which} and ended_at is null", (self._clock().isoformat(), value)
        )


_SELECT = "select id, person, link, business, device, created_at, seen_at, expires_at from sessions"


def _goes_on(session: Session, now: datetime) -> bool:
    return now < session.expires_at and now - session.seen_at <= IDLE


def _session(row: tuple[int, int | None, int | None, str, str, str, str, str]) -> Session:
    return Session(*row[:5], *map(datetime.fromisoformat, row[5:]))
