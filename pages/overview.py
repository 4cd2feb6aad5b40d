"""Overview: is it fine, what is not, and how fresh is what we know."""

import streamlit as st

from kpi.figures.headline import is_empty
from pages._ui import cards, filters, frame, freshness, headline, key_kpis, matrix, navigation, standing_out
from pages._ui.comments import calls
from pages._ui.session import View


def overview(view: View) -> None:
    """One sentence, the key KPIs as cards, what stands out, teams × KPIs, freshness."""
    chosen = filters.chosen(view)
    shown = key_kpis.shown(view, chosen)
    filters.row(view, chosen)
    frame.headline(headline.sentence(view, shown, chosen))
    if is_empty(shown):
        return
    calls.show(view, shown, chosen)
    cards.grid(view, shown, chosen)
    if not key_kpis.chosen(view) and view.may("owner"):
        navigation.link("targets", view.language.t("Choose the key KPIs yourself"), icon=":material/tune:")
    place = st.container()
    matrix.show(view, shown, chosen)
    freshness.show(view)
    standing_out.show(view, place, shown, chosen)


frame.show(overview)
