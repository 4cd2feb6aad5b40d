"""What publishing has to say about an import.

Invariant: every row that was not simply added is counted in a finding.
"""

from typing import Literal

import duckdb

from data.ingest.staged import Staged
from data.message import Message, say_n
from data.model import Finding
from data.store.ad_overlap import of_two_accounts, overlapping
from data.store.compare import Overlap
from data.store.fact_tables import table_of
from data.store.part import Part
from data.store.rows import Keyed
from data.store.visit_overlap import of_two_sources


def remarks(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, part: Part, rows: Keyed, met: Overlap
) -> tuple[Finding, ...]:
    """The findings of the step publish."""
    absent = _absent(cursor, staged, part) if rows.unidentified and part.replaces is None else 0
    told = [
        _equal_rows(rows.duplicates), _lower_versions(rows.superseded + met.lost), _lines(rows.lines),
        _unidentified(rows.unidentified), _loaded(met.same), _replaced(met.replaced), _not_in_file(absent),
        *(_of_ads(cursor, part) if part.fact == "ads" else ()),
        *((of_two_sources(cursor, part.import_id),) if part.fact == "orders" else ()),
    ]  # fmt: skip
    return tuple(finding for finding in told if finding.count)


def _of_ads(cursor: duckdb.DuckDBPyConnection, part: Part) -> tuple[Finding, ...]:
    return overlapping(cursor, part.import_id), of_two_accounts(cursor, part.import_id, part.columns)


def _finding(severity: Literal["info", "warning"], rule: str, count: int, message: Message) -> Finding:
    return Finding("publish", severity, None, rule, count, (), message)


def _equal_rows(n: int) -> Finding:
    message = say_n("{n} row is equal to another of the file.", "{n} rows are equal to another of the file.", n)
    return _finding("info", "duplicate_rows", n, message)


def _lower_versions(n: int) -> Finding:
    message = say_n("{n} row is an older version of another.", "{n} rows are older versions of another.", n)
    return _finding("info", "superseded", n, message)


def _lines(n: int) -> Finding:
    message = say_n(
        "{n} key has several different rows: kept as its lines.",
        "{n} keys have several different rows: kept as their lines.", n,
    )  # fmt: skip
    return _finding("info", "lines", n, message)


def _unidentified(n: int) -> Finding:
    message = say_n(
        "{n} row has no key: a later version of it will count as another row.",
        "{n} rows have no key: a later version of one will count as another row.", n,
    )  # fmt: skip
    return _finding("info", "no_key", n, message)


def _loaded(n: int) -> Finding:
    message = say_n("{n} row was already loaded.", "{n} rows were already loaded.", n)
    return _finding("info", "already_loaded", n, message)


def _replaced(n: int) -> Finding:
    message = say_n(
        "{n} row of earlier imports gave way to this one.", "{n} rows of earlier imports gave way to this one.", n
    )
    return _finding("info", "replaced", n, message)


def _not_in_file(n: int) -> Finding:
    message = say_n(
        "{n} earlier row of this source lies within these days but is not in the file. If it was edited, «replace "
        "this source's period».",
        "{n} earlier rows of this source lie within these days but are not in the file. If they were edited, «replace "
        "this source's period».", n,
    )  # fmt: skip
    return _finding("warning", "not_in_file", n, message)


def _absent(cursor: duckdb.DuckDBPyConnection, staged: Staged, part: Part) -> int:
    """Live rows of earlier imports of the source within the file's days."""
    row = cursor.execute(
        f"""with mine as (select min(_day) as first, max(_day) as last from {table_of(staged.fact)}
                        where _import = $import)
        select count(*) from {table_of(staged.fact)}, mine
        where _live and _import < $import and _source = $source and _day between first and last""",
        {"import": part.import_id, "source": part.source},
    ).fetchone()
    return int(row[0]) if row else 0
