"""All surveys, and the kinds a new one can be of.

Invariant: of a running survey of staff nothing is told but how many answered.
"""

import streamlit as st

from data.store.entries.surveys import Survey
from kpi.surveys import TEMPLATES, Template
from pages._ui import frame
from pages._ui.markup import Html, joined, link, section, tag
from pages._ui.session import View
from pages._ui.surveys.links import audience, days, where


def show(view: View) -> None:
    """The sentence, the list, the kinds."""
    t, tn = view.language.t, view.language.tn
    every, people = view.store.entries.surveys.all(), view.store.entries.surveys.answers.people()
    running = [one for one in every if not one.is_over(view.today)]
    if not every:
        frame.headline(
            t("Ask your staff and clients: choose a survey, and they answer on their phones by a link or QR code.")
        )
    elif running:
        came = tn("{n} answer", "{n} answers", sum(people.get(one.id, 0) for one in running))
        frame.headline(
            tn(
                "{n} survey is running: {came} so far.",
                "{n} surveys are running: {came} so far.",
                len(running),
                came=came,
            )
        )
    else:
        frame.headline(t("No survey is running."))
    parts = [_rows(view, every, people)] if every else []
    st.html(joined([*parts, section(t("A new survey")), _kinds(view)]))


def _rows(view: View, surveys: tuple[Survey, ...], people: dict[int, int]) -> Html:
    return tag("div", *(_row(view, one, people.get(one.id, 0)) for one in surveys), css="surveys")


def _row(view: View, survey: Survey, people: int) -> Html:
    mark = tag(
        "span", "○" if survey.is_over(view.today) else "●", css="mark" if survey.is_over(view.today) else "mark good"
    )
    name = tag("span", survey.title, tag("small", f"{audience(view, survey)} · {days(view, survey)}"), css="who")
    came = tag("span", view.language.tn("{n} answer", "{n} answers", people), css="num")
    return link(where(survey=str(survey.id)), mark, name, came, css="survey-row")


def _kinds(view: View) -> Html:
    return tag("div", *(_kind(view, one) for one in TEMPLATES), css="kinds")


def _kind(view: View, of: Template) -> Html:
    said, t = view.language.render, view.language.t
    whom = t("staff, anonymous") if of.audience == "staff" else t("clients")
    parts = (tag("b", said(of.title)), tag("span", said(of.about)), tag("small", whom))
    return link(where(new=f"{of.kind}.{of.audience}"), *parts, css="kind")
