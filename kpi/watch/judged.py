"""By which periods a change is judged: the same on cards, pages and where the reason is asked for.

Invariant: the periods end with the one that is judged; those before the first value are none.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from kpi.compile.windows import floor, step
from kpi.evaluate import evaluate
from kpi.model import Grain, Query
from kpi.signals import Reading
from kpi.watch.scan import Look
from kpi.watch.series import Watched, seen, watched

STEPS: Mapping[Grain, int] = {"day": 31, "week": 27, "month": 25, "quarter": 9, "year": 6}
"""Periods by which one is judged, by their length."""
CALENDAR: tuple[Grain, ...] = ("week", "month", "quarter", "year")


def fitting(since: date, until: date) -> Grain:
    """Steps by which any days are judged: their own calendar length, else months, or weeks of a short time."""
    for grain in CALENDAR:
        if floor(since, grain) == since and step(since, grain, 1) == until + timedelta(days=1):
            return grain
    return by_length(since, until)


def by_length(since: date, until: date) -> Grain:
    """Steps of days that are no calendar period: months, or weeks of a short time."""
    days = (until - since).days
    return "month" if days > 92 else "week" if days > 21 else "day"


def is_move(was: Reading, now: Reading) -> bool:
    """Whether the way from one period to the next is more than noise: it begins a signal, goes on with a trend, leaps
    out of the limits, or ends a signal of the other side."""
    side = (now.value > was.value) - (now.value < was.value)
    if not side:
        return False
    if now.side == side:
        leaps = "outside" in now.rules and "outside" not in was.rules
        return was.side != side or "trend" in now.rules or leaps
    return was.side == -side and now.side != was.side


def has_moved(w: Watched, since: date) -> bool | None:
    """Whether the way from the period before to the one that begins on `since` is more than noise; None: it is not
    over, or nobody can tell."""
    if len(w.days) < 2 or w.days[-1][0] != since or w.state == "too_few":
        return None
    return is_move(*w.course.readings[-2:]) if w.days[-2][1] == since - timedelta(days=1) else None


def begun(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the periods before the first that has a value."""
    known = rows.loc[rows["value"].notna(), "period"]
    return rows if known.empty else rows[rows["period"] >= known.min()]


def judged(look: Look, kpi: str, grain: Grain, until: date) -> Watched:
    """The course of one KPI up to the period that holds a day."""
    query = Query((kpi,), step(floor(until, grain), grain, 1 - STEPS[grain]), until, grain, None, look.where)
    return course_of(look, kpi, grain, begun(evaluate(look.reader, look.catalogue, query, look.targets).frame))


def course_of(look: Look, kpi: str, grain: Grain, rows: pd.DataFrame) -> Watched:
    """The course of the total rows of one KPI, in periods of that length."""
    totals, found = rows[rows["is_total"].astype(bool)], look.catalogue.get(kpi)
    first = look.first_days()[kpi]
    return watched(seen(totals), found, grain, first_day=first, marks=look.marks, narrowed=look.narrowed)
