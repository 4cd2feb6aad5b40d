"""For which days each fact has rows."""

from datetime import date

import streamlit as st

from pages._ui import filters, frame
from pages._ui.markup import Html, joined, tag
from pages._ui.session import View
from pages._ui.titles import fact_title


def show(view: View) -> None:
    """A small timeline per fact."""
    known = [r for r in view.reader.relations().values() if r.live_filter and r.rows]
    dated = [r for r in known if r.first_day and r.data_until]
    if not dated:
        return
    last, first = filters.bounds(view)
    frame.section(view.language.t("For which days"), view.language.span(first, last))
    rows = [
        _rail(view, r.name, max(r.first_day or first, first), r.data_until or last, r.rows, (first, last))
        for r in dated
    ]
    st.html(tag("div", *rows, css="spans"))


def _rail(view: View, name: str, since: date, until: date, rows: int, whole: tuple[date, date]) -> Html:
    days = max(1, (whole[1] - whole[0]).days)
    left = 100 * (since - whole[0]).days / days
    width = min(100 * max(0, (until - since).days) / days, 100 - left)
    bar = tag("span", css="bar", style=f"left:{left:.1f}%;width:{width:.1f}%")
    rail = tag("span", bar, css="rail", title=view.language.span(since, until))
    number = tag("span", view.language.tn("{n} row", "{n} rows", rows), css="num")
    return joined([tag("span", fact_title(view, name)), rail, number])
