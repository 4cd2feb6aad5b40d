"""One experiment: the sentence, the effect over its days, both arms, guards, checks, the plan, what was learned."""

from collections.abc import Sequence

import streamlit as st

from data.errors import UnknownName
from data.message import say
from data.store.entries import Design
from kpi.experiment import Study
from kpi.experiment import words as said
from pages._ui import errors, frame
from pages._ui.experiments import charts, closing, telling
from pages._ui.experiments.asking import may_change, names, study, visible, where
from pages._ui.markup import Html, joined, link, quiet, tag
from pages._ui.people import parts
from pages._ui.session import View

NAMED = 6
"""Members of an arm that are named."""


def show(view: View, number: int) -> None:
    """The whole of it."""
    experiment = next((one for one in visible(view) if one.id == number), None)
    if experiment is None:
        st.html(_back(view))
        errors.show(view.language, UnknownName(say("There is no experiment {number}.", number=number)))
        return
    found = study(view, experiment)
    st.html(joined([_back(view), _head(view, found), frame.said(said.sentence(found, view.language))]))
    charts.show(view, found)
    blocks = (
        telling.arms(view, found), telling.guards(view, found), telling.checks(view, found), telling.plan(view, found),
    )  # fmt: skip
    st.html(joined(parts.block(*pieces) for pieces in blocks if pieces))
    if may_change(view):
        closing.show(view, found)
    elif experiment.note:
        st.html(parts.block(*telling.learned(view, experiment.note)))
    st.html(joined(telling.history(view, experiment)))


def _back(view: View) -> Html:
    return link(where(), "← ", view.language.t("All experiments"), css="back")


def _head(view: View, found: Study) -> Html:
    t, words, design = view.language.t, view.language, found.design
    state = words.render(said.STATES[found.experiment.state(found.today)])
    line = [state, said.days_text(design, words), t("{days} of {planned} days", days=found.days, planned=design.days)]
    if found.until is not None:
        line.append(t("counted until {day}", day=words.day(found.until)))
    pieces = [tag("h1", design.title), quiet(" · ".join(line))]
    if design.hypothesis:
        pieces.append(tag("p", design.hypothesis, css="lead"))
    made = [
        tag("p", tag("b", side.upper()), " ", _arm(view, design, members, side), css="finding")
        for side, members in (("a", design.a), ("b", design.b))
    ]
    edit = []
    if may_change(view) and found.experiment.state(found.today) in ("planned", "running"):
        edit = [tag("p", link(where(edit=str(found.experiment.id)), t("Change it")), css="todo")]
    return tag("header", *pieces, *made, *edit, css="person-head experiment-head")


def _arm(view: View, design: Design, members: Sequence[str], side: str) -> Html:
    """What is done in an arm, and whom it is made of."""
    known = names(view, design.dimension)
    told = design.a_is if side == "a" else design.b_is
    named = ", ".join(known.get(member, member) for member in members[:NAMED])
    more = len(members) - NAMED
    if more > 0:
        named += " " + view.language.tn("and {n} more", "and {n} more", more)
    return joined([*([told, " "] if told else []), tag("small", named, css="beside")])
