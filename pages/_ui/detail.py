"""One KPI in depth: since when, where and who, then one lens: the rows behind the number, or another.

Invariant: the trend, the breakdown and the lens are about the same period and filters as the number above them.
"""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data.model import Relation
from kpi import charts
from kpi.charts import Drawn
from kpi.model import Query
from pages._ui import address, board, cards, drill, filters, frame, headline, period, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.lenses import choice as lenses
from pages._ui.session import View

STEPS = {"day": 31, "week": 27, "month": 25, "quarter": 9, "year": 6}
"""Points of a trend by its steps, at least; a longer chosen period is shown whole."""


def show(view: View, figure: Figure, chosen: Filters) -> None:
    """The whole section."""
    st.html(f'<div class="detail">{cards.standing(view, figure)}</div>')
    frame.headline(headline.one(view, figure, chosen))
    if figure.unavailable is not None:
        frame.quiet(view.language.render(figure.unavailable))
        return
    dimension = by(view, figure)
    answer = _sliced(view, figure, chosen, dimension) if dimension else None
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _draw(_trend(view, figure, chosen), "trend")
        if answer is not None and dimension is not None:
            panels = _panels(view, figure, chosen, dimension, answer)
            if panels is not None:
                _draw(panels, "multiples")
    with right:
        _breakdown(view, figure, chosen, dimension, answer)
    _definition(view, figure)
    lenses.show(view, figure, chosen, dimension)


def draw(view: View, figure: Figure, chosen: Filters) -> None:
    """Draws the section's charts without showing them.

    Done before the page's first sentence is sent: a browser lays out all that arrives together at once, but the whole
    page again for each part that arrives later.
    """
    dimension = by(view, figure)
    _trend(view, figure, chosen)
    if dimension is not None and figure.unavailable is None:
        answer = _sliced(view, figure, chosen, dimension)
        _bars_drawn(view, figure, chosen, dimension, answer)
        _panels(view, figure, chosen, dimension, answer)


def ask(view: View, figure: Figure, chosen: Filters, dimension: str | None) -> None:
    """What the section would ask and draw, and nothing shown: the next time it is at hand."""
    _trend(view, figure, chosen)
    if dimension is not None:
        _bars_drawn(view, figure, chosen, dimension, _sliced(view, figure, chosen, dimension))
    drill.ask(view, figure, chosen, dimension)


def _trend(view: View, figure: Figure, chosen: Filters) -> Drawn:
    return _drawn(
        view, figure, chosen, "trend",
        lambda: charts.trend(trend_frame(view, figure, chosen), figure.kpi, view.language, view.theme),
    )  # fmt: skip


def trend_frame(view: View, figure: Figure, chosen: Filters) -> pd.DataFrame:
    """The rows of the trend: the history where it has the chosen steps already, else asked anew."""
    history = board.history_query((figure.kpi.id,), chosen)
    since = min(period.back(chosen.span.until, chosen.grain, STEPS[chosen.grain]), chosen.span.since)
    if figure.history.empty:
        return figure.history
    if history.grain == chosen.grain and pd.Timestamp(since) >= figure.history["period"].min():
        return begun(figure.history)
    query = Query((figure.kpi.id,), since, chosen.span.until, chosen.grain, None, chosen.where)
    return begun(session.ask(view, query).frame)


