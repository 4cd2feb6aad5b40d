"""Everybody on one quiet list: by team, in the order of the alphabet, one line each.

Invariant: nobody stands above anybody by their figures unless the owner switched that on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from kpi.people.lines import Line
from kpi.people.roster import Person
from kpi.watch import words as watching
from pages._ui import frame, session
from pages._ui.markup import Html, joined, link, quiet, section, tag
from pages._ui.people import asking, parts
from pages._ui.session import View

MOVES = ("improved", "worsened", "changed")
"""Words worth a place on the line."""
MOST_MOVES = 2


@dataclass(frozen=True)
class Row:
    """One person's line."""

    person: Person
    """Who."""
    judged: tuple[Line, ...]
    """KPIs that are held against a target."""
    moved: tuple[Line, ...]
    """KPIs that are other than usual."""

    @property
    def reached(self) -> int:
        """Targets reached."""
        return sum(line.status == "good" for line in self.judged)


def tabs(view: View, chosen: str | None = None) -> None:
    """The list, or how people develop."""
    t, named = view.language.t, ((None, view.language.t("Scorecards")), ("development", view.language.t("Development")))
    found = [link(parts.where(tab=tab), name, on=tab == chosen) for tab, name in named]
    st.html(tag("nav", *found, css="lenses tight", aria_label=t("People")))


def show(view: View) -> None:
    """The list."""
    first = asking.month(view)
    rows = session.kept(view, ("people-list", first), lambda: _rows(view, first))
    here = [row for row in rows if row.person.here]
    frame.headline(_sentence(view, here, first))
    with st.container(key="people_bar", horizontal=True, vertical_alignment="center"):
        st.html(parts.months(view, first), width="content")
        label = view.language.t("Search a name")
        wanted = st.text_input(label, key="people_search", placeholder=label, label_visibility="collapsed") or ""
        if view.may("owner"):
            _ranking(view)
    found = [row for row in here if wanted.casefold().strip() in row.person.name.casefold()]
    st.html(joined([*_teams(view, found, first), *_left(view, [row for row in rows if not row.person.here], first)]))


def _rows(view: View, first: date) -> tuple[Row, ...]:
    month = asking.everybody(view, first)
    rows = []
    for person in month.people:
        lines = month.lines(person)
        moved = tuple(line for line in lines if line.state in MOVES and not line.is_partial)
        rows.append(Row(person, tuple(line for line in lines if line.is_judged), moved[:MOST_MOVES]))
    return tuple(rows)


def _sentence(view: View, here: Sequence[Row], first: date) -> str:
    tn, name = view.language.tn, view.language.period(first, "month")
    judged = [row for row in here if row.judged]
    whole = [row for row in judged if row.reached == len(row.judged)]
    told = tn("{period}: {n} person works here", "{period}: {n} people work here", len(here), period=_capital(name))
    if not judged:
        return f"{told}."
    mine, reached = sum(len(row.judged) for row in judged), sum(row.reached for row in judged)
    goals = tn("{reached} of {n} personal KPI reaches its target", "{reached} of {n} personal KPIs reach their target",
               mine, reached=reached)  # fmt: skip
    best = tn("all of them — {n} person", "all of them — {n} people", len(whole)) if whole else ""
    return "; ".join(filter(None, (told, goals, best))) + "."


def _teams(view: View, rows: Sequence[Row], first: date) -> list[Html]:
    if not rows:
        return [quiet(view.language.t("Nobody is called so."))]
    if asking.ranks(view):
        ranked = sorted(rows, key=lambda row: (-_share(row), row.person.name.casefold()))
        return [tag("div", *(_row(view, row, first) for row in ranked), css="people")]
    teams = sorted({row.person.groups.get("team", "") for row in rows}, key=lambda name: (not name, name.casefold()))
    found = []
    for team in teams:
        mine = [row for row in rows if row.person.groups.get("team", "") == team]
        found += [
            section(team or view.language.t("Without a team")),
            tag("div", *(_row(view, row, first) for row in mine), css="people"),
        ]
    return found


def _share(row: Row) -> float:
    return row.reached / len(row.judged) if row.judged else -1.0


def _row(view: View, row: Row, first: date) -> Html:
    t, words, person = view.language.t, view.language, row.person
    goals = t("no targets yet")
    if row.judged:
        goals = words.tn("{reached} of {n} target", "{reached} of {n} targets", len(row.judged), reached=row.reached)
    marks = [
        tag("span", words.mark(line.status), css=line.status, title=words.catalogue(line.kpi.title))
        for line in row.judged
    ]
    moved = [
        f"{words.catalogue(line.kpi.title)}: {watching.state_word(line.state, words).lower()}" for line in row.moved
    ]
    return link(
        parts.where(person=person.name, month=parts.month_code(first)),
        tag("span", person.name, tag("small", person.groups.get("role", "")), css="who"),
        tag("span", goals, css="goals"),
        tag("span", *marks, css="marks"),
        tag("span", " · ".join(moved), css="moved"),
        css="person-row",
    )


def _left(view: View, rows: Sequence[Row], first: date) -> list[Html]:
    """Who left, behind a click."""
    if not rows:
        return []
    title = view.language.tn("{n} person who left", "{n} people who left", len(rows))
    inside = tag("div", *(_row(view, row, first) for row in rows), css="people")
    return [tag("details", tag("summary", title), inside, css="folded")]


def _ranking(view: View) -> None:
    """The owner's switch: may places be told?"""

    def changed() -> None:
        view.store.entries.settings.set(asking.RANKING, bool(st.session_state["people_ranking"]) or None)

    st.toggle(
        view.language.t("Tell places"), value=asking.ranks(view), key="people_ranking", on_change=changed,
        help=view.language.t("People then see their place among at least five; without it, only the team's median."),
    )  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
