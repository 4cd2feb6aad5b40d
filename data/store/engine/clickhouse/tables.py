"""What of a relation is copied to ClickHouse, and the name that a copy of it bears.

Invariant: equal names mean equal rows: a name is made of what the rows hold. A column that ClickHouse could tell
otherwise than DuckDB (days beyond its calendar, NaN, kinds it has not) is not copied, and known not to be.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from data.store.engine.clickhouse.places import FIRST_DAY, LAST_DAY
from data.store.identifiers import listed, quoted

BESIDE_FACTS = "merged_people"
"""Read with people's names; lies whole on every server."""
WHOLE = frozenset({BESIDE_FACTS, "staff_posts"})
"""Tables that are joined to others: each server has all of their rows."""
_LEFT_OUT = frozenset({"_import", "_line", "_source", "_version"})
"""Bookkeeping that no KPI reads."""
_KINDS = {
    "VARCHAR": "String", "DOUBLE": "Float64", "BOOLEAN": "Bool", "DATE": "Date32", "TIMESTAMP": "DateTime64(6, 'UTC')",
    "INTEGER": "Int32", "BIGINT": "Int64", "UBIGINT": "UInt64", "HUGEINT": "Decimal(38, 0)",
}  # fmt: skip
_BEYOND = f"{{0}}::date <= date '{FIRST_DAY}' or {{0}}::date >= date '{LAST_DAY}'"
_TESTS = {"DATE": _BEYOND, "TIMESTAMP": _BEYOND, "DOUBLE": "not isfinite({0})"}
"""Kind → whether a cell of it is none that ClickHouse could hold."""
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


@dataclass(frozen=True)
class Table:
    """One table as it is copied."""

    name: str
    """The store's name of it."""
    columns: Mapping[str, str]
    """Column → type in DuckDB, of those that are copied."""
    omitted: frozenset[str]
    """Columns that are not."""
    rows: int
    """How many rows."""
    copy: str
    """Name of the copy."""

    @property
    def texts(self) -> frozenset[str]:
        """Columns whose text is the same in both."""
        return frozenset(name for name, kind in self.columns.items() if kind in ("VARCHAR", "BOOLEAN"))

    @property
    def declared(self) -> str:
        """Its columns as ClickHouse declares them."""
        return ", ".join(f"{quoted(name)} Nullable({kind_of(kind)})" for name, kind in self.columns.items())

    @property
    def ordered(self) -> str:
        """How its rows lie."""
        return "_day" if "_day" in self.columns else "tuple()"

    def select(self, part: tuple[int, int] | None = None) -> str:
        """Its rows, or the n-th of so many parts of them."""
        cells = ", ".join(
            f"{quoted(n)}::decimal(38,0) as {quoted(n)}" if kind == "HUGEINT" else quoted(n)
            for n, kind in self.columns.items()
        )
        conditions = [
            *_live(self.columns),
            *([f"hash({listed(self.columns)}) % {part[1]} = {part[0]}"] if part else []),
        ]
        return f"select {cells} from {self.name}" + (f" where {' and '.join(conditions)}" if conditions else "")


def kind_of(duckdb_type: str) -> str | None:
    """The type in ClickHouse; None where it has none that means the same."""
    decimal = _DECIMAL.fullmatch(duckdb_type)
    return f"Decimal({decimal[1]}, {decimal[2]})" if decimal else _KINDS.get(duckdb_type)


def table(cursor: duckdb.DuckDBPyConnection, name: str, *, parts: int) -> Table:
    """What would be copied of a table now; `parts`: over how many servers its rows are spread."""
    described = {str(row[0]): str(row[1]) for row in cursor.execute(f"describe {name}").fetchall()}
    known = {c: kind for c, kind in described.items() if c not in _LEFT_OUT and kind_of(kind) is not None}
    rows, content, foreign = _content(cursor, name, known)
    columns = {column: kind for column, kind in known.items() if column not in foreign}
    told = hashlib.sha256(repr((1, parts, columns, rows, content)).encode()).hexdigest()[:24]
    return Table(name, columns, frozenset(described) - frozenset(columns), rows, f"{name}__{told}")


def _content(
    cursor: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str]
) -> tuple[int, tuple[str, str], frozenset[str]]:
    """How many rows; two numbers that all cells are part of, whatever the order of the rows; and the columns with a
    cell that ClickHouse could not hold."""
    tests = {column: _TESTS[kind].format(quoted(column)) for column, kind in columns.items() if kind in _TESTS}
    cells = listed(columns)
    row = cursor.execute(
        f"""select count(*), coalesce(sum(hash({cells}))::varchar, ''), coalesce(sum(hash({cells}, 1))::varchar, '')
        {"".join(f", bool_or({test})" for test in tests.values())} from {name}{_where(_live(columns))}"""
    ).fetchone()
    assert row is not None
    found = frozenset(column for column, is_foreign in zip(tests, row[3:], strict=True) if is_foreign)
    return int(row[0]), (str(row[1]), str(row[2])), found


def _live(columns: Mapping[str, str]) -> list[str]:
    """Of a fact only the rows that count."""
    return ["_live"] if "_live" in columns else []


def _where(conditions: list[str]) -> str:
    return f" where {' and '.join(conditions)}" if conditions else ""
