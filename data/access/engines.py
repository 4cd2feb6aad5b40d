"""Who answers a statement: an engine that holds a copy of the data, where there is one, else DuckDB.

Invariant: whoever asked cannot tell who answered: the same columns, of the same types. The engine is asked for what
reads relations; the arithmetic after it is DuckDB's in either case.
"""

from typing import Any

import duckdb
import pyarrow as pa

from data.access.limit import too_slow
from data.expression import Params
from data.model import Reads, Statement
from data.store.engine import Engine, TookTooLong, Unanswered
from data.store.identifiers import quoted


def asked(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, engine: Engine | None, version: int, seconds: float | None
) -> Any:
    """The statement's answer, to be fetched as DuckDB's own. `TooSlow` where an engine takes too long."""
    if engine is not None and statement.scans:
        try:
            return _finished(cursor, statement, engine.answer(statement, version, seconds))
        except TookTooLong as error:
            raise too_slow(seconds or 0) from error
        except Unanswered:
            pass  # the engine counted why
    return cursor.execute(statement.sql, dict(statement.params) or None)


def _finished(cursor: duckdb.DuckDBPyConnection, statement: Statement, answers: tuple[pa.Table, ...]) -> Any:
    """The rest of the statement, over the answers to its scans."""
    own, sql = duckdb.connect(":memory:", config={"threads": 1}), statement.sql
    for number, (scan, answer) in enumerate(zip(statement.scans, answers, strict=True)):
        own.register(f"answer{number}", answer)
        sql = sql.replace(f"({scan.sql})", f"({_alike(cursor, statement, scan, f'answer{number}')})")
    return own.execute(sql, _used(statement, sql) or None)


def _alike(cursor: duckdb.DuckDBPyConnection, statement: Statement, scan: Reads, name: str) -> str:
    """A scan's answer with the types that DuckDB would give it."""
    sql = f"with {scan.given} {scan.sql}" if scan.given else scan.sql
    described = cursor.execute(f"describe {sql}", _used(statement, sql) or None).fetchall()
    cells = (f"cast({quoted(str(column))} as {kind}) as {quoted(str(column))}" for column, kind, *_ in described)
    return f"select {', '.join(cells)} from {name}"


def _used(statement: Statement, sql: str) -> dict[str, Any]:
    return Params(values=dict(statement.params)).used_in(sql)
