"""The trend of one KPI: since when. A click on a period chooses it, a second click lets go of it again.

Invariant: a period chosen by a click stays where it was in the trend, which goes on to the last complete period.
"""

from datetime import date, datetime, timedelta

import pandas as pd

from kpi import charts
from kpi.charts import Compared, Drawn, Overlay
from kpi.model import Query
from kpi.watch import STEPS, begun
from pages._ui import address, board, drawing, events, filters, period, session, watching
from pages._ui.board import Figure
from pages._ui.compare import values
from pages._ui.filters import Filters
from pages._ui.session import View

MOST = 2
"""A trend goes on after the chosen period until it is at most so many times as long."""


def show(view: View, figure: Figure, chosen: Filters) -> None:
    """The chart."""
    chart = drawn(view, figure, chosen)
    drawing.show(chart, "trend", lambda selection: _pick(view, chosen, chart.period(selection)))


def drawn(view: View, figure: Figure, chosen: Filters) -> Drawn:
    """The chart as it was drawn for this view before, else drawn now."""

    def draw() -> Drawn:
        rows = frame(view, figure, chosen)
        return charts.trend(rows, figure.kpi, view.language, view.theme, overlay=_overlay(view, figure, chosen, rows))

    return drawing.kept(view, figure, chosen, f"trend with {events.kinds(chosen)}", draw)


def frame(view: View, figure: Figure, chosen: Filters) -> pd.DataFrame:
    """The rows of the trend: the history where it has the chosen steps already, else asked anew."""
    if figure.history.empty:
        return figure.history
    history, asked = board.history_query((figure.kpi.id,), chosen), query(view, figure, chosen)
    held = (
        asked.until == chosen.span.until
        and pd.Timestamp(_since(chosen, asked.until or chosen.span.until)) >= figure.history["period"].min()
    )
    if history.grain == chosen.grain and held:
        return begun(figure.history)
    return begun(session.ask(view, asked).frame)


def query(view: View, figure: Figure, chosen: Filters) -> Query:
    """The question of the trend: its periods, and the filters."""
    until = _last_day(filters.bounds(view)[0], chosen) if chosen.span.preset == "custom" else chosen.span.until
    since = _since(chosen, until)
    return Query((figure.kpi.id,), since, until, chosen.grain, None, chosen.where)


def _since(chosen: Filters, until: date) -> date:
    return min(period.back(until, chosen.grain, STEPS[chosen.grain]), chosen.span.since)


def _last_day(now: date, chosen: Filters) -> date:
    """Until when a trend goes around days that a person chose."""
    grain = chosen.grain
    complete = period.start_of(now + timedelta(days=1), grain) - timedelta(days=1)
    begins = period.start_of(chosen.span.since, grain)
    farthest = period.shift(begins, grain, MOST * STEPS[grain]) - timedelta(days=1)
    return max(chosen.span.until, min(complete, farthest))


def _overlay(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame) -> Overlay:
    span = chosen.span
    whole = rows.empty or rows["period"].max() <= pd.Timestamp(span.until)
    marked = None if whole else (datetime.combine(span.since, datetime.min.time()), pd.Timestamp(span.until))
    flags = events.flags(view, figure, chosen, rows, events.kinds(chosen))
    limits = watching.limits(view, figure, chosen, rows)
    return Overlay(_compared(view, figure, chosen), marked, flags, limits)


def _compared(view: View, figure: Figure, chosen: Filters) -> Compared | None:
    if chosen.compare is None:
        return None
    beside = values.along(view, query(view, figure, chosen), chosen)
    return Compared(values.name(view, chosen, chosen.compare), beside) if beside else None


def _pick(view: View, chosen: Filters, first: datetime | None) -> None:
    """The clicked period becomes the page's; the one that was chosen so already is let go."""
    if first is None:
        return
    since = first.date()
    until = period.end_of(since, chosen.grain)
    now, begin = filters.bounds(view)
    usual = period.span(period.DEFAULT, now, begin)
    again = chosen.span.preset == "custom" and (chosen.span.since, chosen.span.until) == (since, until)
    if again or (usual.since, usual.until) == (since, until):
        address.change({"period": None, "since": None, "until": None, "grain": _kept_grain(usual, chosen)})
        return
    days = {"period": "custom", "since": since.isoformat(), "until": until.isoformat()}
    picked = period.span("custom", now, begin, since, until)
    address.change({**days, "grain": _kept_grain(picked, chosen)})


def _kept_grain(span: period.Span, chosen: Filters) -> str | None:
    """The steps stay as they are; they are in the address only where they are not the usual ones."""
    return None if filters.fitting(span) == chosen.grain else chosen.grain
