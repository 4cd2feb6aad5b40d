"""What people answered.

Invariant: an answer of staff carries no day, no invitation and no words; the words lie by themselves, both in an order
that chance made. Before the survey is over, and where fewer than five answered, nothing but their number is given out.
A group that would be too small to show is forgotten when the survey ends.
"""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.model import FEWEST
from data.store.clock import Clock
from data.store.entries.database import Database, Writing
from data.store.entries.surveys.model import Survey, plain
from data.store.entries.surveys.sealing import kept_apart
from data.store.token import hash_of

Given = Literal["taken", "used", "over"]
"""taken: it counts · used: this invitation was answered before · over: too late."""

LONGEST_COMMENT = 2000


@dataclass(frozen=True)
class Door:
    """Where a token leads to."""

    survey: Survey
    """What is asked."""
    link: int
    """Number of the link."""
    invitation: str | None
    """Hash of the one-time token; None: the link is open to everybody."""
    is_used: bool
    """The invitation was answered."""


@dataclass(frozen=True)
class Answer:
    """What one person answered."""

    id: str
    """Made by chance, the same at every look."""
    group: tuple[str, str] | None
    """(dimension, member) of the link it came by; None: no group, or one too small to show."""
    day: date | None
    """When; of staff None."""
    scores: tuple[int, ...]
    """One a question of the survey, in its order."""
    comment: str | None
    """Their words; of staff None."""


@dataclass(frozen=True)
class Told:
    """What may be known of a survey's answers."""

    survey: Survey
    """The survey."""
    people: int
    """How many answered."""
    hidden: Literal["running", "few"] | None
    """Why nothing else is told: a survey of staff that is not over, or fewer than five answered; None: it is told."""
    answers: tuple[Answer, ...]
    """Every answer, in an order that chance made."""
    remarks: tuple[str, ...]
    """What people wrote, in another such order."""


class Answers:
    """Answers of one workspace."""

    def __init__(self, database: Database, clock: Clock, survey: Callable[[int], Survey]) -> None:
        self._database = database
        self._clock = clock
        self._survey = survey

    def door(self, token: str) -> Door | None:
        """Where a token leads; None: nowhere."""
        known = hash_of(token)
        rows = self._database.rows("select survey, id, null, 0 from survey_links where hash = ?", (known,))
        rows = rows or self._database.rows(
            """select l.survey, l.id, i.hash, i.is_used from survey_invitations i join survey_links l on l.id = i.link
            where i.hash = ?""",
            (known,),
        )
        return Door(self._survey(rows[0][0]), rows[0][1], rows[0][2], bool(rows[0][3])) if rows else None

    def give(self, door: Door, sheet: str, scores: Sequence[int], comment: str) -> Given:
        """Take an answer in. `sheet`: chance that came with the questions; sent twice, it counts once."""
        survey, today = door.survey, self._clock().date()
        said = plain(comment)[:LONGEST_COMMENT] if survey.asks_comment else ""
        number = hashlib.sha256(f"{survey.id}:{sheet}".encode()).hexdigest()
        if not all(q.low <= n <= q.high for q, n in zip(survey.questions, scores, strict=True)):
            raise ValueError("a score outside its scale")
        with self._database.receive() as connection:
            if connection.execute("select 1 from survey_answers where id = ?", (number,)).fetchone():
                return "taken"
            if self._survey(survey.id).is_over(today):
                return "over"
            if door.invitation is not None and not _used(connection, door.invitation):
                return "used"
            is_private = survey.is_private
            day, beside = (None, None) if is_private else (today.isoformat(), said or None)
            connection.execute(
                "insert into survey_answers (id, survey, link, day, scores, comment) values (?, ?, ?, ?, ?, ?)",
                (number, survey.id, door.link, day, json.dumps(list(scores)), beside),
            )
            if is_private and said:
                remark = (secrets.token_hex(16), survey.id, said)
                connection.execute("insert into survey_remarks (id, survey, remark) values (?, ?, ?)", remark)
            if is_private:
                _leave_no_trace(connection, survey.id)
        return "taken"

    def people(self) -> dict[int, int]:
        """Survey → how many answered."""
        return dict(self._database.rows("select survey, count(*) from survey_answers group by survey"))

    def told(self, number: int) -> Told:
        """What may be known of a survey now. `UnknownName` if there is none of that number."""
        survey = self._survey(number)
        count = self.people().get(number, 0)
        if survey.is_private:
            if not survey.is_over(self._clock().date()):
                return Told(survey, count, "running", (), ())
            self._seal(number)
            if count < FEWEST:
                return Told(survey, count, "few", (), ())
        answers = self._all(number)
        return Told(survey, count, None, answers, self._remarks(number, answers) if count >= FEWEST else ())

    def _all(self, number: int) -> tuple[Answer, ...]:
        rows = self._database.rows(
            """select a.id, l.dimension, l.member, a.day, a.scores, a.comment from survey_answers a
            left join survey_links l on l.id = a.link where a.survey = ? order by a.id""",
            (number,),
        )
        return tuple(
            Answer(
                id_, (dimension, member) if dimension is not None else None, date.fromisoformat(day) if day else None,
                tuple(json.loads(scores)), comment,
            )
            for id_, dimension, member, day, scores, comment in rows
        )  # fmt: skip

    def _remarks(self, number: int, answers: Sequence[Answer]) -> tuple[str, ...]:
        rows = self._database.rows("select remark from survey_remarks where survey = ? order by id", (number,))
        return (*(row[0] for row in rows), *(answer.comment for answer in answers if answer.comment))

    def _seal(self, number: int) -> None:
        """Forget the groups that are too small to show, once."""
        if self._database.rows("select is_sealed from surveys where id = ?", (number,))[0][0]:
            return
        with self._database.receive() as connection:
            links = Counter(
                row[0] for row in connection.execute("select link from survey_answers where survey = ?", (number,))
            )
            apart = kept_apart({link: n for link, n in links.items() if link is not None}, links[None])
            connection.executemany(
                "update survey_answers set link = null where survey = ? and link = ?",
                [(number, link) for link in links if link not in apart],
            )
            connection.execute("update surveys set is_sealed = 1 where id = ?", (number,))


def _leave_no_trace(connection: Writing, survey: int) -> None:
    """Write what was answered anew, in the order of chance: PostgreSQL keeps with each row when it was written, which
    would tell the order of answers and with which invitation each came."""
    for table in ("survey_answers", "survey_remarks"):
        rows = connection.execute(f"select * from {table} where survey = ? order by id", (survey,)).fetchall()
        connection.execute(f"delete from {table} where survey = ?", (survey,))
        if rows:
            connection.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)


def _used(connection: Writing, invitation: str) -> bool:
    """Mark an invitation used; False if it was."""
    made = connection.execute("update survey_invitations set is_used = 1 where hash = ? and is_used = 0", (invitation,))
    return made.rowcount == 1
