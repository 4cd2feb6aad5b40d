"""The rows behind a number, as a Statement.

Invariant: the rows listed are those the KPI's own definition selects in these days, slice and filters, each marked
whether it was used; staff answers give no rows at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.access.source import dimension, quoted, select
from data.errors import NotAllowed
from data.expression import Params
from data.message import say
from data.model import DIMENSIONS, Source, Statement
from kpi.compile.plan import is_private
from kpi.compile.windows import add_months
from kpi.formula import ROW_WORDS, Rows, columns_needed, parsed, row_conditions
from kpi.model import Kpi, Query


@dataclass(frozen=True)
class Page:
    """Which of the rows to show."""

    search: str = ""
    """Text that some cell must contain; empty: all."""
    limit: int = 200
    """Most rows."""
    offset: int = 0
    """Rows to skip."""


def compile_rows(leaf: Kpi, query: Query, source: Source, page: Page) -> Statement:
    """Rows behind a value definition: day, is_used, the relation's own columns, extras, and of_all (their number).

    `query`: since and until given; its `where` holds the slice too. Raises `NotAllowed` for staff answers.
    """
    if is_private(leaf):
        raise NotAllowed(say("Answers of staff are anonymous: there are no rows to show."))
    assert query.since is not None
    assert query.until is not None
    relation, params = source.relation, Params()
    now = datetime.combine(relation.data_until or query.until, time()) + timedelta(days=1)
    rows = Rows(quoted, lambda name: name in relation.columns or name in ROW_WORDS, _never, now, None)
    tree = parsed(leaf.definition)
    eligible, used = row_conditions(tree, rows, params)
    needed, _ = columns_needed(tree, rows.available)
    shown = [*sorted(relation.own, key=_order), *relation.extras]
    inner = select(
        source, [*shown, *needed], params, where=query.where, time=leaf.time, days=_days(leaf, query.since, query.until)
    )
    found = f" and {_search(shown, page.search, params)}" if page.search else ""
    listed = ", ".join(["day", f"{used} as is_used", *map(quoted, shown), "count(*) over () as of_all"])
    order = f"order by day desc limit {int(page.limit)} offset {int(page.offset)}"
    sql = f"select {listed} from ({inner}) where {eligible}{found} {order}"
    return Statement(sql, params.used_in(sql), (relation.name,), source.scope)


def narrowed(query: Query, source: Source, slice_: str | None) -> Query:
    """The query for one slice: its member becomes a filter."""
    if query.by is None or dimension(source.relation, query.by) is None:
        return query
    member = "" if slice_ is None else slice_
    return Query(query.kpis, query.since, query.until, query.grain, None, (*query.where, (query.by, (member,))))


def _never(_: str) -> bool:
    return False


def _days(leaf: Kpi, since: date, until: date) -> tuple[date, date]:
    if leaf.window == "period_end":
        return until, until
    return (
        (add_months(until, -12) + timedelta(days=1), until) if leaf.window == "trailing_12_months" else (since, until)
    )


def _order(column: str) -> tuple[bool, str]:
    return column not in DIMENSIONS, column


def _search(columns: list[str], text: str, params: Params) -> str:
    wanted = params.place(f"%{text.lower()}%")
    return "(" + " or ".join(f"lower(cast({quoted(c)} as varchar)) like {wanted}" for c in columns) + ")"
