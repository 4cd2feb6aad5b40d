"""Catalogue: every KPI in plain words, by area, with what it needs; and those of one's own."""

import streamlit as st

from kpi.model import Kpi
from pages._ui import address, area, definition, frame, navigation, session
from pages._ui.custom import editor, listing
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.session import View


def catalogue(view: View) -> None:
    """The form of one's own KPI where the address asks for it; else a search, one's own, then the areas in order."""
    asked = address.one("own")
    if asked is not None and view.may("owner"):
        editor.show(view, asked)
        return
    t = view.language.t
    kpis, possible = view.kpis.visible(), {kpi.id for kpi in session.computable(view)}
    frame.headline(t("{n} of {all} KPIs can be computed from what is loaded.", n=len(possible), all=len(kpis)))
    if view.may("owner"):
        listing.show(view)
    frame.section(t("All KPIs"))
    search = st.text_input(
        t("Search"), key="catalogue_search", type="search", placeholder=t("Search by name or question"),
        label_visibility="collapsed", live="300ms",
    )  # fmt: skip
    found = [kpi for kpi in kpis if matches(view, kpi, search or address.one("kpi") or "")]
    if not found:
        frame.quiet(t("No KPI is called that."))
    for name in dict.fromkeys(kpi.area for kpi in found):
        mine = [kpi for kpi in found if kpi.area == name]
        frame.section(navigation.title(name, view.language) if name in navigation.AREAS else name, str(len(mine)))
        st.html(joined(definition.entry(view, kpi, state(view, kpi, kpi.id in possible)) for kpi in mine))


def matches(view: View, kpi: Kpi, search: str) -> bool:
    """Whether the text is in the KPI's id, name or question, whatever its case."""
    words = (kpi.id, view.language.catalogue(kpi.title), view.language.catalogue(kpi.question))
    return search.casefold().strip() in " ".join(words).casefold()


def state(view: View, kpi: Kpi, possible: bool) -> Html:
    """Whether it can be computed here, and which column is missing."""
    if possible:
        return quiet(tag("span", "●", css="good"), " ", view.language.t("Can be computed here."))
    known = session.available(view).get(kpi.id)
    missing = area.needs(view, known.missing) if known else ""
    return quiet("○ ", view.language.t("Missing: {columns}.", columns=missing or "—"))


frame.show(catalogue, needs_data=False)
