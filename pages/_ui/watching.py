"""The KPI of a page or a card against its natural limits, from the rows its trend shows.

Invariant: the card, the headline, the trend and the lens judge by the same course, so they never say different things.
"""

import pandas as pd

from kpi.charts import Naturals
from kpi.model import Grain, Query
from kpi.watch import Look, Watched, begun, course_of, has_moved, naturals
from pages._ui import board, period, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

DAYS = 120
"""Days looked back where the steps are days: weekdays are told from changes only over some weeks."""


def course(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame, grain: Grain | None = None) -> Watched:
    """The course of the total rows of a trend; `grain`: length of its periods, where it is not the chosen steps'."""
    steps = grain or chosen.grain

    def made() -> Watched:
        marks = view.marks(("process_change",))
        look = Look(view.reader, view.kpis, view.targets, (figure.kpi.id,), marks, chosen.where)
        return course_of(look, figure.kpi.id, steps, rows)

    return session.kept(view, ("course", figure.kpi, chosen, steps, len(rows)), made)


def limits(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame) -> Naturals:
    """The limits of a trend; none of days: a month of them is too little to know weekdays by."""
    if chosen.grain == "day" or rows.empty:
        return {}
    return naturals(course(view, figure, chosen, rows), view.language)


def is_change(view: View, figure: Figure, chosen: Filters) -> bool | None:
    """Whether the way from the period before to the figure's own is more than noise; None: it is not over, or nobody
    can tell."""
    periods = figure.history["period"]
    if figure.value is None or periods.empty or periods.iloc[-1] != figure.row.get("period"):
        return None  # the history is of other lengths of time than the value
    return session.kept(view, ("moved", figure.kpi, chosen, len(periods)), lambda: _has_moved(view, figure, chosen))


def _has_moved(view: View, figure: Figure, chosen: Filters) -> bool | None:
    w = course(view, figure, chosen, begun(figure.history), board.history_grain(chosen))
    return has_moved(w, chosen.span.since)


def long_rows(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows to judge by: those of the trend; of days, more of them."""
    if chosen.grain != "day":
        return rows
    since = period.back(chosen.span.until, "day", DAYS)
    return session.ask(view, Query((figure.kpi.id,), since, chosen.span.until, "day", None, chosen.where)).frame
