"""Planning an experiment: what is asked, the two arms, and at once how long it takes.

Invariant: nothing is entered before the click; what cannot be carried out is said where it is, and the plan shown is
that of what is filled in. Of a running experiment only what does not judge it can be changed.
"""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from data.errors import UnknownName, UserError
from data.store.entries import Design
from kpi.experiment import planned
from kpi.experiment.draft import checked
from pages._ui import address, errors, frame, session
from pages._ui.experiments import fields, telling
from pages._ui.experiments.asking import asking, may_change, where
from pages._ui.markup import joined, link, quiet, tag
from pages._ui.session import View

LENGTH = 56
"""Days proposed."""
_WRONG = "experiment_form_wrong"


def new(view: View) -> None:
    """The form of a new one."""
    t = view.language.t
    if not may_change(view):
        frame.quiet(t("Experiments are planned by the owner."))
        return
    st.html(
        joined([link(where(), "← ", t("All experiments"), css="back"), tag("p", t("A new experiment"), css="headline")])
    )
    known = fields.kpis(view)
    if not known:
        frame.quiet(t("Nothing is loaded yet that an experiment could be judged by: load orders or advertising."))
        return
    start = view.today + timedelta(days=1)
    kpi = next((kpi.id for kpi in known if kpi.id == "contact_rate"), known[0].id)
    empty = Design("", "", kpi, "", (), (), start, start + timedelta(days=LENGTH - 1))
    _form(view, empty, 0, is_running=False)


def change(view: View, number: int) -> None:
    """The form of one that is entered."""
    t = view.language.t
    if not may_change(view):
        frame.quiet(t("Experiments are planned by the owner."))
        return
    try:
        one = view.store.entries.experiments.get(number)
    except UnknownName as error:
        errors.show(view.language, error)
        return
    st.html(joined([link(where(experiment=str(number)), "← ", one.design.title, css="back")]))
    state = one.state(view.today)
    if state not in ("planned", "running"):
        frame.quiet(t("It is over: it stays as it was."))
        return
    if state == "running":
        frame.quiet(t("It is running: what it is judged by stays. Title, words, last day and worth can be changed."))
    _form(view, one.design, number, is_running=state == "running")


def _form(view: View, of: Design, number: int, *, is_running: bool) -> None:
    t = view.language.t
    design = (fields.shown_running if is_running else fields.shown)(view, of, number)
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    ready = bool(design.a and design.b)
    if ready:
        _plan(view, design)
    else:
        frame.quiet(t("Choose the members of both arms, and it is told here how long it takes."))
    if wrong is not None:
        errors.show(view.language, wrong)
    label = t("Save") if number else t("Enter the experiment")
    st.button(label, key="experiment_enter", type="primary", disabled=not ready, on_click=_enter,
              args=(view, design, number, is_running))  # fmt: skip


def _plan(view: View, design: Design) -> None:
    """How long it takes, from the days before the start."""
    t = view.language.t
    frame.section(t("How long it takes"), t("from the days before the start"))
    try:
        titled = replace(design, title=design.title.strip() or "—")
        found = session.kept(
            view, ("experiment plan", titled), lambda: planned(asking(view), checked(asking(view), titled))
        )
    except UserError as error:
        errors.show(view.language, error)
        return
    if found is None:
        st.html(quiet(t("The days before the start are too few to tell how long it takes.")))
        return
    st.html(tag("section", *telling.planned(view, found), css="block"))


def _enter(view: View, design: Design, number: int, is_running: bool) -> None:
    """Keep it and open it."""
    store, who = view.store.entries.experiments, session.visitor().name
    try:
        if number:
            store.change(number, design if is_running else checked(asking(view), design), who)
        else:
            number = store.add(checked(asking(view), design), who)
    except UserError as error:
        st.session_state[_WRONG] = error
        return
    address.change({"new": None, "edit": None, "experiment": str(number)})
