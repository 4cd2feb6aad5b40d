"""For which days each fact has rows."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from data.store.health.days import Gap
from pages._ui import filters, frame
from pages._ui.health import findings
from pages._ui.markup import Html, tag
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
    gaps = {one.fact: one.gaps for one in findings.facts(view)}
    rows = [
        _rail(view, r.name, max(r.first_day or first, first), r.data_until or last, r.rows, (first, last), gaps)
        for r in dated
    ]
    st.html(tag("div", *rows, css="spans"))


def _rail(
    view: View, name: str, since: date, until: date, rows: int, whole: tuple[date, date],
    gaps: Mapping[str, Sequence[Gap]],
) -> Html:  # fmt: skip
    """Name, the days from first to last with the gaps cut out, until when, and how many rows."""
    bar = _span(since, until, whole, "bar")
    holes = [_span(gap.first, gap.last, whole, "hole") for gap in gaps.get(name, ()) if gap.last >= whole[0]]
    rail = tag("span", bar, *holes, css="rail", title=view.language.span(since, until))
    told = view.language.tn("{n} row", "{n} rows", rows)
    until_ = view.language.t("until {day}", day=view.language.day(until))
    return tag("div", tag("span", fact_title(view, name)), rail, tag("span", f"{until_} · {told}", css="num"))


def _span(since: date, until: date, whole: tuple[date, date], css: str) -> Html:
    days = max(1, (whole[1] - whole[0]).days + 1)
    left = 100 * max(0, (since - whole[0]).days) / days
    width = min(100 * ((until - max(since, whole[0])).days + 1) / days, 100 - left)
    return tag("span", css=css, style=f"left:{left:.1f}%;width:{width:.1f}%")
