"""What the answers to a survey come to.

Invariant: only made of what `Told` gives out, so nothing of fewer than five of the staff; a value equals that of the
KPI the survey feeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from data.message import Message, say
from data.model import FEWEST
from data.store.entries.surveys import Answer, Question, Survey, Told
from kpi.surveys import intervals
from kpi.surveys.templates import asked, template

UNITS = {"enps": "points", "nps": "points", "csat": "percent", "ces": "score", "pulse": "percent", "pain": "percent"}
"""Kind of survey → unit of its value."""


@dataclass(frozen=True)
class Measure:
    """One value of some people."""

    people: int
    """How many answered."""
    value: float
    """In the survey's unit."""
    low: float | None
    """Lower end of where it is with 95 %; None: too few differences to tell."""
    high: float | None
    """Upper end."""


@dataclass(frozen=True)
class Group:
    """Those who came by one link."""

    group: tuple[str, str] | None
    """(dimension, member); None: all others together."""
    measure: Measure
    """What they answered."""


@dataclass(frozen=True)
class Band:
    """Answers that mean the same."""

    name: Message
    """What they mean."""
    scores: tuple[int, int]
    """First and last of them."""
    share: float
    """Of all answers, in percent."""


@dataclass(frozen=True)
class OneQuestion:
    """Answers to one question."""

    question: Question
    """As it was kept."""
    text: Message
    """As it is put."""
    measure: Measure
    """What it comes to."""
    bands: tuple[Band, ...]
    """How the answers are spread, from low to high."""


@dataclass(frozen=True)
class Results:
    """Everything that is told of one survey."""

    told: Told
    """Its answers, as far as they may be known."""
    kpi: str | None
    """The KPI it feeds."""
    unit: str
    """Of its values."""
    measure: Measure | None
    """The whole; None: nothing is told, nobody answered, or an audit, which has no single value."""
    groups: tuple[Group, ...]
    """By link, where there are several; the largest value first, all others last."""
    questions: tuple[OneQuestion, ...]
    """One by one: an audit's from the worst, all others in their order."""


def results(told: Told) -> Results:
    """The results of a survey."""
    survey = told.survey
    kpi, unit = template(survey.kind, survey.audience).kpi, UNITS[survey.kind]
    if not told.answers:
        return Results(told, kpi, unit, None, (), ())
    every = [_question(survey, place, told.answers) for place in range(len(survey.questions))]
    if survey.kind == "pain":
        every.sort(key=lambda one: (-one.measure.value, -one.bands[-1].share))
        return Results(told, kpi, unit, None, (), tuple(every))
    return Results(told, kpi, unit, _measure(survey, told.answers), _groups(survey, told.answers), tuple(every))


def hidden_words(told: Told) -> Message | None:
    """Why nothing but the number of answers is told; None: it is."""
    if told.hidden == "running":
        return say("The results are shown when the survey is over, all at once, so that no answer can be told apart.")
    if told.hidden == "few":
        return say("Fewer than {n} people answered: to keep them unknown, nothing is shown.", n=FEWEST)
    return None


def _groups(survey: Survey, answers: Sequence[Answer]) -> tuple[Group, ...]:
    members: dict[tuple[str, str] | None, list[Answer]] = {}
    for answer in answers:
        members.setdefault(answer.group, []).append(answer)
    if set(members) == {None}:
        return ()
    found = [Group(group, _measure(survey, some)) for group, some in members.items()]
    return tuple(sorted(found, key=lambda one: (one.group is None, -one.measure.value, str(one.group))))


def _measure(survey: Survey, answers: Sequence[Answer]) -> Measure:
    """The survey's value over these people."""
    scores = [(answer.scores, survey.questions) for answer in answers]
    if survey.kind in ("enps", "nps", "csat", "ces"):
        return _of_one(survey, [mine[0] for mine, _ in scores], survey.questions[0])
    shares = [
        100 * fmean((score - q.low) / (q.high - q.low) for score, q in zip(mine, questions, strict=True))
        for mine, questions in scores
    ]
    return _mean(shares, 0, 100)


def _question(survey: Survey, place: int, answers: Sequence[Answer]) -> OneQuestion:
    question = survey.questions[place]
    scores = [answer.scores[place] for answer in answers]
    return OneQuestion(question, asked(question), _of_one(survey, scores, question), _bands(survey, scores))


def _of_one(survey: Survey, scores: Sequence[int], question: Question) -> Measure:
    people, low, high = len(scores), question.low, question.high
    match survey.kind:
        case "enps" | "nps":
            more, less = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
            return Measure(people, 100 * (more - less) / people, *intervals.of_difference(more, less, people))
        case "csat":
            some = sum(5 * (high - score + 1) <= 2 * (high - low + 1) for score in scores)
            return Measure(people, 100 * some / people, *intervals.of_share(some, people))
        case "pain":
            some = sum(score >= 2 for score in scores)
            return Measure(people, 100 * some / people, *intervals.of_share(some, people))
        case "ces":
            return _mean([float(score) for score in scores], low, high)
    return _mean([100 * (score - low) / (high - low) for score in scores], 0, 100)


def _mean(values: Sequence[float], low: float, high: float) -> Measure:
    ends = intervals.of_mean(values, low, high) or (None, None)
    return Measure(len(values), fmean(values), *ends)


_BANDS = {
    "enps": ((0, 6, say("would not")), (7, 8, say("perhaps")), (9, 10, say("would recommend"))),
    "csat": ((1, 2, say("not satisfied")), (3, 3, say("so-so")), (4, 5, say("satisfied"))),
    "ces": ((1, 3, say("hard")), (4, 4, say("so-so")), (5, 7, say("easy"))),
    "pulse": ((1, 2, say("not so")), (3, 3, say("partly")), (4, 5, say("so"))),
    "pain": ((0, 0, say("does not hinder")), (1, 1, say("a little")), (2, 2, say("noticeably")), (3, 3, say("a lot"))),
}


def _bands(survey: Survey, scores: Sequence[int]) -> tuple[Band, ...]:
    return tuple(
        Band(name, (low, high), 100 * sum(low <= score <= high for score in scores) / len(scores))
        for low, high, name in _BANDS["enps" if survey.kind == "nps" else survey.kind]
    )
