"""The figures a page shows: for each KPI its value in the chosen period and the row of periods behind it.

Invariant: figures of one page come from one answer where they have a history and the period is a calendar one; the
value on a card, in a table and behind a chart is always a row of such an answer, never computed here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data.message import Message
from kpi.model import Grain, Kpi, Query, Result
from kpi.watch import STEPS
from pages._ui import period, session
from pages._ui.filters import Filters
from pages._ui.session import View

SPARK = 13
"""Periods of a sparkline: a year and the same month of the last."""


@dataclass(frozen=True)
class Figure:
    """One KPI in the chosen period."""

    kpi: Kpi
    """The definition."""
    row: Mapping[str, Any]
    """The answer's row of the chosen period (columns of RESULT_COLUMNS); empty when there is none."""
    history: pd.DataFrame
    """The answer's rows of the periods up to the chosen one."""
    now: date | None
    """Until when the KPI's facts go."""
    notes: tuple[Message, ...]
    """What the reader must know."""
    unavailable: Message | None
    """Why there is no figure."""

    @property
    def value(self) -> float | None:
        """The value, None when there is none."""
        value = self.row.get("value")
        return None if value is None or pd.isna(value) else float(value)

    @property
    def status(self) -> str:
        """One of the statuses; no_target when there is no row."""
        return str(self.row.get("status") or "no_target")

    @property
    def target_kind(self) -> str | None:
        """Kind of the target in force, None when there is none."""
        kind = self.row.get("target_kind")
        return kind if isinstance(kind, str) else None

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of the chosen period, None when there is no row."""
        return (self.row["period"].date(), self.row["period_end"].date()) if self.row else None

    def number(self, column: str) -> float | None:
        """A numeric cell of the row, None when empty."""
        cell = self.row.get(column)
        return None if cell is None or pd.isna(cell) else float(cell)


def figures(view: View, kpis: Sequence[Kpi], chosen: Filters, *, history: bool = True) -> tuple[Figure, ...]:
    """The figures of these KPIs, in their order.

    Without `history`: the chosen period alone, and compared with the one before only.
    """
    if not kpis:
        return ()
    question = ("figures", tuple(kpi.id for kpi in kpis), chosen, history)
    return session.kept(view, question, lambda: _figures(view, kpis, chosen, history=history))


def with_history(view: View, figure: Figure, chosen: Filters) -> Figure:
    """The figure of the chosen period with the periods before it."""
    query = replace(history_query((figure.kpi.id,), chosen), compare=("previous",))

    def totals() -> pd.DataFrame:
        history = session.ask(view, query).frame
        return history[history["is_total"]]

    return replace(figure, history=session.kept(view, ("history", query), totals))


def _figures(view: View, kpis: Sequence[Kpi], chosen: Filters, *, history: bool) -> tuple[Figure, ...]:
    ids = tuple(kpi.id for kpi in kpis)
    if not history:
        values = session.ask(view, replace(total_query(ids, chosen), compare=("previous",)))
        rows, before = {str(row["kpi"]): row for row in _totals(values.frame)}, values.frame.iloc[:0]
        return tuple(_figure(kpi, rows.get(kpi.id, {}), before, values) for kpi in kpis)
    answer = session.ask(view, history_query(ids, chosen))
    if chosen.span.grain == "total":
        values = session.ask(view, total_query(ids, chosen))
        rows = {str(row["kpi"]): row for row in _totals(values.frame)}
    else:
        start = pd.Timestamp(chosen.span.since)
        rows = {str(row["kpi"]): row for row in _totals(answer.frame) if row["period"] == start}
        values = answer
    totals = answer.frame[answer.frame["is_total"]]
    return tuple(_figure(kpi, rows.get(kpi.id, {}), totals[totals["kpi"] == kpi.id], values) for kpi in kpis)


def history_grain(chosen: Filters) -> Grain:
    """Length of the periods of a history: that of the chosen calendar period, or else the chosen steps."""
    return chosen.grain if chosen.span.grain == "total" else chosen.span.grain


def history_query(ids: tuple[str, ...], chosen: Filters) -> Query:
    """The periods up to the chosen one."""
    grain = history_grain(chosen)
    since = period.back(chosen.span.until, grain, STEPS[grain])
    return Query(ids, since, chosen.span.until, grain, where=chosen.where, compare=("previous", "year"))


def total_query(ids: tuple[str, ...], chosen: Filters, by: str | None = None) -> Query:
    """The chosen period as a whole, by a dimension where one is given; a calendar period keeps its own name."""
    span = chosen.span
    return Query(ids, span.since, span.until, span.grain, by, chosen.where, ("previous", "year"))


def _totals(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in frame[frame["is_total"]].to_dict("records")]


def _figure(kpi: Kpi, row: Mapping[str, Any], history: pd.DataFrame, values: Result) -> Figure:
    now, why = values.now.get(kpi.id), values.unavailable.get(kpi.id)
    return Figure(kpi, row, history, now, values.notes.get(kpi.id, ()), why)
