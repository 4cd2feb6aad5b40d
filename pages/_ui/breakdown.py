"""One KPI by member: who is above and below, and each one's trend. A click on a bar narrows the whole view to it.

Invariant: all members stay in sight when the view is narrowed to one of them, which stands out; a second click on it
widens the view again.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from data.store.entries.marks import KINDS
from kpi import charts
from kpi.charts import Compared, Drawn
from kpi.model import Query
from pages._ui import address, board, drawing, drill, events, filters, on_charts, session
from pages._ui.board import Figure
from pages._ui.compare import values
from pages._ui.filters import Filters
from pages._ui.session import View
from pages._ui.trend import begun


def opened(chosen: Filters, dimension: str) -> Filters:
    """The filters without the one on this dimension."""
    return replace(chosen, where=tuple(part for part in chosen.where if part[0] != dimension))


def sliced(view: View, figure: Figure, chosen: Filters, dimension: str) -> pd.DataFrame:
    """The answer by member, of all members."""
    wide = opened(chosen, dimension)
    query = board.history_query((figure.kpi.id,), wide)
    if chosen.span.grain == "total":
        query = board.total_query((figure.kpi.id,), wide, dimension)
    return session.ask(view, Query(query.kpis, query.since, query.until, query.grain, dimension, query.where)).frame


def show(
    view: View, figure: Figure, chosen: Filters, choices: Sequence[str], dimension: str, answer: pd.DataFrame
) -> None:
    """The bars with their dimension above them."""
    _choose(view, choices, dimension)
    chart = drawn(view, figure, chosen, dimension, answer)
    drawing.show(
        chart, f"breakdown-{figure.kpi.id}-{dimension}", lambda selection: pick(dimension, chart.picked(selection))
    )


def drawn(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn:
    """The bars as they were drawn for this view before, else drawn now."""
    return drawing.kept(
        view, figure, chosen, f"bars by {dimension}", lambda: _bars(view, figure, chosen, dimension, answer)
    )


def _bars(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn:
    rows = answer if chosen.span.grain == "total" else answer[answer["period"] == pd.Timestamp(chosen.span.since)]
    return charts.breakdown(
        rows, figure.kpi, filters.dimension_name(view, dimension), view.language, view.theme,
        period=view.language.span(chosen.span.since, chosen.span.until),
        names=partial(filters.member_name, view, dimension), ordered=dimension == "weekday",
        room=len(session.members(view, dimension)) if dimension != "weekday" else 7,
        compared=_compared(view, figure, chosen, dimension), chosen=dict(chosen.where).get(dimension, ()),
    )  # fmt: skip


def _compared(view: View, figure: Figure, chosen: Filters, dimension: str) -> Compared | None:
    """Each member beside its own other days; beside another member, all beside that one's value."""
    comparison = chosen.compare
    if comparison is None:
        return None
    by = None if comparison.dimension == dimension else dimension
    found = values.beside(view, (figure.kpi.id,), opened(chosen, dimension), by)
    if found is None or not found.values:
        return None
    if by is None:
        return Compared(found.name, dict.fromkeys((None, *session.members(view, dimension)), found.of(figure) or 0.0))
    return Compared(found.name, {member: value for (_, member), value in found.values.items()})


def _choose(view: View, choices: Sequence[str], selected: str) -> None:
    st.session_state["w_by"] = selected
    st.selectbox(
        view.language.t("Broken down by"), choices, key="w_by", label_visibility="collapsed", on_change=_keep,
        format_func=lambda name: filters.by_name(view, name).capitalize(),
    )  # fmt: skip


def _keep() -> None:
    address.write("by", st.session_state["w_by"])


def pick(dimension: str, picked: tuple[str | None] | None) -> None:
    """The view is narrowed to the clicked member; the only one it was narrowed to is let go."""
    if picked is None:
        return
    member = picked[0] or filters.NOT_FILLED
    if dimension not in (*filters.DIMENSIONS, *filters.MORE):
        drill.point(dimension, picked[0])
    else:
        address.write(dimension, None if address.many(dimension) == (member,) else [member])


def panels(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn | None:
    """The trend of every member, where there are periods to compare."""
    if answer["period"].nunique() < 3 or answer["slice"].nunique() < 2:
        return None

    own = on_charts.own_scales()
    grain = chosen.grain if chosen.span.grain == "total" else chosen.span.grain
    stepped = replace(chosen, grain=grain)
    wanted = tuple(kind for kind in events.kinds(stepped) if kind in KINDS)

    def draw() -> Drawn:
        rows, title = named(view, dimension, begun(answer)), filters.dimension_name(view, dimension)
        flags = events.flags(view, figure, stepped, rows, wanted)
        return charts.small_multiples(rows, figure.kpi, view.language, view.theme, title, own_scales=own, flags=flags)

    what = f"multiples by {dimension} with {wanted}, {own}"
    return drawing.kept(view, figure, chosen, what, draw)


def named(view: View, dimension: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with weekdays by their names."""
    if dimension != "weekday":
        return rows
    names = rows["slice"].map(lambda day: day if pd.isna(day) else filters.member_name(view, dimension, day))
    return rows.assign(slice=names.astype(object))
