"""What the coach has to know, from the workspace."""

from collections.abc import Callable, Mapping
from datetime import date

from data.store.entries import Entries
from kpi.catalogue import Catalogue
from kpi.coach.advice import Known
from kpi.compile.windows import floor, step
from kpi.evaluate import Availability
from kpi.model import Query, Result

MONTHS = 15
"""A year to know how a KPI moves by itself, and the quarter that is looked at."""


def gather(
    entries: Entries, catalogue: Catalogue, available: Mapping[str, Availability], ask: Callable[[Query], Result],
    today: date,
) -> Known:  # fmt: skip
    """The key KPIs as they were chosen, what can be computed, how they moved, and when they were looked at."""
    chosen = tuple(key.kpi for key in entries.key_kpis() if key.kpi in catalogue)
    computable = frozenset(name for name, one in available.items() if one.computable)
    courses = _courses(ask, catalogue, tuple(name for name in chosen if name in computable), today)
    views = entries.views
    return Known(chosen, catalogue, computable, today, courses, views.last(), views.since())


def _courses(
    ask: Callable[[Query], Result], catalogue: Catalogue, kpis: tuple[str, ...], today: date
) -> dict[str, tuple[float, ...]]:
    """The complete months of each KPI; months with too few rows to judge have no value."""
    if not kpis:
        return {}
    since = step(floor(today, "month"), "month", -MONTHS)
    frame = ask(Query(kpis, since, today, "month", compare=())).frame
    over = frame[frame["is_total"].astype(bool) & ~frame["is_partial"].astype(bool)].sort_values("period")
    found = {}
    for kpi, rows in over.groupby("kpi"):
        enough = rows["used"] >= catalogue.get(str(kpi)).min_rows
        found[str(kpi)] = tuple(rows["value"].where(enough).astype(float))
    return found
