"""The form of a KPI of one's own: formula and name on the left, what it gives on the right.

Invariant: nothing is entered before «Save», and what is entered was read, checked and counted.
"""

from collections.abc import Mapping

import streamlit as st

from data.errors import UserError
from data.store.entries import CustomKpi
from kpi.custom import changes
from kpi.custom.preview import Told
from kpi.model import Unit
from pages._ui import address, errors, filters, frame, navigation
from pages._ui.custom import draft, formula, listing, reference, trial
from pages._ui.markup import quiet
from pages._ui.session import View

AREAS = navigation.AREAS
"""Pages a KPI can live on."""
SLICES = ("account", "branch", "team", "role", "employee", "service", "category", "source")
"""Dimensions that can be offered first."""


def show(view: View, code: str) -> None:
    """The whole form."""
    t = view.language.t
    draft.opened(view, code)
    before = draft.standing(view, code)
    frame.headline(t("Change «{title}»", title=before.title) if before else t("A KPI of your own"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.text_input(t("Name"), key=draft.TITLE, max_chars=80, live="500ms", placeholder=t("Share of large jobs"))
        formula.field(view)
        read = formula.read(view, code)
        if read is not None:
            trial.line(view, read)
        formula.suggestions(view)
        formula.insertable(view)
        _properties(view, before)
        _end(view, code, read)
        reference.show(view)
    with right:
        trial.show(view, read)


def _properties(view: View, before: CustomKpi | None) -> None:
    """Page, unit, direction, target; what is needed seldom is folded away."""
    t = view.language.t
    one, two, three = st.columns(3)
    one.selectbox(t("Page"), AREAS, key="own_area", format_func=lambda area: navigation.title(area, view.language))
    units = unit_names(view)
    two.selectbox(
        t("Unit"),
        list(units),
        key="own_unit",
        format_func=units.__getitem__,
        on_change=draft.chosen,
        args=("own_unit",),
    )
    better = {"higher": t("↑ more is better"), "lower": t("↓ less is better"), "band": t("↔ a corridor")}
    three.selectbox(t("Direction"), list(better), key="own_better", format_func=better.__getitem__)
    if before is None:
        _target(view)
    else:
        params = address.link(kpi=before.kpi)
        navigation.link("targets", t("Its target is set on the page «Targets»"), params, icon=":material/flag:")
    with st.expander(t("More")):
        st.text_input(t("The question it answers"), key="own_question", max_chars=300)
        st.multiselect(
            t("Broken down first by"), SLICES, key="own_slice_by", placeholder=t("optional"),
            format_func=lambda name: filters.dimension_name(view, name),
        )  # fmt: skip
        st.number_input(
            t("Judged from so many rows on"), min_value=0, step=1, key="own_min_rows", on_change=draft.chosen,
            args=("own_min_rows",),
        )  # fmt: skip


def unit_names(view: View) -> Mapping[Unit, str]:
    """Unit → what it is called in the form."""
    t = view.language.t
    return {
        "percent": t("percent"), "money": t("roubles"), "count": t("a number"), "hours": t("hours"),
        "minutes": t("minutes"), "seconds": t("seconds"), "days": t("days"), "months": t("months"),
        "score": t("a mark"), "points": t("points"), "per_person": t("per person"),
    }  # fmt: skip


def _target(view: View) -> None:
    t = view.language.t
    better = st.session_state["own_better"]
    sides = {"higher": ("good_low",), "lower": ("good_high",), "band": ("good_low", "good_high")}[better]
    names = {"good_low": t("Target: at least"), "good_high": t("Target: at most")}
    for column, side in zip(st.columns(len(sides)), sides, strict=True):
        column.number_input(names[side], value=None, key=f"own_{side}", placeholder=t("optional"))


def _end(view: View, code: str, read: Told | None) -> None:
    """Save and cancel."""
    t, said = view.language.t, draft.said(view, code)
    lacks = (
        t("The formula cannot be read yet.") if read is None else "" if said.title.strip() else t("It needs a name.")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(t("Save"), key="own_save", type="primary", disabled=bool(lacks))
        st.button(t("Cancel"), key="own_cancel", on_click=close)
        if lacks:
            st.html(quiet(lacks))
    if pressed and not lacks:
        _save(view, said)


def _save(view: View, said: CustomKpi) -> None:
    before = view.store.entries.custom_kpis.versions(said.kpi) if said.kpi else ()
    try:
        entered = changes.change(view.store, said) if said.kpi else changes.add(view.store, said)
    except UserError as error:
        errors.show(view.language, error)
        return
    listing.note(view.language.t("«{title}» is saved.", title=entered.title), entered.kpi, before)
    close()
    st.rerun()


def close() -> None:
    """Back to the catalogue."""
    draft.closed()
    address.write("own", None)
