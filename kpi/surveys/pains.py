"""What hinders staff and clients, worst first, as the latest audits told it.

Invariant: a point is a share of five people or more.
"""

from dataclasses import dataclass
from datetime import date

from data.message import Message
from data.model import FEWEST
from data.store.entries.surveys import AUDIENCES, Audience, Surveys, Told
from kpi.surveys.questions import ITEMS
from kpi.surveys.results import Measure, results


@dataclass(frozen=True)
class PainPoint:
    """One thing that hinders."""

    audience: Audience
    """Whom: staff or client."""
    code: str | None
    """Which of the built-in ones."""
    text: Message
    """What it is."""
    theme: Message | None
    """What it belongs to."""
    measure: Measure
    """Percent of those asked whom it hinders noticeably or a lot, and how many were asked."""
    survey: int
    """Number of the audit."""
    asked_on: date
    """The day the audit ended, or was begun if it runs."""


def pain_points(surveys: Surveys, audience: Audience | None = None) -> tuple[PainPoint, ...]:
    """The points of the latest audit of each audience that told something, the worst of each first."""
    found: list[PainPoint] = []
    for one in AUDIENCES if audience is None else (audience,):
        told = _latest(surveys, one)
        if told is not None:
            found += points_of(told)
    return tuple(found)


def points_of(told: Told) -> tuple[PainPoint, ...]:
    """The points of one audit, the worst first."""
    survey = told.survey
    return tuple(
        PainPoint(
            survey.audience, one.question.code, one.text, _theme(one.question.code), one.measure, survey.id,
            survey.last_day or survey.opens_on,
        )
        for one in results(told).questions
    )  # fmt: skip


def _latest(surveys: Surveys, audience: Audience) -> Told | None:
    for survey in surveys.all():
        if survey.kind == "pain" and survey.audience == audience:
            told = surveys.answers.told(survey.id)
            if len(told.answers) >= FEWEST:
                return told
    return None


def _theme(code: str | None) -> Message | None:
    item = ITEMS.get(code or "")
    return item.theme if item else None
