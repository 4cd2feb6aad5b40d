"""The scheme as text: its wording, changed and checked; the first one where there is none."""

import streamlit as st

from kpi.bonus.reading import scheme_of
from kpi.bonus.starter import starter
from pages._ui import frame, session
from pages._ui.bonus import asked, telling
from pages._ui.session import View

FIRST = "bonus"
"""Name of the first scheme."""


def first(view: View, whole: bool) -> None:
    """A start where there is no scheme."""
    t = view.language.t
    telling.show(view)
    frame.headline(t("There is no bonus scheme yet."))
    if not whole:
        return
    frame.quiet(t("Here is one made for what is loaded. Change what you like and enter it; it can be changed later."))
    possible = {kpi.id for kpi in session.computable(view)}
    _editor(view, FIRST, starter(view.kpis, possible, session.members(view, "role"), view.language))


def show(view: View) -> None:
    """The wording of the scheme behind a fold."""
    telling.show(view)
    name = asked.name(view)
    text = next(one for one in asked.bonuses(view).texts() if one.scheme == name)
    with st.expander(view.language.t("The scheme as text, version {n}", n=text.version)):
        _editor(view, name, text.text)
        st.button(
            view.language.t("Take the scheme away"), key="bonus_remove", type="tertiary", on_click=_remove,
            args=(view, name),
        )  # fmt: skip


def _editor(view: View, name: str, text: str) -> None:
    t = view.language.t
    st.text_area(t("Scheme"), text, height=420, key=f"w_scheme_{name}", label_visibility="collapsed")
    st.button(t("Enter the scheme"), key="bonus_enter", type="primary", on_click=_enter, args=(view, name))


def _enter(view: View, name: str) -> None:
    text = st.session_state[f"w_scheme_{name}"]

    def act() -> None:
        scheme_of(text, name, view.kpis)
        view.store.entries.schemes.enter(name, text)

    telling.carry_out(act, view.language.t("The scheme is entered. Approved months stay as they are."))


def _remove(view: View, name: str) -> None:
    telling.carry_out(lambda: view.store.entries.schemes.remove(name), view.language.t("Taken away."))
