"""From a number down to its rows."""

from dataclasses import dataclass

import pandas as pd

from data.access.reader import Reader
from kpi.catalogue import Catalogue
from kpi.compile import Page, calendar, compile_rows, narrowed, resolve
from kpi.model import Kpi, Query

FIRST = Page()
"""The first rows, unsearched."""


@dataclass(frozen=True)
class Behind:
    """The rows behind a number."""

    frame: pd.DataFrame
    """day, is_used (entered the value, not merely selected), then the relation's columns; newest first."""
    total: int
    """Rows in all, of which the frame shows a page."""
    relation: str
    """Where they come from."""


def leaves_of(reader: Reader, catalogue: Catalogue, kpi: str) -> tuple[Kpi, ...]:
    """The values a KPI is computed from: each has its own rows."""
    return resolve(catalogue.get(kpi), catalogue, reader.relations()).leaves


def rows_behind(
    reader: Reader,
    leaf: Kpi,
    query: Query,
    member: tuple[str | None] | None = None,
    page: Page = FIRST,
) -> Behind:
    """Rows of one value definition in the query's days and filters; `member`: of that slice of `query.by` only.

    Raises `NotAllowed` for staff answers.
    """
    source = reader.sources()[leaf.relation or ""]
    relation = source.relation
    if relation.first_day is None or relation.data_until is None:
        return Behind(pd.DataFrame(), 0, relation.name)
    cal = calendar(query, relation.first_day, relation.data_until)
    asked = Query(query.kpis, cal.since, cal.until, query.grain, query.by, query.where)
    if member is not None:
        asked = narrowed(asked, source, member[0])
    frame, _ = reader.run(compile_rows(leaf, asked, source, page))
    total = int(frame["of_all"].iloc[0]) if len(frame) else 0
    return Behind(frame.drop(columns="of_all"), total, relation.name)
