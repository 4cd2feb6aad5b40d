"""The surveys of one workspace and their links.

Invariant: a survey that was made is never changed, only closed, for good, or deleted with everything answered.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, Writing, inserted
from data.store.entries.surveys.answers import Answers
from data.store.entries.surveys.model import Link, NewSurvey, Question, Survey, sound
from data.store.entries.surveys.tokens import Tokens, new_salt
from data.store.token import hash_of

_FIELDS = "id, kind, audience, title, questions, asks_comment, opens_on, until, closed_on"


class Surveys:
    """Surveys of one workspace."""

    def __init__(self, database: Database, clock: Clock, key: Path) -> None:
        self._database = database
        self._clock = clock
        self._tokens = Tokens(key)
        self.answers = Answers(database, clock, self.get)
        """What people answered."""

    def all(self) -> tuple[Survey, ...]:
        """Every survey, the latest first."""
        return tuple(map(_survey, self._database.rows(f"select {_FIELDS} from surveys order by id desc")))

    def get(self, number: int) -> Survey:
        """One survey. `UnknownName` if there is none of that number."""
        rows = self._database.rows(f"select {_FIELDS} from surveys where id = ?", (number,))
        if not rows:
            raise UnknownName(say("There is no survey {number}.", number=number))
        return _survey(rows[0])

    def add(self, new: NewSurvey) -> int:
        """Make a survey with its links; its number. `UserError` where it cannot be asked so."""
        now = self._clock()
        new = sound(new, now.date())
        cells = (
            new.kind, new.audience, new.title, json.dumps([asdict(q) for q in new.questions], ensure_ascii=False),
            new.asks_comment, now.date().isoformat(), new.until and new.until.isoformat(),
            now.date().isoformat() if new.audience == "staff" else now.isoformat(timespec="seconds"),
        )  # fmt: skip
        with self._database.change("surveys") as connection:
            number = inserted(
                connection,
                "insert into surveys (kind, audience, title, questions, asks_comment, opens_on, until, entered_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                cells,
            )
            self._add_links(connection, number, new)
        return number

    def _add_links(self, connection: Writing, survey: int, new: NewSurvey) -> None:
        for dimension, member in new.groups or ((None, None),):
            salt = new_salt()
            link = inserted(
                connection,
                "insert into survey_links (survey, dimension, member, salt, hash) values (?, ?, ?, ?, ?)",
                (survey, dimension, member, salt, None if new.invitations else hash_of(self._tokens.token(salt))),
            )
            connection.executemany(
                "insert into survey_invitations (hash, link, place) values (?, ?, ?)",
                [(hash_of(self._tokens.token(salt, place)), link, place) for place in range(1, new.invitations + 1)],
            )

    def links(self, survey: int) -> tuple[Link, ...]:
        """The ways into a survey."""
        rows = self._database.rows(
            """select l.id, l.survey, l.dimension, l.member, count(i.hash) from survey_links l
            left join survey_invitations i on i.link = l.id where l.survey = ? group by l.id order by l.id""",
            (survey,),
        )
        return tuple(
            Link(number, of, (dimension, member) if dimension is not None else None, invited)
            for number, of, dimension, member, invited in rows
        )

    def tokens(self, link: Link) -> tuple[str, ...]:
        """What the addresses of a link end with: one, or one an invitation; none where the key was lost."""
        rows = self._database.rows("select salt, hash from survey_links where id = ?", (link.id,))
        if not rows:
            return ()
        salt, known = rows[0]
        if known is not None:
            return _genuine([(self._tokens.token(salt), known)])
        invited = self._database.rows(
            "select place, hash from survey_invitations where link = ? order by place", (link.id,)
        )
        return _genuine((self._tokens.token(salt, place), hash_) for place, hash_ in invited)

    def close(self, number: int) -> None:
        """Nobody can answer any more. `UserError` where that is so already."""
        today = self._clock().date()
        if self.get(number).is_over(today):
            raise UserError(say("Survey {number} is over already.", number=number))
        with self._database.change("surveys") as connection:
            connection.execute("update surveys set closed_on = ? where id = ?", (today.isoformat(), number))

    def delete(self, number: int) -> None:
        """Forget a survey and everything that was answered. `UnknownName` if there is none."""
        self.get(number)
        with self._database.change("surveys") as connection:
            connection.execute("delete from surveys where id = ?", (number,))

    def forget(self) -> None:
        """Everything was erased: the next link is made with another key."""
        self._tokens.forget()


def _genuine(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Tokens whose hash is the one that is kept."""
    return tuple(token for token, known in pairs if hash_of(token) == known)


def _survey(row: tuple[object, ...]) -> Survey:
    number, kind, audience, title, questions, comment, opens_on, until, closed_on = row
    return Survey(
        int(str(number)), kind, audience, str(title),  # type: ignore[arg-type]  # entered as one of them
        tuple(Question(**one) for one in json.loads(str(questions))), bool(comment), date.fromisoformat(str(opens_on)),
        _day(until), _day(closed_on),
    )  # fmt: skip


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text is not None else None
