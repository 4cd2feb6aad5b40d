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
from kpi.watch import begun
from pages._ui import address, board, drawing, drill, events, filters, on_charts, session, trend
from pages._ui.board import Figure
from pages._ui.compare import values
from pages._ui.filters import Filters
from pages._ui.session import View


def opened(chosen: Filters, dimension: str) -> Filters:
    """The filters without the one on this dimension."""
    return replace(chosen, where=tuple(part for part in chosen.where if part[0] != dimension))


def along(view: View, figure: Figure, chosen: Filters, dimension: str) -> Query:
    """The question by member and period of the trend, about all members."""
    return replace(trend.query(view, figure, opened(chosen, dimension)), by=dimension)


def sliced(view: View, figure: Figure, chosen: Filters, dimension: str) -> pd.DataFrame:
    """The answer by member for the chosen period, of all members; where it is one of the trend's, from their answer."""
    if chosen.span.grain == chosen.grain:
        answer = session.ask(view, along(view, figure, chosen, dimension)).frame
        return answer[answer["period"] == pd.Timestamp(chosen.span.since)]
    query = replace(board.total_query((figure.kpi.id,), opened(chosen, dimension), dimension), compare=("previous",))
    return session.ask(view, query).frame


def show(view: View, figure: Figure, chosen: Filters, choices: Sequence[str], dimension: str) -> None:
    """The bars with their dimension above them."""
    _choose(view, choices, dimension)
    chart = drawn(view, figure, chosen, dimension)
    drawing.show(
        chart, f"breakdown-{figure.kpi.id}-{dimension}", lambda selection: pick(dimension, chart.picked(selection))
    )


def drawn(view: View, figure: Figure, chosen: Filters, dimension: str) -> Drawn:
    """The bars as they were drawn for this view before, else drawn now."""
    return drawing.kept(view, figure, chosen, f"bars by {dimension}", lambda: _bars(view, figure, chosen, dimension))


def _bars(view: View, figure: Figure, chosen: Filters, dimension: str) -> Drawn:
    return charts.breakdown(
        sliced(view, figure, chosen, dimension), figure.kpi, filters.dimension_name(view, dimension),
        view.language, view.theme,
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
        address.write("lens", "rows")
    else:
        address.write(dimension, None if address.many(dimension) == (member,) else [member])


def panels(view: View, figure: Figure, chosen: Filters, dimension: str) -> Drawn | None:
    """The trend of every member, where there are periods and members to compare; whatever the chosen period."""
    wide, asked = opened(chosen, dimension), along(view, figure, chosen, dimension)
    wanted = tuple(kind for kind in events.kinds(chosen) if kind in KINDS)

    def draw() -> Drawn | None:
        answer = session.ask(view, asked).frame
        if answer["period"].nunique() < 3 or answer["slice"].nunique() < 2:
            return None
        rows, title = named(view, dimension, begun(answer)), filters.dimension_name(view, dimension)
        flags = events.flags(view, figure, wide, rows, wanted)
        return charts.small_multiples(rows, figure.kpi, view.language, view.theme, title, own_scales=own, flags=flags)

    own = on_charts.own_scales()
    return session.kept(view, ("multiples", asked, wanted, own, view.language.code, view.theme), draw)


def named(view: View, dimension: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with weekdays by their names."""
    if dimension != "weekday":
        return rows
    names = rows["slice"].map(lambda day: day if pd.isna(day) else filters.member_name(view, dimension, day))
    return rows.assign(slice=names.astype(object))
