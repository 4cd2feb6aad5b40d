"""The steps of the page: goals → key KPIs → target values → history; and the events on the charts.

Invariant: only the open step is computed and drawn; the address names it. Where it names none, the first step that is
not done yet is open.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from pages._ui import address, event_form
from pages._ui.goals import choice, goals, history, values
from pages._ui.session import View

STEPS: Mapping[str, Callable[[View], None]] = {
    "goals": goals.show, "kpis": choice.show, "values": values.show, "history": history.show,
    "events": event_form.section,
}  # fmt: skip
"""Code of a step in the address → what draws it, in order."""


def names(view: View) -> dict[str, str]:
    """Code → the words of its button."""
    t = view.language.t
    return {
        "goals": t("1 Goals"),
        "kpis": t("2 Key KPIs"),
        "values": t("3 Targets"),
        "history": t("4 History"),
        "events": t("Events"),
    }


def open_now(view: View) -> str:
    """The step of the address; of a link to a KPI the values; else the first that is not done."""
    asked = address.one("step", STEPS)
    if asked or address.one("kpi"):
        return asked or "values"
    if not view.store.entries.goals():
        return "goals"
    return "values" if view.store.entries.key_kpis() else "kpis"


def show(view: View) -> None:
    """The buttons and the open step."""
    step, titles = open_now(view), names(view)
    st.session_state["w_step"] = step
    st.segmented_control(
        view.language.t("Steps"), list(STEPS), key="w_step", on_change=_keep, required=True,
        format_func=titles.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    STEPS[step](view)


def _keep() -> None:
    address.write("step", st.session_state["w_step"])
