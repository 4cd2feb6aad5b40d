"""KPIs × teams as a status table: mark, value and colour in every cell.

Invariant: all cells come from one answer, sliced by the dimension that is shown.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from kpi.figures import JUDGED
from kpi.model import Kpi
from pages._ui import board, filters, frame, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.markup import Html, tag
from pages._ui.session import View

CHOICES = ("team", "branch", "account", "employee")
"""Dimensions of the columns: the first that has two members is shown."""

WIDEST = 12
"""Columns shown at most; the rest are counted in words."""

Cells = Mapping[tuple[str, str | None], Mapping[str, Any]]


def show(view: View, shown: Sequence[Figure], chosen: Filters) -> None:
    """The table, or nothing where no dimension has two members."""
    dimension = next((name for name in CHOICES if len(session.members(view, name)) > 1), None)
    kpis = [figure.kpi for figure in shown]
    if dimension is None or not kpis:
        return
    answer = session.ask(view, board.total_query(tuple(kpi.id for kpi in kpis), chosen, dimension))
    found = answer.frame[~answer.frame["is_total"] & answer.frame["slice"].notna()]
    names = _members(found)
    if not names:
        return
    frame.section(view.language.t("Key KPIs {by}", by=filters.by_name(view, dimension)))
    with_slices = [figure for figure in shown if figure.kpi.id not in answer.unavailable]
    st.html(_table(view, with_slices, names[:WIDEST], _cells(found), dimension))
    st.html(_legend(view, [f for f in shown if f not in with_slices], dimension, len(names)))


def _members(frame: pd.DataFrame) -> list[str]:
    return sorted(frame.loc[frame["value"].notna(), "slice"].unique())


def _cells(frame: pd.DataFrame) -> Cells:
    rows = frame[["kpi", "slice", "value", "status", "rows"]].to_dict("records")
    return {(row["kpi"], row["slice"]): {str(k): v for k, v in row.items()} for row in rows}


def _table(view: View, shown: Sequence[Figure], names: Sequence[str], cells: Cells, dimension: str) -> Html:
    heads = ["", view.language.t("Whole business"), *(filters.member_name(view, dimension, name) for name in names)]
    head = tag("thead", tag("tr", *(tag("th", text) for text in heads)))
    lines = [_line(view, figure, names, cells) for figure in shown]
    return tag("div", tag("table", head, tag("tbody", *lines), css="grid"), css="scroll")


def _line(view: View, figure: Figure, names: Sequence[str], cells: Cells) -> Html:
    own = [_cell(view, figure.kpi, figure.value, figure.status)]
    for name in names:
        cell = cells.get((figure.kpi.id, name), {})
        own.append(_cell(view, figure.kpi, cell.get("value"), str(cell.get("status") or "no_target")))
    return tag("tr", tag("th", view.language.catalogue(figure.kpi.title)), *own)


def _cell(view: View, kpi: Kpi, value: float | None, status: str) -> Html:
    if value is None or pd.isna(value):
        return tag("td", "—", css="none", title=view.language.t("No data"))
    word = view.language.status(status)
    mark = tag("span", view.language.mark(status), css=f"mark {status}", role="img", aria_label=word)
    colour = status if status in JUDGED else "none"
    return tag("td", mark, " ", tag("span", view.language.value(value, kpi.unit), css=colour), title=word)


def _legend(view: View, left_out: Sequence[Figure], dimension: str, members: int) -> Html:
    parts = [
        tag("span", tag("span", view.language.mark(status), css=status), " ", view.language.status(status))
        for status in (*JUDGED, "too_few", "no_target")
    ]
    notes = []
    if left_out:
        titles = view.language.list(view.language.catalogue(figure.kpi.title) for figure in left_out)
        notes.append(
            view.language.t("Not available {by}: {titles}.", by=filters.by_name(view, dimension), titles=titles)
        )
    if members > WIDEST:
        notes.append(view.language.tn("{n} more is not shown.", "{n} more are not shown.", members - WIDEST))
    return tag("p", *parts, tag("span", " ".join(notes)), css="legend")
