"""The page of one area: its KPIs as a selector, then one of them in depth.

Invariant: the cards of a view nobody saw yet are sent before its charts are counted. Of one that was seen all is at
hand and sent together: a browser lays that out at once, but the whole page again for each part that arrives later.
"""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.figures.headline import is_empty
from kpi.model import Kpi
from pages._ui import address, board, cards, detail, filters, frame, headline, key_kpis, markup, on_charts, session
from pages._ui.ahead import AHEAD
from pages._ui.board import Figure
from pages._ui.compare.values import beside
from pages._ui.filters import Filters
from pages._ui.markup import Html
from pages._ui.session import View
from pages._ui.titles import column_title, fact_title


def show(area: str) -> None:
    """Runs the page of an area."""
    frame.show(lambda view: screen(view, area, filters.chosen(view)))


def screen(view: View, area: str, chosen: Filters) -> None:
    """The KPIs of an area, on a page that may hold more."""
    kpis = [kpi for kpi in session.computable(view) if kpi.area == area]
    shown = board.figures(view, kpis, chosen, history=False)
    if is_empty(shown):
        filters.row(view, chosen)
        nothing = view.language.t("Nothing loaded so far says anything about this area.")
        frame.headline(headline.sentence(view, shown, chosen) if kpis else nothing)
    else:
        _figures(view, shown, chosen)
    missing(view, [kpi for kpi in view.kpis.visible() if kpi.area == area])


def _figures(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    selected = _selected(view, shown)
    figure = board.with_history(view, selected, chosen)
    head = ("head", tuple(other.kpi.id for other in shown), figure.kpi.id, chosen)
    seen = frame.is_written(view, head)
    if seen:
        detail.draw(view, figure, chosen)
    filters.row(view, chosen, partial(on_charts.show, view, selected, chosen))
    st.html(frame.written(view, head, lambda: _head(view, shown, figure, chosen)))
    if not seen:
        detail.draw(view, figure, chosen)
    detail.show(view, figure, chosen)
    _ask_ahead(view, [other.kpi for other in shown], selected, chosen)
    if address.one("kpi") == selected.kpi.id:
        view.store.entries.views.note_soon(selected.kpi.id)


def _head(view: View, shown: Sequence[Figure], figure: Figure, chosen: Filters) -> Html:
    """The sentence of the page, its tiles, and what stands above the charts of the chosen one."""
    others = beside(view, tuple(other.kpi.id for other in shown), chosen)
    tiles = cards.tiles(view, shown, figure.kpi.id, others)
    first = [frame.said(headline.sentence(view, shown, chosen)), tiles, detail.head(view, figure, chosen, others)]
    return markup.tag("div", *first, css="apart")


def _ask_ahead(view: View, kpis: Sequence[Kpi], selected: Figure, chosen: Filters) -> None:
    """The same page for the other periods."""
    dimension = detail.by(view, selected)

    def whole(other: Filters) -> None:
        shown = board.figures(view, kpis, other, history=False)
        figure = next(figure for figure in shown if figure.kpi.id == selected.kpi.id)
        detail.ask(view, board.with_history(view, figure, other), other, dimension)

    AHEAD.ask([partial(whole, other) for other in filters.other_periods(view, chosen)])


def _selected(view: View, shown: Sequence[Figure]) -> Figure:
    """The KPI of the address, else the first key KPI, else the first with a value."""
    asked = address.one("kpi")
    keys = key_kpis.chosen(view)
    ranked = sorted(shown, key=lambda f: (f.kpi.id != asked, f.value is None, f.kpi.id not in keys))
    return ranked[0]


def missing(view: View, kpis: Sequence[Kpi]) -> None:
    """The KPIs that cannot be computed here, with the columns that would unlock them."""
    found = session.available(view)
    lacking = [kpi for kpi in kpis if kpi.id in found and not found[kpi.id].computable]
    if not lacking:
        return
    st.html(frame.written(view, ("missing", tuple(kpi.id for kpi in lacking)), lambda: _missing(view, lacking)))


def _missing(view: View, lacking: Sequence[Kpi]) -> Html:
    found = session.available(view)
    title = view.language.tn("{n} more KPI needs other data", "{n} more KPIs need other data", len(lacking))
    rows = [(view.language.catalogue(kpi.title), needs(view, found[kpi.id].missing)) for kpi in lacking]
    head = (view.language.t("KPI"), view.language.t("Missing column"))
    return markup.folded(title, markup.table(rows, head))


def needs(view: View, columns: Sequence[tuple[str, str]]) -> str:
    """«Orders: Rework, Promised at; Reviews: Rating»."""
    facts = dict.fromkeys(fact for fact, _ in columns)
    return "; ".join(
        f"{fact_title(view, fact)}: " + ", ".join(column_title(view, name, fact) for f, name in columns if f == fact)
        for fact in facts
    )
