"""On the overview: who called whoever is looking, and which key KPIs want a word of them."""

from collections.abc import Sequence

import streamlit as st

from pages._ui import address, cards, navigation, session
from pages._ui.board import Figure
from pages._ui.comments import asking
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, link, tag
from pages._ui.session import View

LENS = "comments"


def show(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    """Both, each a line; nothing where there is neither."""
    lines = [line for line in (_called(view), _wanted(view, shown, chosen)) if line]
    if lines:
        st.html(tag("div", *lines, css="calls"))


def _called(view: View) -> Html:
    person = session.visitor().person
    unseen = asking.seen(view, view.store.entries.comments.unseen(person)) if person is not None else ()
    places = [(one.author, one.kpi) for one in unseen if one.kpi in view.kpis]
    links = [_to(view, kpi, f"{view.language.catalogue(view.kpis.get(kpi).title)} — {who}") for who, kpi in places]
    return tag("p", tag("b", view.language.t("You are called:")), " ", joined(links, ", ")) if links else Html()


def _wanted(view: View, shown: Sequence[Figure], chosen: Filters) -> Html:
    wanting = asking.wanting(view, shown, chosen)
    links = [_to(view, one.kpi.id, view.language.catalogue(one.kpi.title)) for one in wanting]
    told = view.language.t("Missed, and nobody has said why:")
    return tag("p", tag("b", told), " ", joined(links, ", ")) if links else Html()


def _to(view: View, kpi: str, label: str) -> Html:
    """The comments on a KPI."""
    return link(navigation.href(cards.page(view.kpis.get(kpi)), address.link(kpi=kpi, lens=LENS)), label)
