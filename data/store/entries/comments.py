"""What people say about a KPI in a period, and whom they call.

Invariant: a comment is about one KPI, one period, and the whole business or one member; it is never changed, only taken
away, and keeps its row.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

LONGEST = 2000
"""Characters of a comment."""
_FIELDS = "id, kpi, since, until, dimension, member, author, person, text, entered_at"


@dataclass(frozen=True)
class Comment:
    """One comment."""

    id: int
    """Its number; 0: not entered yet."""
    kpi: str
    """KPI id it is about."""
    since: date
    """First day of the period it is about."""
    until: date
    """Last day of it."""
    scope: tuple[str, str] | None
    """(dimension, member) it is about; None: the whole business."""
    author: str
    """Who said it; empty: whoever sat at this computer."""
    person: int | None
    """Their number, where they have an account."""
    text: str
    """What they said."""
    at: datetime | None = None
    """When; None: not entered yet."""


class Comments:
    """Comments of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, kpi: str) -> tuple[Comment, ...]:
        """Those that stand about a KPI, the latest period first, in it the latest first."""
        return self._found("kpi = ?", (kpi,))

    def about(self, kpis: Collection[str], since: date, until: date) -> tuple[Comment, ...]:
        """Those that stand about some KPIs in one period."""
        places = ", ".join("?" * len(kpis)) or "null"
        return self._found(
            f"kpi in ({places}) and since = ? and until = ?", (*kpis, since.isoformat(), until.isoformat())
        )

    def add(self, comment: Comment, mentioned: Collection[int] = ()) -> int:
        """Enter one, calling some people by their numbers; its number. `UserError` without words, or too many."""
        text = comment.text.strip()
        if not text:
            raise UserError(say("A comment needs a few words."))
        if len(text) > LONGEST:
            raise UserError(say("A comment has at most {n} characters.", n=LONGEST))
        cells = (
            comment.kpi, comment.since.isoformat(), comment.until.isoformat(), *(comment.scope or (None, None)),
            comment.author, comment.person, text, self._now(),
        )  # fmt: skip
        with self._database.change("comments", "lead") as connection:
            number = inserted(
                connection,
                "insert into comments (kpi, since, until, dimension, member, author, person, text, entered_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)", cells,
            )  # fmt: skip
            calls = [(number, person) for person in sorted({*mentioned})]
            connection.executemany("insert into comment_mentions (comment, person) values (?, ?)", calls)
            return number

    def remove(self, number: int) -> None:
        """Take one away. `UnknownName` if none of that number stands."""
        with self._database.change("comments", "lead") as connection:
            removed = connection.execute(
                "update comments set removed_at = ? where id = ? and removed_at is null", (self._now(), number)
            )
            if removed.rowcount == 0:
                raise UnknownName(say("There is no comment {number}.", number=number))

    def unseen(self, person: int) -> tuple[Comment, ...]:
        """Those that call somebody who has not seen them."""
        return self._found(
            "id in (select comment from comment_mentions where person = ? and seen_at is null)", (person,)
        )

    def see(self, person: int, kpi: str) -> None:
        """Somebody looks at what is said about a KPI."""
        self._database.remark(
            "update comment_mentions set seen_at = ? where person = ? and seen_at is null"
            " and comment in (select id from comments where kpi = ?)", (self._now(), person, kpi),
        )  # fmt: skip

    def _found(self, where: str, params: tuple[object, ...]) -> tuple[Comment, ...]:
        sql = f"select {_FIELDS} from comments where removed_at is null and {where} order by since desc, id desc"
        return tuple(_comment(row) for row in self._database.rows(sql, params))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _comment(row: tuple[object, ...]) -> Comment:
    number, kpi, since, until, dimension, member, author, person, text, at = row
    return Comment(
        int(str(number)), str(kpi), date.fromisoformat(str(since)), date.fromisoformat(str(until)),
        (str(dimension), str(member)) if dimension is not None else None, str(author),
        int(str(person)) if person is not None else None, str(text), datetime.fromisoformat(str(at)),
    )  # fmt: skip
