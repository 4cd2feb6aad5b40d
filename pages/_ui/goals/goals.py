"""Business goals: a sentence, how it is measured, until when, and whose it is.

Invariant: a goal that no key KPI serves is shown as such, and so is a key KPI that serves no goal.
"""

from datetime import date

import streamlit as st

from data.store.entries import Goal
from pages._ui import frame
from pages._ui.escape import markdown
from pages._ui.markup import quiet, tag
from pages._ui.session import View


def show(view: View) -> None:
    """The goals with what serves each, then the form for another."""
    frame.section(view.language.t("Goals"))
    goals, served = view.store.entries.goals(), served_by(view)
    if not goals:
        frame.quiet(view.language.t("No goal is written down yet. A KPI helps when it serves one."))
    for goal in goals:
        _goal(view, goal, served.get(goal.id, []))
    with st.expander(view.language.t("Add a goal"), expanded=not goals):
        _form(view)


def served_by(view: View) -> dict[int, list[str]]:
    """Goal → titles of the key KPIs that serve it."""
    found: dict[int, list[str]] = {}
    for entry in view.store.entries.key_kpis():
        if entry.goal is not None and entry.kpi in view.kpis:
            found.setdefault(entry.goal, []).append(view.language.catalogue(view.kpis.get(entry.kpi).title))
    return found


def _goal(view: View, goal: Goal, titles: list[str]) -> None:
    t = view.language.t
    details = [goal.measure, t("until {day}", day=goal.deadline) if goal.deadline else "", goal.owner]
    serves = t("No key KPI serves this goal.")
    if titles:
        serves = t("Served by {titles}.", titles=view.language.list(titles))
    mark = tag("span", "●" if titles else "▲", css="good" if titles else "missed")
    told = quiet(" · ".join(filter(None, details)))
    with st.container(key=f"goal-{goal.id}", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", tag("h3", goal.sentence), told, quiet(mark, " ", serves), css="entry"), width="stretch")
        remove = view.store.entries.delete_goal
        st.button(t("Remove"), key=f"remove-goal-{goal.id}", type="tertiary", on_click=remove, args=(goal.id,))


def _form(view: View) -> None:
    t = view.language.t
    with st.form("goal", clear_on_submit=True, border=False):
        sentence = st.text_input(t("What shall be true?"), placeholder=t("Clients come back"), max_chars=200)
        left, middle, right = st.columns(3)
        measure = left.text_input(t("How do we measure it?"), max_chars=200)
        deadline = middle.date_input(t("Until when?"), value=None, format="DD.MM.YYYY")
        owner = right.text_input(t("Whose goal is it?"), max_chars=100)
        if st.form_submit_button(t("Add")) and sentence and sentence.strip():
            day = deadline if isinstance(deadline, date) else None
            view.store.entries.add_goal(sentence.strip(), (measure or "").strip(), day, (owner or "").strip())
            st.rerun()


def label(view: View, goal: Goal | None) -> str:
    """A goal in a list of choices."""
    return markdown(goal.sentence) if goal else view.language.t("no goal")
