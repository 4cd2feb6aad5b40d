"""Clean UTF-8 text through DuckDB's own parallel reader, with the dialect settled beforehand.

Invariant: the rows DuckDB returns account for every physical line of the file, or `NotClean` is raised and the
tolerant path reads it instead.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.ingest.read.cells import Cells, literal, number
from data.ingest.read.characters import SPACES
from data.ingest.read.records import Dialect
from data.ingest.read.scan import Scan, blank_lines, scan
from data.ingest.read.table import cells_of


class NotClean(Exception):
    """A structural check failed; the message says which, for the log only."""


@dataclass(frozen=True)
class CleanRead:
    """What the fast path staged."""

    cells: Cells
    """The temp table."""
    blanks: list[int]
    """Blank lines below the header."""
    breaks: int
    """Cells whose line breaks or tabs became spaces."""


def read_clean(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, dialect: Dialect, width: int, skip: int, head_lines: int
) -> CleanRead:
    """Stage the file as table `name`: `skip` records, which take `head_lines` lines, stand above the data."""
    if dialect.escape != dialect.quote:
        raise NotClean("backslash escapes")
    seen = scan(path, dialect.delimiter, dialect.quote)
    _require_plain(seen, dialect)
    _load(con, path, cells_of(name), dialect, width, skip, trim=seen.padded)
    try:
        return _account(con, path, name, dialect, width, head_lines, seen)
    except BaseException:
        con.execute(f'drop table "{cells_of(name)}"')
        raise


def _require_plain(seen: Scan, dialect: Dialect) -> None:
    if seen.controls or seen.unusual or (seen.tabs and dialect.delimiter != "\t"):
        raise NotClean("characters to clean")
    if seen.quotes % 2:
        raise NotClean("quotes out of balance")
    if seen.returns and seen.returns != seen.newlines:
        raise NotClean("mixed line ends")


def _load(
    con: duckdb.DuckDBPyConnection, path: Path, table: str, dialect: Dialect, width: int, skip: int, *, trim: bool
) -> None:
    names = [f"c{i}" for i in range(width)]
    cells = ", ".join(f"nullif(trim({name}, $spaces), '') as {name}" if trim else name for name in names)
    sql = f"""create temp table "{table}" as select {cells} from read_csv($path, auto_detect=false, header=false,
        delim=$delimiter, quote=$quote, escape=$quote, skip=$skip, max_line_size=2000000, columns=$columns)"""
    params = {
        "path": literal(path),
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "skip": skip,
        "columns": dict.fromkeys(names, "VARCHAR"),
    }
    try:
        con.execute(sql, params | ({"spaces": SPACES} if trim else {}))
    except duckdb.Error as error:
        raise NotClean(str(error)) from None


def _account(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, dialect: Dialect, width: int, head_lines: int, seen: Scan
) -> CleanRead:
    """Every line below the head is a record, part of a quoted cell, or blank."""
    table = cells_of(name)
    count = number(con, f'select count(*) from "{table}"')
    missing = seen.newlines + seen.open_end - head_lines - count
    if missing == 0:
        return CleanRead(Cells(name, width, f"rowid + {head_lines + 1}"), [], 0)
    inside = _breaks(con, table, dialect, width) if seen.quotes else (0, 0)
    blanks = [] if missing == inside[0] else [b for b in blank_lines(path, dialect.quote) if b > head_lines]
    if width == 1 or missing != inside[0] + len(blanks) or (inside[0] and blanks):
        raise NotClean("lines unaccounted for")
    if inside[0]:
        _number_breaks(con, table, width, head_lines)
        return CleanRead(Cells(name, width, "line"), [], inside[1])
    return CleanRead(Cells(name, width, _number_blanks(con, table, width, head_lines, blanks)), blanks, 0)


def _breaks(con: duckdb.DuckDBPyConnection, table: str, dialect: Dialect, width: int) -> tuple[int, int]:
    """Line feeds inside cells, and the cells that have one. Refuses cells that seem to have swallowed records."""
    lines = cells = swallowed = 0
    for i in range(width):
        row = con.execute(
            f"""select coalesce(sum(length(c{i}) - length(replace(c{i}, chr(10), ''))), 0), count(*),
            count(*) filter (contains(c{i}[strpos(c{i}, chr(10)) + 1 :], chr(10))
                             and length(c{i}) - length(replace(c{i}, $d, '')) >= {width - 1})
            from "{table}" where contains(c{i}, chr(10))""",
            {"d": dialect.delimiter},
        ).fetchone()
        assert row is not None
        lines, cells, swallowed = lines + row[0], cells + row[1], swallowed + row[2]
    if swallowed:
        raise NotClean("a quoted cell holds what looks like records")
    return lines, cells


def _number_breaks(con: duckdb.DuckDBPyConnection, table: str, width: int, head_lines: int) -> None:
    """Number the rows by the line they begin on and turn line breaks inside cells into spaces."""
    names = [f"c{i}" for i in range(width)]
    extra = " + ".join(f"coalesce(length({c}) - length(replace({c}, chr(10), '')), 0)" for c in names)
    cells = ", ".join(
        f"case when contains({c}, chr(10)) then nullif(trim(regexp_replace({c}, '[\\r\\n]+', ' ', 'g'), $spaces), '') "
        f"else {c} end as {c}"
        for c in names
    )
    con.execute(
        f"""create temp table "{table}_numbered" as select {cells}, rowid + {head_lines + 1} + coalesce(sum({extra})
        over (order by rowid rows between unbounded preceding and 1 preceding), 0)::bigint as line from "{table}"
        order by rowid""",
        {"spaces": SPACES},
    )
    _replace(con, table)


def _number_blanks(con: duckdb.DuckDBPyConnection, table: str, width: int, head_lines: int, blanks: list[int]) -> str:
    """Number the rows where blank lines stand between them; blank lines at the end change nothing."""
    shifts = [(line - head_lines - 1 - before, before + 1) for before, line in enumerate(blanks)]
    rows = number(con, f'select count(*) from "{table}"')
    if all(first >= rows for first, _ in shifts):
        return f"rowid + {head_lines + 1}"
    con.execute(f'create temp table "{table}_shifts" (first bigint, shift bigint)')
    con.execute(f'insert into "{table}_shifts" select unnest($f), unnest($s)', _columns(shifts))
    names = ", ".join(f"t.c{i}" for i in range(width))
    con.execute(
        f"""create temp table "{table}_numbered" as
        select {names}, t.at + {head_lines + 1} + coalesce(s.shift, 0) as line
        from (select *, rowid as at from "{table}") t
        asof left join "{table}_shifts" s on t.at >= s.first order by t.at"""
    )
    con.execute(f'drop table "{table}_shifts"')
    _replace(con, table)
    return "line"


def _columns(shifts: list[tuple[int, int]]) -> dict[str, list[int]]:
    """Several blank lines at one place count together."""
    last = dict(shifts)
    return {"f": list(last), "s": list(last.values())}


def _replace(con: duckdb.DuckDBPyConnection, table: str) -> None:
    con.execute(f'drop table "{table}"')
    con.execute(f'alter table "{table}_numbered" rename to "{table}"')
