"""Clean UTF-8 text through DuckDB's own parallel reader, with the dialect settled beforehand.

Invariant: the rows DuckDB returns account for every physical line of the file, or `NotClean` is raised and the
tolerant path reads it instead; columns typed while they are read hold what their text would have given.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.expression import Params
from data.ingest.read.cells import Cells, literal, number
from data.ingest.read.characters import SPACES
from data.ingest.read.dialect import Dialect
from data.ingest.read.native import TEXT, Typed
from data.ingest.read.reach import within_reach
from data.ingest.read.scan import Scan, blank_lines, scan
from data.ingest.read.table import cells_of

LINE = 32_000_000
"""Bytes of the longest line, and of what DuckDB reads at once: as large as each other, it shares the work a fifth
cheaper among its threads than with its own figures."""


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


@dataclass(frozen=True)
class Layout:
    """What was settled on the first lines."""

    dialect: Dialect
    """Delimiter and quotes."""
    width: int
    """Columns."""
    skip: int
    """Records above the data."""
    head_lines: int
    """Physical lines these take."""
    verbatim: bool = False
    """Cells may neither have spaces around them nor line breaks inside."""


def read_clean(con: duckdb.DuckDBPyConnection, path: Path, name: str, layout: Layout, typed: Typed) -> CleanRead:
    """Stage the file as table `name`; columns that do not keep what `typed` promises are read as text after all.

    The bytes are looked at while DuckDB reads them: a clean file is what most files are.
    """
    if layout.dialect.escape != layout.dialect.quote:
        raise NotClean("backslash escapes")
    with ThreadPoolExecutor(1, "scan") as pool:
        seen = pool.submit(scan, path, layout.dialect.delimiter, layout.dialect.quote)
        if typed.columns:
            try:
                return _read(con, path, name, layout, typed, seen)
            except NotClean:
                _require_plain(seen.result(), layout.dialect)
        return _read(con, path, name, layout, TEXT, seen)


def _read(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, layout: Layout, typed: Typed, scanned: "Future[Scan]"
) -> CleanRead:
    """One attempt; it leaves nothing behind where it fails. Most files have no padded cells, so none are trimmed."""
    trims = scanned.done() and scanned.result().padded
    try:
        _load(con, path, cells_of(name), layout, typed, trim=trims)
        seen = scanned.result()
        _require_plain(seen, layout.dialect)
        if layout.verbatim and seen.padded:
            raise NotClean("spaces to keep")
        if seen.padded and not trims:
            con.execute(f'drop table "{cells_of(name)}"')
            _load(con, path, cells_of(name), layout, typed, trim=True)
        _require_kept(con, cells_of(name), typed)
        read = _account(con, path, name, layout, seen, typed)
        if layout.verbatim and read.breaks:
            raise NotClean("line breaks to keep")
        return replace(read, cells=replace(read.cells, typed=typed.columns))
    except BaseException:
        con.execute(f'drop table if exists "{cells_of(name)}"')
        raise


def _require_plain(seen: Scan, dialect: Dialect) -> None:
    if seen.controls or seen.unusual or (seen.tabs and dialect.delimiter != "\t"):
        raise NotClean("characters to clean")
    if seen.quotes % 2:
        raise NotClean("quotes out of balance")
    if seen.returns and seen.returns != seen.newlines:
        raise NotClean("mixed line ends")


def _require_kept(con: duckdb.DuckDBPyConnection, table: str, typed: Typed) -> None:
    """What the types themselves do not prove of their columns."""
    promises = [kept for place, native in typed.columns.items() if (kept := native.kept(f"c{place}")) is not None]
    if promises and not number(con, f'select cast({" and ".join(promises)} as int) from "{table}"'):
        raise NotClean("a typed column has values that its text would not give")


def _load(con: duckdb.DuckDBPyConnection, path: Path, table: str, layout: Layout, typed: Typed, *, trim: bool) -> None:
    names = [f"c{i}" for i in range(layout.width)]
    made = Params("t")
    cells = ", ".join(f"{_value(typed, place, trim, made)} as c{place}" for place in range(layout.width))
    sql = f"""create temp table "{table}" as select {cells} from read_csv($path, auto_detect=false, header=false,
        delim=$delimiter, quote=$quote, escape=$quote, skip=$skip, columns=$columns,
        max_line_size={LINE}, buffer_size={LINE}{", timestampformat=$timestamps" if typed.timestamps else ""})"""
    types = {place: native.type for place, native in typed.columns.items()}
    params = {
        "delimiter": layout.dialect.delimiter,
        "quote": layout.dialect.quote,
        "skip": layout.skip,
        "columns": {name: types.get(place, "VARCHAR") for place, name in enumerate(names)},
        **({"timestamps": typed.timestamps} if typed.timestamps else {}),
        **made.values,
    }
    try:
        with within_reach(con, path) as file:
            con.execute(sql, {"path": literal(file), **params})
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise NotClean(str(error)) from None


def _value(typed: Typed, place: int, trim: bool, made: Params) -> str:
    """SQL of one stored cell."""
    native = typed.columns.get(place)
    text = f"nullif(trim(c{place}, {made.place(SPACES)}), '')" if trim else f"c{place}"
    if native is None:
        return text
    return native.value(text if native.type == "VARCHAR" else f"c{place}", made.place)


def _account(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, layout: Layout, seen: Scan, typed: Typed
) -> CleanRead:
    """Every line below the head is a record, part of a quoted cell, or blank."""
    table, dialect, width, head_lines = cells_of(name), layout.dialect, layout.width, layout.head_lines
    count = number(con, f'select count(*) from "{table}"')
    missing = seen.newlines + seen.open_end - head_lines - count
    if missing == 0:
        return CleanRead(Cells(name, width, f"rowid + {head_lines + 1}"), [], 0)
    if seen.quotes and typed.columns:
        raise NotClean("line breaks are looked for in text")
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
