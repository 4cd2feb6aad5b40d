"""One staged table into its fact.

Invariant: runs inside the import's transaction and changes nothing outside it; rows_in = rows_out + rejected +
duplicates + superseded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from data.ingest.column_map import ColumnMap
from data.ingest.staged import ImportOptions, Staged
from data.model import Fact, IngestReport
from data.store.compare import AFFECTED, NOTHING, Overlap, mark_affected, mine_of, others, overlap, remember_before
from data.store.fact_tables import table_of
from data.store.identifiers import listed
from data.store.ledger import enter_part, report_on
from data.store.live import settle
from data.store.part import Part
from data.store.rejects import keep_rejects
from data.store.remarks import remarks
from data.store.rows import KEYED, Keyed, day_sql, keyed


@dataclass(frozen=True)
class Published:
    """A table that is in its fact now."""

    part: Part
    """What it was."""
    report: IngestReport
    """What became of its rows."""
    single: bool
    """None of its keys has several rows."""


def publish_part(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, part: Part, *, file: str, options: ImportOptions
) -> Published:
    """Insert the rows, settle which ones count, write the ledger. Part of the caller's transaction."""
    rows = keyed(cursor, staged, part.source, part.import_id if part.number else None)
    _insert(cursor, staged, part, rows)
    days = _days(cursor, staged.fact, part.import_id)
    part = replace(part, replaces=_replaces(cursor, staged, days, options))
    enter_part(cursor, part)
    keep_rejects(cursor, part, staged.rejects)
    met = _settle(cursor, staged.fact, part, f"select _key from {KEYED}" if part.number else None)
    report = _report(cursor, staged, part, rows, met, file, days)
    report_on(cursor, part, report)
    return Published(part, report, rows.lines == 0)


def _insert(cursor: duckdb.DuckDBPyConnection, staged: Staged, part: Part, rows: Keyed) -> None:
    own = [*staged.columns, *staged.extras.values()]
    cursor.execute(
        f"""insert into {table_of(staged.fact)} by name
        select {part.import_id}::integer as _import, _line, _key, true as _live, $source as _source, _version,
          {day_sql(staged.fact.time, staged.columns)} as _day{", " if own else ""}{listed(own)}
        from ({rows.select})""",
        {"source": part.source, **({"label": part.source} if "$label" in rows.select else {})},
    )


def _days(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> tuple[date, date] | None:
    row = cursor.execute(f"select min(_day), max(_day) from {table_of(fact)} where _import = ?", [import_id]).fetchone()
    return (row[0], row[1]) if row and row[0] else None


def _replaces(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, days: tuple[date, date] | None, options: ImportOptions
) -> tuple[date, date] | None:
    """The days in which earlier rows of the source give way; None: in none."""
    own = _period(cursor, staged, days) if options.replace_period else None
    periods = [period for period in (own, options.covers) if period is not None]
    return (min(first for first, _ in periods), max(last for _, last in periods)) if periods else None


def _period(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, days: tuple[date, date] | None
) -> tuple[date, date] | None:
    """The period the table covers: up to the end of its last row's own period, where rows have one."""
    if days is None or "period_end" not in staged.columns:
        return days
    row = cursor.execute(f"select max(period_end) from {staged.table}").fetchone()
    return (days[0], max(days[1], row[0])) if row and row[0] else days


def _settle(cursor: duckdb.DuckDBPyConnection, fact: Fact, part: Part, keys: str | None) -> Overlap:
    """Compare with what other imports brought; nothing to do for the first import of a fact.

    `keys`: SELECT of the keys of this table's rows; None: it is the import's only one so far.
    """
    if not others(cursor, fact, part.import_id):
        return NOTHING
    mine = keys or mine_of(fact, part.import_id)
    if not mark_affected(cursor, fact, part.import_id, mine, source=part.source, days=part.replaces):
        return NOTHING
    remember_before(cursor, fact, part.import_id, mine)
    settle(cursor, fact, AFFECTED)
    return overlap(cursor, fact, part.import_id)


def _report(
    cursor: duckdb.DuckDBPyConnection,
    staged: Staged,
    part: Part,
    rows: Keyed,
    met: Overlap,
    file: str,
    days: tuple[date, date] | None,
) -> IngestReport:
    period = _changed_days(cursor, staged.fact, part.import_id) if met.same else days
    return IngestReport(
        source=f"{file} · {part.sheet}" if part.sheet else file,
        fact=staged.fact.name,
        rows_in=staged.rows_in,
        rows_out=rows.rows - met.same - met.lost,
        rejected=staged.rejected,
        duplicates=rows.duplicates + met.same,
        superseded=rows.superseded + met.lost,
        replaced=met.replaced,
        mapping=_told(staged.mapping.columns),
        steps=(*staged.steps, "publish"),
        findings=(*staged.findings, *remarks(cursor, staged, part, rows, met)),
        period=period if rows.rows > met.same + met.lost else None,
        fan_out=staged.fan_out,
        import_id=part.import_id,
        changed=met.changed,
        same=met.same,
    )


def _changed_days(cursor: duckdb.DuckDBPyConnection, fact: Fact, import_id: int) -> tuple[date, date] | None:
    """First and last day of the rows that were new or different."""
    row = cursor.execute(
        f"""select min(_day), max(_day) from {table_of(fact)}
        where _import = ? and _live and _key not in (select _key from _same)""",
        [import_id],
    ).fetchone()
    return (row[0], row[1]) if row and row[0] else None


def _told(columns: tuple[ColumnMap, ...]) -> Mapping[str, str]:
    """Target column → where it came from, for the report."""
    return {column.target: column.source or column.expression or f"«{column.constant}»" for column in columns}
