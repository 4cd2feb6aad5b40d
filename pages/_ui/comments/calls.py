"""On the overview: alerts that are open, who called whoever is looking, which key KPIs want a word of them."""

from collections.abc import Sequence

import streamlit as st

from pages._ui import address, cards, navigation, session
from pages._ui.alerts import standing
from pages._ui.board import Figure
from pages._ui.comments import asking
from pages._ui.filters import Filters
from pages._ui.markup import Html, joined, link, tag
from pages._ui.session import View

LENS, ALERTS = "comments", "alerts"


def show(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    """Each a line; nothing where there is none."""
    lines = [line for line in (_alerts(view), _called(view), _wanted(view, shown, chosen)) if line]
    if lines:
        st.html(tag("div", *lines, css="calls"))


def _alerts(view: View) -> Html:
    """How many alerts are open, for whoever may open their page."""
    allowed = view.reader.scope.pages
    left = standing.left(view) if allowed is None or ALERTS in allowed else 0
    told = view.language.tn("{n} alert is open", "{n} alerts are open", left)
    return tag("p", link(navigation.href(ALERTS, address.link()), "▲ ", tag("b", told))) if left else Html()


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
