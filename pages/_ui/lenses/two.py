"""Two KPIs at once, over people, teams, branches or services: who is good at one at the cost of the other?

Invariant: both come from one answer for the page's period and filters; a click on a point narrows the view to it, as a
click on a bar does.
"""

from dataclasses import replace
from functools import partial

import streamlit as st

from kpi import charts
from kpi.charts import Drawn
from kpi.model import Kpi
from pages._ui import address, board, breakdown, drawing, filters, frame, session
from pages._ui.board import Figure
from pages._ui.escape import markdown
from pages._ui.filters import Filters
from pages._ui.session import View

OVER = ("employee", "team", "branch", "service", "account", "category", "role", "source", "client")
"""What the points can be, the likeliest first."""


def title(view: View) -> str:
    """The lens's name on its button."""
    return view.language.t("Two KPIs")


def show(view: View, figure: Figure, chosen: Filters, dimension: str | None) -> None:
    """The other KPI, and the points."""
    over = dimension if dimension in OVER else next((name for name in OVER if session.members(view, name)), None)
    others = _others(view, figure.kpi, over)
    if over is None or not others:
        frame.quiet(view.language.t("There is no other KPI by the same members."))
        return
    other = _choose(view, others)
    chart = drawing.kept(
        view, figure, chosen, f"{other.id} by {over}", lambda: _drawn(view, figure.kpi, other, chosen, over)
    )
    drawing.show(chart, f"two-{over}", lambda selection: breakdown.pick(over, chart.picked(selection)))


def _others(view: View, kpi: Kpi, over: str | None) -> dict[str, Kpi]:
    """The KPIs that are told by the same members: of its facts but another area first, so that speed meets quality."""
    if over is None:
        return {}
    found, relations = session.available(view), view.reader.relations()
    able = [
        other
        for other in session.computable(view)
        if other.id != kpi.id and all(over in relations[fact].columns for fact in found[other.id].facts)
    ]
    own = set(found[kpi.id].facts)
    ranked = sorted(able, key=lambda other: (set(found[other.id].facts) != own, other.area == kpi.area))
    return {other.id: other for other in ranked}


def _choose(view: View, others: dict[str, Kpi]) -> Kpi:
    chosen = address.one("two", others) or next(iter(others))
    st.session_state["w_two"] = chosen
    st.selectbox(
        view.language.t("The other KPI"), list(others), key="w_two", on_change=_keep,
        format_func=lambda name: markdown(view.language.catalogue(others[name].title)),
    )  # fmt: skip
    return others[chosen]


def _keep() -> None:
    address.write("two", st.session_state["w_two"])


def _drawn(view: View, kpi: Kpi, other: Kpi, chosen: Filters, over: str) -> Drawn:
    query = board.total_query((kpi.id, other.id), breakdown.opened(chosen, over), over)
    rows = session.ask(view, replace(query, compare=())).frame
    return charts.scatter(
        rows, kpi, other, filters.dimension_name(view, over), view.language, view.theme,
        period=view.language.span(chosen.span.since, chosen.span.until), names=partial(filters.member_name, view, over),
    )  # fmt: skip
