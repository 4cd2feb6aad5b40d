"""Development: what training changed, who has what skill, ideas, who stays.

Invariant: before and after stand with their interval and the number of people; below the fewest the words say plainly
that nothing can be said.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kpi.compile.windows import month_end
from kpi.model import Kpi
from kpi.people import development, training
from kpi.people.learning import Course, courses
from kpi.people.roster import Person
from kpi.people.standards import FEWEST, Kept, standards
from pages._ui import frame, session
from pages._ui.address import one
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people import asking, parts, staying
from pages._ui.session import View

TAB = "development"
MOST_KPIS = 10
"""KPIs offered for before and after."""
MOST_COURSES = 10
"""Courses of the table of skills."""


def show(view: View) -> None:
    """The tab."""
    first = asking.month(view)
    month = asking.everybody(view, first)
    learned = session.kept(view, "all courses", lambda: courses(view.reader))
    day = month_end(first)
    without = development.untrained(month.people, learned, day)
    frame.headline(staying.sentence(view, month.people, learned, without, day))
    blocks = [
        [parts.months(view, first, tab=TAB)],
        _training(view, month.kpis, learned, month.people, first),
        _untrained(view, without, learned),
        _skills(view, month.people, learned, day),
        _standards(view, month.people, day),
        staying.ideas(view),
        staying.tenure(view, month.people, day),
    ]
    st.html(joined(parts.block(*pieces) for pieces in blocks if pieces))


def _training(
    view: View, kpis: Sequence[Kpi], learned: Sequence[Course], people: Sequence[Person], first: date
) -> list[Html]:
    t, words = view.language.t, view.language
    if not learned or not kpis:
        return [section(t("Training and results")), quiet(t("No training is loaded yet."))]
    offered = sorted(kpis, key=lambda kpi: kpi.additive)[:MOST_KPIS]
    kpi = next((kpi for kpi in offered if kpi.id == one("kpi")), offered[0])
    question = ("training", kpi.id, first)
    found = session.kept(
        view, question, lambda: training.effects(asking.asking(view), kpi, learned, people, first)
    )  # fmt: skip
    code = parts.month_code(first)
    choice = [
        link(parts.where(tab=TAB, kpi=k.id, month=code), words.catalogue(k.title), on=k.id == kpi.id) for k in offered
    ]
    note = t(
        "Three months before and after the month of the course, beside what colleagues of the same role changed "
        "meanwhile. It shows what happened together, not yet that the course did it."
    )
    head = (t("Course"), t("People"), t("Before"), t("After"), t("Colleagues"), t("Difference"), t("What it says"))
    rows = [_effect(view, kpi, effect) for effect in found if effect.people]
    body = quiet(t("No course has three months on either side of it yet."))
    if rows:
        body = parts.figures(head, rows, frozenset({6}))
    without = [effect.course for effect in found if not effect.people]
    nobody = [quiet(t("Nobody with rows enough before and after: {courses}.", courses=words.list(without)))]
    return [
        section(t("Training and results"), words.catalogue(kpi.title)),
        tag("nav", *choice, css="lenses tight", aria_label=t("KPI")), quiet(note), body, *(nobody if without else []),
    ]  # fmt: skip


def _effect(view: View, kpi: Kpi, effect: training.Effect) -> tuple[str, ...]:
    words = view.language
    difference = words.difference(effect.effect, 0.0, kpi.unit)
    if effect.people > 1:
        low, high = (words.difference(side, 0.0, kpi.unit) for side in (effect.low, effect.high))
        difference += f" ({words.t('{low} to {high}', low=low, high=high)})"
    return (
        effect.course, words.number(effect.people), words.value(effect.before, kpi.unit),
        words.value(effect.after, kpi.unit), words.difference(effect.colleagues, 0.0, kpi.unit), difference,
        _verdict(view, effect),
    )  # fmt: skip


def _verdict(view: View, effect: training.Effect) -> str:
    t, tn = view.language.t, view.language.tn
    told = {
        "better": t("● better, more than chance"), "worse": t("▲ worse, more than chance"),
        "none": t("○ no difference beyond chance"),
        "too_few": tn(
            "○ {n} person: too few to say", "○ {n} people: too few to say", effect.people,
        ),
    }[effect.verdict]  # fmt: skip
    left = tn("{n} without rows enough", "{n} without rows enough", effect.left_out) if effect.left_out else ""
    return "; ".join(filter(None, (told, left)))


def _untrained(view: View, without: Sequence[development.Untrained], learned: Sequence[Course]) -> list[Html]:
    t, words = view.language.t, view.language
    if not learned:
        return []
    title = section(t("No training for a year"))
    if not without:
        return [title, quiet(t("Nobody: everybody who is here that long had a course within twelve months."))]
    rows = [
        (one.person.name, words.day(one.last, year=True) if one.last else t("none recorded")) for one in without
    ]  # fmt: skip
    return [title, parts.figures((t("Person"), t("Last course")), rows)]


def _skills(view: View, people: Sequence[Person], learned: Sequence[Course], day: date) -> list[Html]:
    """People × courses: passed, not passed, taken."""
    t, words = view.language.t, view.language
    known = development.skills(learned, day)
    counts = {title: sum(1 for _, course in known if course == title) for _, title in known}
    titles = sorted(counts, key=lambda title: (-counts[title], title))[:MOST_COURSES]
    here = [person for person in people if person.here]
    if not titles or not here:
        return []
    head = tag("thead", tag("tr", tag("th", ""), *(tag("th", title) for title in titles)))
    lines = []
    for person in here:
        cells = [_skill(view, known.get((person.name, title))) for title in titles]
        lines.append(tag("tr", tag("th", person.name), *cells))
    legend = tag(
        "p", tag("span", "● ", t("passed")), tag("span", "▲ ", t("not passed")), tag("span", "◐ ", t("taken")),
        tag("span", words.tn("{n} more course is not shown.", "{n} more courses are not shown.",
                             len(counts) - len(titles)) if len(counts) > len(titles) else ""), css="legend",
    )  # fmt: skip
    table = tag("div", tag("table", head, tag("tbody", *lines), css="grid"), css="scroll")
    return [section(t("Skills"), t("the latest time each took a course")), table, legend]


def _skill(view: View, course: Course | None) -> Html:
    if course is None:
        return tag("td", "—", css="none")
    mark, css = {True: ("●", "good"), False: ("▲", "missed"), None: ("◐", "acceptable")}[course.passed]
    score = view.language.number(course.score) if course.score is not None else ""
    return tag("td", tag("span", mark, css=f"mark {css}"), score, title=view.language.day(course.day, year=True))


def _standards(view: View, people: Sequence[Person], day: date) -> list[Html]:
    """People × standards of the quality checks."""
    t, words = view.language.t, view.language
    kept = session.kept(view, ("standards", day), lambda: standards(asking.asking(view), day))
    names = sorted({standard for _, standard in kept})
    here = [person for person in people if person.here and any(name == person.name for name, _ in kept)]
    if not names or not here:
        return []
    head = tag("thead", tag("tr", tag("th", ""), *(tag("th", name) for name in names)))
    lines = [
        tag("tr", tag("th", person.name), *(_kept(view, kept.get((person.name, name))) for name in names))
        for person in here
    ]
    table = tag("div", tag("table", head, tag("tbody", *lines), css="grid"), css="scroll")
    note = words.tn("grey: under {n} item checked", "grey: under {n} items checked", FEWEST)
    return [section(t("Standards kept"), t("checks of the last twelve months; {note}", note=note)), table]


def _kept(view: View, kept: Kept | None) -> Html:
    if kept is None:
        return tag("td", "—", css="none")
    count = view.language.tn("{n} item", "{n} items", kept.used)
    return tag("td", view.language.value(kept.value, "percent"), css="" if kept.is_enough else "none", title=count)
