"""Ideas from proposal to effect; who stays and who left; the sentence of the tab."""

from collections.abc import Sequence
from datetime import date

from kpi.people import development
from kpi.people.development import BANDS, Untrained
from kpi.people.learning import Course
from kpi.people.roster import Person
from pages._ui import session
from pages._ui.markup import Html, quiet, section
from pages._ui.people import asking, parts
from pages._ui.session import View

MOST = 6
"""Ideas listed."""


def sentence(
    view: View, people: Sequence[Person], learned: Sequence[Course], without: Sequence[Untrained], day: date
) -> str:
    """What matters, so that it can be read aloud."""
    t, tn, told = view.language.t, view.language.tn, development.leaving(people, day)
    here = {person.name for person in people if person.here}
    recent = {course.person for course in learned if day - development.YEAR < course.day <= day} & here
    parts_ = []
    if learned:
        parts_.append(tn("{trained} of {n} person had training within a year",
                         "{trained} of {n} people had training within a year", len(here),
                         trained=len(recent)))  # fmt: skip
    if without:
        parts_.append(tn("{n} had none for a year", "{n} had none for a year", len(without)))
    share = _turnover(view, day)
    if share is not None:
        turnover = view.language.value(share, "percent")
        parts_.append(tn("{n} person left ({turnover})", "{n} people left ({turnover})", len(told.left),
                         turnover=turnover))  # fmt: skip
    known = development.funnel(_ideas(view))
    if known.reached["proposed"]:
        parts_.append(tn("{done} of {n} idea is implemented", "{done} of {n} ideas are implemented",
                         known.reached["proposed"], done=known.reached["implemented"]))  # fmt: skip
    text = "; ".join(parts_) or t("Load training, ideas or staff, and this page tells how people develop")
    return f"{text[:1].upper()}{text[1:]}."


def _turnover(view: View, day: date) -> float | None:
    return session.kept(view, ("turnover", day), lambda: development.turnover(asking.asking(view), day))


def _ideas(view: View) -> Sequence[development.Idea]:
    return session.kept(view, "ideas", lambda: development.ideas(view.reader))


def ideas(view: View) -> list[Html]:
    """The way of the ideas, and the latest."""
    t, tn, words, found = view.language.t, view.language.tn, view.language, _ideas(view)
    if not found:
        return []
    known, names = development.funnel(found), _stages(view)
    lines = [
        parts.bar(names[stage], 100 * n / len(found), words.number(n)) for stage, n in known.reached.items()
    ]  # fmt: skip
    effect = t("Implemented ideas bring {money} a month.", money=words.value(known.effect, "money"))
    if known.unvalued:
        effect += " " + tn("Of {n} nobody put a figure on the effect.", "Of {n} nobody put a figure on the effect.",
                           known.unvalued)  # fmt: skip
    rows = [
        (
            idea.title or "—", idea.person or "—", words.day(idea.day, year=True), names.get(idea.status, idea.status),
            words.value(idea.effect, "money"),
        )
        for idea in found[:MOST]
    ]  # fmt: skip
    head = (t("Idea"), t("Whose"), t("Day"), t("Status"), t("Effect a month"))
    return [
        section(t("Ideas: from proposal to effect")),
        parts.bars(lines),
        quiet(effect),
        parts.figures(head, rows, frozenset({1, 3})),
    ]


def _stages(view: View) -> dict[str, str]:
    t = view.language.t
    return {"proposed": t("Proposed"), "accepted": t("Accepted"), "implemented": t("Implemented")}


def tenure(view: View, people: Sequence[Person], day: date) -> list[Html]:
    """How long people are here, and who left within a year."""
    t, words, told = view.language.t, view.language, development.leaving(people, day)
    known = sum(told.bands)
    if not known:
        return []
    edges = (
        t("up to 3 months"), t("3 to 12 months"), t("1 to 2 years"), t("2 to 5 years"), t("over 5 years"),
    )  # fmt: skip
    lines = [
        parts.bar(name, 100 * n / known, words.number(n))
        for name, n in zip(edges[: len(BANDS) + 1], told.bands, strict=True)
    ]
    typical = words.value(told.typical, "months")
    left = [
        (
            person.name, person.groups.get("team", "—"), words.day(person.left_on or day, year=True),
            words.value(person.tenure(day), "months"),
        )
        for person in told.left
    ]  # fmt: skip
    found = [section(t("Tenure and turnover"), t("half of the team is here for {months} or longer", months=typical)),
             parts.bars(lines)]  # fmt: skip
    share = _turnover(view, day)
    if share is not None:
        turnover = words.value(share, "percent")
        found.append(quiet(t("Turnover in the last year: {share} of the mean headcount.", share=turnover)))
    if left:
        found.append(parts.figures((t("Who left"), t("Team"), t("Last day"), t("Was here")), left, frozenset({1})))
    return found
