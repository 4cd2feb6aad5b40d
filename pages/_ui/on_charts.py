"""The choice of what is drawn on a KPI's charts besides its values."""

import streamlit as st

from kpi.events import ALL_KINDS
from pages._ui import address, event_form, events, navigation
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

SCALES = ("shared", "own")


def show(view: View, figure: Figure, chosen: Filters) -> None:
    """Kinds of events, the scale of the small charts, a new event."""
    _kinds(view, chosen)
    _scale(view)
    if not view.may("lead"):
        return
    with st.expander(view.language.t("Add an event")):
        event_form.new(view, figure.kpi, chosen)
        if view.may("owner"):
            navigation.link("targets", view.language.t("All events"), address.link(step="events"))


def own_scales() -> bool:
    """Whether each small chart has its own scale."""
    return address.one("scale", SCALES) == "own"


def _kinds(view: View, chosen: Filters) -> None:
    st.session_state["w_events"] = list(events.kinds(chosen))
    st.pills(
        view.language.t("Events on the charts"), ALL_KINDS, selection_mode="multi", key="w_events",
        format_func=lambda kind: events.kind_name(view, kind), on_change=_keep_kinds, args=(chosen,),
    )  # fmt: skip


def _keep_kinds(chosen: Filters) -> None:
    held = set(st.session_state["w_events"])
    is_usual = held == set(events.usual(chosen.grain))
    address.write("events", None if is_usual else [k for k in ALL_KINDS if k in held] or events.NONE)


def _scale(view: View) -> None:
    t = view.language.t
    names = {"shared": t("One for all"), "own": t("Each its own")}
    st.session_state["w_scale"] = "own" if own_scales() else "shared"
    st.segmented_control(
        t("Scale of the small charts"), SCALES, key="w_scale", required=True, format_func=names.__getitem__,
        on_change=_keep_scale,
    )  # fmt: skip


def _keep_scale() -> None:
    held = st.session_state["w_scale"]
    address.write("scale", None if held == "shared" else held)
