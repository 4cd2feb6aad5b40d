"""The values a view is compared with.

Invariant: they are answers of the same engine, like for like while the period runs; nothing is asked where nothing is
compared.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kpi.language import Language
from kpi.model import Against, Query
from pages._ui import board, session
from pages._ui.board import Figure
from pages._ui.compare.choice import Comparison, days
from pages._ui.filters import Filters
from pages._ui.session import View

COLUMN = {"previous": "previous", "days": "previous", "year": "last_year", "member": "value"}
"""Kind → the column of an answer that holds the value compared with."""


@dataclass(frozen=True)
class Beside:
    """Values that stand beside a view's own."""

    name: str
    """What they are, in the language: «a year ago», «March 2026», a member."""
    values: Mapping[tuple[str, str | None], float]
    """(KPI id, member) → value; member None: the whole. One that is not known is not there."""

    def of(self, figure: Figure) -> float | None:
        """The value beside a figure."""
        return self.values.get((figure.kpi.id, None))

    def told(self, figure: Figure, words: Language) -> tuple[str, str]:
        """(signed change, «a year ago: 5.1 %»)."""
        value, unit = self.of(figure), figure.kpi.unit
        return words.delta(figure.value, value, unit), f"{self.name}: {words.value(value, unit)}"


def beside(view: View, ids: tuple[str, ...], chosen: Filters, by: str | None = None) -> Beside | None:
    """The compared values of these KPIs, by member where a dimension is given; None where nothing is compared."""
    comparison = chosen.compare
    if comparison is None:
        return None
    query = compared(board.total_query(ids, chosen, by), chosen, comparison)
    frame = session.ask(view, query).frame
    total = frame["is_total"].astype(bool)  # of an answer without rows it is of no type
    found = frame[total if by is None else ~total]
    column = found[COLUMN[comparison.kind]].tolist()
    keys = zip(found["kpi"].tolist(), found["slice"].tolist(), strict=True)
    known = {key: value for key, value in zip(keys, column, strict=True) if pd.notna(value)}
    return Beside(
        name(view, chosen, comparison), {(kpi, _member(slice_)): value for (kpi, slice_), value in known.items()}
    )


def _member(slice_: Any) -> str | None:
    return slice_ if isinstance(slice_, str) else None


def compared(query: Query, chosen: Filters, comparison: Comparison) -> Query:
    """The query whose column `COLUMN` holds what a query's own values are compared with."""
    if comparison.kind == "member":
        others = tuple(part for part in query.where if part[0] != comparison.dimension)
        return replace(query, where=(*others, (comparison.dimension, (comparison.member,))))
    if comparison.kind == "year":
        return query
    window = days(comparison, chosen.span)
    return replace(query, against=Against(chosen.span.since, window.since, window.until))


def name(view: View, chosen: Filters, comparison: Comparison) -> str:
    """What stands beside: «the month before», «a year ago», «March 2026», a member's name."""
    if comparison.kind == "member":
        from pages._ui.filters import member_name

        return member_name(view, comparison.dimension, comparison.member)
    if comparison.kind == "days":
        window = days(comparison, chosen.span)
        return view.language.span(window.since, window.until)
    t = view.language.t
    if comparison.kind == "year":
        return t("a year ago")
    return {
        "day": t("the day before"), "week": t("the week before"), "month": t("the month before"),
        "quarter": t("the quarter before"), "year": t("the year before"),
    }.get(chosen.span.grain, t("the period before"))  # fmt: skip


def along(view: View, query: Query, chosen: Filters) -> Mapping[Hashable, float]:
    """Per period of a trend's query what it is compared with: of other days the chosen periods' only."""
    comparison = chosen.compare
    if comparison is None:
        return {}
    rows = session.ask(view, compared(replace(query, compare=("previous", "year")), chosen, comparison)).frame
    rows = rows[rows["is_total"].astype(bool)]
    if comparison.kind in ("previous", "days"):
        inside = (rows["period_end"] >= pd.Timestamp(chosen.span.since)) & (
            rows["period"] <= pd.Timestamp(chosen.span.until)
        )
        rows = rows[inside]
    column = rows[COLUMN[comparison.kind]]
    return {first: float(value) for first, value in zip(rows["period"], column, strict=True) if pd.notna(value)}
