"""A survey: whom it asks what, until when, and by which links.

Invariant: a survey of staff ends on a day, and its links never lead to one person.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from data.errors import UserError
from data.message import say

Kind = Literal["enps", "pulse", "nps", "csat", "ces", "pain"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a survey of ours can measure."""

Audience = Literal["staff", "client"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""Whom it can ask."""

GROUPS: dict[Audience, tuple[str, ...]] = {
    "staff": ("team", "branch", "role"),
    "client": ("branch", "employee", "service", "account", "team"),
}
"""Dimensions whose members can have links of their own."""

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_TITLE = 30, 300, 120
MOST_LINKS, MOST_INVITATIONS = 60, 1000


@dataclass(frozen=True)
class Question:
    """One question, answered by a number."""

    code: str | None
    """Which of the built-in ones, said in the language of who answers; None: the owner's own words."""
    text: str
    """Its words in the owner's language."""
    low: int
    """Lowest answer."""
    high: int
    """Highest answer."""


@dataclass(frozen=True)
class NewSurvey:
    """What is to be asked."""

    kind: Kind
    """What it measures."""
    audience: Audience
    """Whom it asks."""
    title: str
    """What the owner calls it."""
    questions: tuple[Question, ...]
    """In the order they are asked; each must be answered."""
    until: date | None
    """Last day for answers; None: as long as nobody closes it."""
    asks_comment: bool = True
    """Whether a few words may be added."""
    groups: tuple[tuple[str, str], ...] = ()
    """(dimension, member) that get a link each; none: one link for all."""
    invitations: int = 0
    """One-time links for each group; 0: a link everybody may open."""


@dataclass(frozen=True)
class Survey:
    """One survey as it stands."""

    id: int
    """Its number."""
    kind: Kind
    """What it measures."""
    audience: Audience
    """Whom it asks."""
    title: str
    """What the owner calls it."""
    questions: tuple[Question, ...]
    """In the order they are asked."""
    asks_comment: bool
    """Whether a few words may be added."""
    opens_on: date
    """The day it was made."""
    until: date | None
    """Last day for answers; None: as long as nobody closes it."""
    closed_on: date | None
    """The day it was closed by hand."""

    @property
    def is_private(self) -> bool:
        """It asks staff: nothing is told before the end."""
        return self.audience == "staff"

    @property
    def last_day(self) -> date | None:
        """The day answers end with, where that is known; those of staff are all dated so."""
        return self.closed_on or self.until

    def is_over(self, today: date) -> bool:
        """Nobody can answer any more."""
        return self.closed_on is not None or (self.until is not None and self.until < today)


@dataclass(frozen=True)
class Link:
    """A way into a survey."""

    id: int
    """Its number."""
    survey: int
    """The survey's number."""
    group: tuple[str, str] | None
    """(dimension, member) of those who answer here, or of what they answer about; None: everybody."""
    invitations: int
    """One-time links under it; 0: it is open to everybody."""


def plain(text: str) -> str:
    """A person's text without signs that are no letters: they break what draws and reads it later."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else " " if sign.isspace() else "" for sign in text
    ).strip()


def sound(new: NewSurvey, today: date) -> NewSurvey:
    """The survey, if it can be asked. `UserError` says what it lacks."""
    title = " ".join(plain(new.title).split())[:LONGEST_TITLE]
    questions = tuple(replace(question, text=" ".join(plain(question.text).split())) for question in new.questions)
    new = replace(new, title=title, questions=questions)
    if not title:
        raise UserError(say("A survey needs a title."))
    if not 1 <= len(new.questions) <= MOST_QUESTIONS:
        raise UserError(say("A survey needs at least one question and no more than {n}.", n=MOST_QUESTIONS))
    if any(not question.text.strip() or len(question.text) > LONGEST_QUESTION for question in new.questions):
        raise UserError(say("A question has some words, and no more than {n} letters.", n=LONGEST_QUESTION))
    if len({question.text.casefold() for question in new.questions}) < len(new.questions):
        raise UserError(say("Two of the questions are the same."))
    _check_days(new, today)
    _check_groups(new)
    return new


def _check_days(new: NewSurvey, today: date) -> None:
    if new.until is None and new.audience == "staff":
        raise UserError(
            say("A survey of staff needs a last day."),
            hint=say("Its results are shown after it, all at once: otherwise each new answer could be told apart."),
        )
    if new.until is not None and new.until < today:
        raise UserError(say("The last day is over already: {until}.", until=new.until))


def _check_groups(new: NewSurvey) -> None:
    unknown = [name for name, _ in new.groups if name not in GROUPS[new.audience]]
    if unknown:
        raise UserError(
            say("This survey cannot have links by «{name}».", name=unknown[0]),
            hint=say("It can by: {names}.", names=GROUPS[new.audience]),
        )
    if len({name for name, _ in new.groups}) > 1:
        raise UserError(say("The links of a survey are by one thing: by branch or by team, not both."))
    if len(new.groups) > MOST_LINKS or len(set(new.groups)) < len(new.groups):
        raise UserError(say("A survey can have {n} links, each for another group.", n=MOST_LINKS))
    if not 0 <= new.invitations <= MOST_INVITATIONS:
        raise UserError(say("There can be {n} invitations in a group.", n=MOST_INVITATIONS))
