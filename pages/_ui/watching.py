"""The KPI of a page or a card against its natural limits, from the rows its trend shows.

Invariant: the card, the headline, the trend and the lens judge by the same course, so they never say different things.
"""

from datetime import date, datetime, time, timedelta

import pandas as pd

from kpi.charts import Natural, Naturals
from kpi.model import Grain, Query
from kpi.watch import Look, Watched, begun, course_of, is_move
from kpi.watch import words as said
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
    return naturals(view, course(view, figure, chosen, rows))


def is_change(view: View, figure: Figure, chosen: Filters) -> bool | None:
    """Whether the way from the period before to the figure's own is more than noise; None: it is not over, or nobody
    can tell."""
    periods = figure.history["period"]
    if figure.value is None or periods.empty or periods.iloc[-1] != figure.row.get("period"):
        return None  # the history is of other lengths of time than the value
    w = course(view, figure, chosen, begun(figure.history), board.history_grain(chosen))
    if len(w.days) < 2 or w.days[-1][0] != chosen.span.since or w.state == "too_few":
        return None
    return is_move(*w.course.readings[-2:]) if w.days[-2][1] == chosen.span.since - timedelta(days=1) else None


def long_rows(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows to judge by: those of the trend; of days, more of them."""
    if chosen.grain != "day":
        return rows
    since = period.back(chosen.span.until, "day", DAYS)
    return session.ask(view, Query((figure.kpi.id,), since, chosen.span.until, "day", None, chosen.where)).frame


def naturals(view: View, w: Watched) -> Naturals:
    """The limits as the charts read them."""
    found: dict[datetime, Natural] = {}
    for place, ((first, _), reading) in enumerate(zip(w.days, w.course.readings, strict=True)):
        if reading.limits is not None:
            stretch = sum(place >= start for start in w.course.starts)
            why = view.language.list(said.rule_text(rule, view.language) for rule in reading.rules)
            edges = (reading.limits.mean, reading.limits.lower, reading.limits.upper)
            found[moment(first)] = Natural(*edges, stretch, _state(w, reading.side), why if reading.rules else "")
    return found


def moment(first: date) -> datetime:
    """The first day of a period, as the charts know it."""
    return datetime.combine(first, time())


def _state(w: Watched, side: int) -> str:
    """The colour of a signal."""
    if not side:
        return ""
    if w.kpi.better == "band":
        return "no_target"
    return "good" if (side > 0) == (w.kpi.better == "higher") else "missed"
