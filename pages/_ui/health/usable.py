"""How much of the data each KPI can use.

Invariant: only KPIs that can be computed are told of; a KPI that uses nearly everything is counted, not listed.
"""

import streamlit as st

from kpi.model import Query
from pages._ui import session
from pages._ui.markup import Html, tag
from pages._ui.session import View

WHOLE = 95.0
"""Percent of its rows a KPI must be able to use to count as whole."""
NO_STATUS = 50.0
"""Percent below which a KPI gets no status."""


def show(view: View) -> None:
    """One sentence; those that lack rows behind a fold, the poorest first."""
    shares = session.kept(view, "usable", lambda: _shares(view))
    if not shares:
        return
    t, tn = view.language.t, view.language.tn
    poor = [(kpi, used, eligible) for kpi, used, eligible in shares if 100 * used < WHOLE * eligible]
    if not poor:
        label = tn("{n} KPI uses all of its data", "All {n} KPIs use all of their data", len(shares))
        st.html(tag("p", "● ", label, css="finding fine"))
        return
    label = t(
        "{whole} of {all} KPIs use all of their data; {poor} can use only a part", whole=len(shares) - len(poor),
        all=len(shares), poor=len(poor),
    )  # fmt: skip
    with st.expander(label):
        st.html(tag("div", *(_row(view, *one) for one in poor), css="usable"))


def _row(view: View, kpi: str, used: int, eligible: int) -> Html:
    words, share = view.language, 100 * used / eligible
    name = tag("span", words.catalogue(view.kpis.get(kpi).title))
    bar = tag("span", tag("span", css="bar", style=f"width:{share:.1f}%"), css="rail")
    mark = "▲" if share < NO_STATUS else "◐"
    number = words.t("{used} of {all}", used=words.number(used), all=words.number(eligible))
    told = tag("span", tag("b", f"{mark} {words.value(share, 'percent')}"), f" · {number}", css="num")
    return tag("div", name, bar, told)


def _shares(view: View) -> tuple[tuple[str, int, int], ...]:
    """KPI → rows used and rows that could be, over all that is loaded; the poorest first."""
    kpis = tuple(kpi.id for kpi in session.computable(view))
    frame = session.ask(view, Query(kpis, compare=())).frame
    totals = frame[frame["is_total"].astype(bool) & (frame["eligible"] > 0)]
    rows = zip(totals["kpi"], totals["used"].astype(int), totals["eligible"].astype(int), strict=True)
    return tuple(sorted(rows, key=lambda row: row[1] / row[2]))
