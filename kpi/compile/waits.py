"""The single waits behind a survival median, as a Statement.

Invariant: the rows are those that the plan's scan of the same KPI counts as used: same scope, filters, days and slice.
"""

from datetime import datetime, time, timedelta

from data.access.source import dimension, quoted, select
from data.expression import Params
from data.model import Reads, Source, Statement
from kpi.compile.windows import Window
from kpi.formula import ROW_WORDS, Rows, columns_needed, parsed, waits
from kpi.model import Kpi, Query


def compile_waits(kpi: Kpi, query: Query, source: Source, days: Window) -> Statement:
    """Rows of day, slice (text; NULL: not filled in), waited (number) and happened (boolean), by day."""
    relation, params, tree = source.relation, Params(), parsed(kpi.definition)
    now = datetime.combine(relation.data_until or days.until, time()) + timedelta(days=1)
    rows = Rows(quoted, lambda name: relation.tells(name) or name in ROW_WORDS, lambda _: False, now, None)
    waited, happened, used = waits(tree, rows, params)
    by = dimension(relation, query.by) if query.by else None
    needed = [*sorted(columns_needed(tree, rows.available)[0]), *([by] if by else [])]
    run = (days.since, days.until)
    inner = select(source, needed, params, where=query.where, time=kpi.time, days=run)
    sliced = f"cast({quoted(by)} as varchar)" if by else "null::varchar"
    found = f"select day, {sliced} as slice, cast({waited} as double) as waited, ({happened}) as happened"
    scan = f"{found} from ({inner}) where {used}"
    sql = f"select * from ({scan}) order by day, waited, happened, slice"
    return Statement(sql, params.used_in(sql), (relation.name,), source.scope, kpi.seconds, (Reads(scan),))
