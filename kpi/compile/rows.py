"""The rows behind a number, as a Statement.

Invariant: the rows listed are those the KPI's own definition selects in these days, slice and filters, each marked
whether it was used; staff answers give no rows at all.
"""

from collections.abc import Iterable
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
    """Rows behind a value definition: day, is_used, the columns of the definition, the relation's others, extras, and
    of_all (their number).

    Where it can be told from few columns which rows those are, all columns are read of these few rows only.

    `query`: since and until given; its `where` holds the slice too. Raises `NotAllowed` for staff answers.
    """
    if is_private(leaf):
        raise NotAllowed(say("Answers of staff are anonymous: there are no rows to show."))
    assert query.since is not None
    assert query.until is not None
    relation, params = source.relation, Params()
    now = datetime.combine(relation.data_until or query.until, time()) + timedelta(days=1)
    rows = Rows(quoted, lambda name: relation.tells(name) or name in ROW_WORDS, _never, now, None)
    tree = parsed(leaf.definition)
    eligible, used = row_conditions(tree, rows, params)
    needed, _ = columns_needed(tree, rows.available)
    shown = [*sorted(relation.own, key=lambda name: (name not in needed, _order(name))), *relation.extras]
    days = _days(leaf, query.since, query.until)

    def scan(columns: Iterable[str], *, row: bool = False) -> str:
        return select(source, columns, params, where=query.where, time=leaf.time, days=days, row=row)

    listed = ", ".join(["day", f"{used} as is_used", *map(quoted, shown)])
    if page.search or not relation.live_filter:
        found = f" and {_search(shown, page.search, params)}" if page.search else ""
        chosen = f"from ({scan([*shown, *needed])}) where {eligible}{found} order by day desc {_part(page)}"
        sql = f"select {listed}, count(*) over () as of_all {chosen}"
    else:
        chosen = f"from ({scan(needed, row=True)}) where {eligible}"
        picked = f"select _row {chosen} order by day desc, _row {_part(page)}"
        listed += f", (select count(*) {chosen}) as of_all"
        every = scan([*shown, *needed], row=True)
        sql = f"select {listed} from ({every}) where _row in ({picked}) order by day desc, _row"
    return Statement(sql, params.used_in(sql), (relation.name,), source.scope, leaf.seconds)


def _part(page: Page) -> str:
    return f"limit {int(page.limit)} offset {int(page.offset)}"


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