def begun(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the periods before the first that has a value."""
    known = rows.loc[rows["value"].notna(), "period"]
    return rows if known.empty else rows[rows["period"] >= known.min()]


def dimensions(view: View, figure: Figure) -> tuple[str, ...]:
    """What the KPI can be broken down by: what its definition offers first, then every other with two members."""
    facts = [view.reader.relations()[name] for name in session.available(view)[figure.kpi.id].facts]
    offered = [*figure.kpi.slice_by, *filters.DIMENSIONS, "role", "category", "source", "weekday"]
    return tuple(name for name in dict.fromkeys(offered) if all(has(fact, name) for fact in facts))


def has(fact: Relation, name: str) -> bool:
    """Whether rows of the fact tell this dimension."""
    return name in fact.columns or (name == "weekday" and fact.first_day is not None)


def by(view: View, figure: Figure) -> str | None:
    """The dimension of the address, else the first there is."""
    choices = dimensions(view, figure)
    return address.one("by", choices) or (choices[0] if choices else None)


def _sliced(view: View, figure: Figure, chosen: Filters, dimension: str) -> pd.DataFrame:
    query = board.history_query((figure.kpi.id,), chosen)
    if chosen.span.grain == "total":
        query = board.total_query((figure.kpi.id,), chosen, dimension)
    return session.ask(view, Query(query.kpis, query.since, query.until, query.grain, dimension, chosen.where)).frame


def _breakdown(view: View, figure: Figure, chosen: Filters, dimension: str | None, answer: pd.DataFrame | None) -> None:
    """The bars with their dimension above them; a click on a bar chooses whose rows are shown below."""
    if dimension is None or answer is None:
        frame.quiet(view.language.t("This KPI cannot be broken down by anything that is loaded."))
        return
    _choose(view, dimensions(view, figure), dimension)
    drawn = _bars_drawn(view, figure, chosen, dimension, answer)
    key = f"breakdown-{figure.kpi.id}-{dimension}"
    _draw(drawn, key, on_select=lambda: drill.point(dimension, drawn.picked(st.session_state[key].selection)))


def _bars_drawn(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn:
    return _drawn(view, figure, chosen, f"bars by {dimension}", lambda: _bars(view, figure, chosen, dimension, answer))


def _bars(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn:
    rows = answer if chosen.span.grain == "total" else answer[answer["period"] == pd.Timestamp(chosen.span.since)]
    return charts.breakdown(
        rows, figure.kpi, filters.dimension_name(view, dimension), view.language, view.theme,
        period=view.language.span(chosen.span.since, chosen.span.until),
        names=lambda member: filters.member_name(view, dimension, member), ordered=dimension == "weekday",
        room=len(session.members(view, dimension)) if dimension != "weekday" else 7,
    )  # fmt: skip


def _choose(view: View, choices: Sequence[str], selected: str) -> None:
    st.session_state["w_by"] = selected
    st.selectbox(
        view.language.t("Broken down by"), choices, key="w_by", label_visibility="collapsed", on_change=_keep,
        format_func=lambda name: filters.by_name(view, name).capitalize(),
    )  # fmt: skip


def _keep() -> None:
    address.write("by", st.session_state["w_by"])


def _panels(view: View, figure: Figure, chosen: Filters, dimension: str, answer: pd.DataFrame) -> Drawn | None:
    """The trend of every member, where there are periods to compare."""
    if answer["period"].nunique() < 3 or answer["slice"].nunique() < 2:
        return None

    def panels() -> Drawn:
        rows, title = named(view, dimension, begun(answer)), filters.dimension_name(view, dimension)
        return charts.small_multiples(rows, figure.kpi, view.language, view.theme, title)

    return _drawn(view, figure, chosen, f"multiples by {dimension}", panels)


def named(view: View, dimension: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with weekdays by their names."""
    if dimension != "weekday":
        return rows
    names = rows["slice"].map(lambda day: day if pd.isna(day) else view.language.weekday(day))
    return rows.assign(slice=names.astype(object))


def _drawn(view: View, figure: Figure, chosen: Filters, what: str, draw: Callable[[], Drawn]) -> Drawn:
    """A chart as it was drawn for this view before, else drawn now."""
    return session.kept(view, (what, figure.kpi.id, chosen, view.language.code, view.theme), draw)


def _draw(drawn: Drawn, key: str, on_select: Callable[[], None] | None = None) -> None:
    """Shows a chart; `on_select` runs when a bar is clicked."""
    spec, data = dict(drawn.live[0]), drawn.live[1]
    if on_select is None:
        st.vega_lite_chart(data, spec, key=key, height=drawn.height, theme=None)
    else:
        st.vega_lite_chart(
            data, spec, key=key, height=drawn.height, theme=None, on_select=on_select, selection_mode="picked"
        )  # fmt: skip


def _definition(view: View, figure: Figure) -> None:
    from pages._ui import definition

    with st.expander(view.language.t("What it means and how it is computed")):
        st.html(definition.entry(view, figure.kpi))
