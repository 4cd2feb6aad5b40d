"""What a formula gives, beside the form: the card as it will stand on the pages, and the last thirteen months.

Invariant: nothing is entered; what was counted for a formula is kept while only its name or unit is changed.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from kpi import charts
from kpi.custom.preview import Preview, Told, preview
from kpi.figures import phrases
from kpi.model import Kpi
from pages._ui import cards, frame, period
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.markup import table, tag
from pages._ui.session import View

_KEPT = "own_trial"


def show(view: View, read: Told | None) -> None:
    """The card, the trend and the months; a sentence where there is nothing to show."""
    t = view.language.t
    frame.section(t("What it gives"))
    if read is None:
        frame.quiet(t("As soon as the formula can be read, its value stands here."))
        return
    found = _counted(view, read)
    if found.unavailable is not None:
        frame.quiet(view.language.render(found.unavailable))
        return
    if found.frame["value"].notna().sum() == 0:
        frame.quiet(t("No month has a value: no rows meet the conditions, or their cells are empty."))
        return
    figure = _figure(read.kpi, found)
    start = pd.Timestamp(figure.row["period"]).date()
    span = period.Span("custom", start, period.end_of(start, "month"), "month")
    knowing = replace(view, kpis=read.catalogue)
    st.html(cards.card(knowing, figure, Filters(span, "month", ())))
    drawn = charts.trend(found.frame, read.kpi, view.language, view.theme)
    st.vega_lite_chart(drawn.live[1], dict(drawn.live[0]), key="own_trend", height=drawn.height, theme=None)
    with st.expander(t("Month by month")):
        st.html(table(_months(view, read.kpi, found.frame), (t("Period"), t("Value"), t("Rows used"))))


def line(view: View, read: Told) -> None:
    """The value in one line, right below the formula: on a phone the card lies far below."""
    found = _counted(view, read)
    if found.unavailable is None and found.frame["value"].notna().any():
        figure = _figure(read.kpi, found)
        month = view.language.period(pd.Timestamp(figure.row["period"]).date(), "month")
        value = view.language.value(figure.value, read.kpi.unit)
        st.html(tag("p", f"{month}: ", tag("b", value), f" · {phrases.behind(view.language, figure)}", css="formula"))


def _counted(view: View, read: Told) -> Preview:
    """The months of a formula: counted once for what is counted, whatever it is called."""
    kpi = read.kpi
    plain = replace(kpi, title="", question="", unit="count", better="higher", slice_by=(), target=None, min_rows=0)
    key = (plain, kpi.min_rows, kpi.better, kpi.target, view.reader.data_version, view.targets.version, view.today)
    kept: tuple[Any, Preview] | None = st.session_state.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = (key, preview(view.store, read, view.reader.scope))
        st.session_state[_KEPT] = kept
    return kept[1]


def _figure(kpi: Kpi, found: Preview) -> Figure:
    """The last complete month, else the last."""
    rows = found.frame
    over = rows[~rows["is_partial"].astype(bool) & rows["value"].notna()]
    row = (over if len(over) else rows).iloc[-1]
    history = rows[rows["period"] <= row["period"]]
    return Figure(kpi, {str(k): v for k, v in row.to_dict().items()}, history, found.now, found.notes, None)


def _months(view: View, kpi: Kpi, rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    words = view.language
    listed = zip(rows["period"], rows["value"], rows["used"], strict=True)
    return [
        (words.period(start.date(), "month"), words.value(value, kpi.unit), words.number(int(used)))
        for start, value, used in reversed(list(listed))
    ]
