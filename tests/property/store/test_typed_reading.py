"""A file whose columns are typed while they are read becomes, cell for cell, what its text would have become."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import UserError
from data.ingest import pipeline, read
from data.ingest.expected import Expectation, likeliest
from data.ingest.staged import ImportOptions
from data.store import reading

HEADER = ["order_id", "created_at", "finished_at", "status", "revenue", "discount", "is_rework", "master", "note"]
USUAL = ["A-{n}", "2026-03-{day:02} 10:{n:02}", "2026-03-{day:02} 12:{n:02}", "done", "{n}50.5", "0.25", "true", "Ann"]
ODD: dict[int, list[str]] = {
    0: ["", "007", "-", "нет данных", " A-1 "],
    1: ["", "2026-03-05", "2026-03-05 10:00:00", "2026-02-30 10:00", "05.03.2026 10:00", "0026-03-05 10:00", "-",
        "2026-03-05 10:00:00+03", "2026-03-05T10:00:00.5Z", "epoch", "infinity", "1026-03-05 10:00", "завтра"],
    2: ["", "2026-13-01 10:00", "2026/03/05 10:00", " 2026-03-05 10:00 "],
    3: ["", "Done", "DONE", "отменён", "cancelled", "что-то", "-", "open"],
    4: ["", "1,5", "1.500", "1e3", "nan", "inf", "12 345.5", "100 ₽", "1_000", "-7", " 8.5 ", "99999999999999999.5",
        "x"],
    5: ["", "0.123456", "5%", "-"],
    6: ["", "да", "Нет", "FALSE", "+", "-", "1", "maybe"],
    7: ["", "Борис", "?", "ann"],
    8: ["", "text", "=HYPERLINK(\"x\",\"y\")", "a;b", "two, words", "Итого"],
}  # fmt: skip
DAY_FIRST = {1: "{day:02}.03.2026 10:{n:02}", 2: "{day:02}.03.2026 12:{n:02}"}


def rows_of(tail: list[dict[int, str]], dotted: bool, first: int) -> list[list[str]]:
    usual = [DAY_FIRST.get(place, cell) if dotted else cell for place, cell in enumerate([*USUAL, ""])]
    plain = [[cell.format(n=n % 60, day=1 + n % 28) for cell in usual] for n in range(first + len(tail))]
    for row, odd in zip(plain[first:], tail, strict=True):
        for place, cell in odd.items():
            row[place] = cell
    return plain


def written(path: Path, rows: list[list[str]], delimiter: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows([HEADER, *rows])
    return path


def outcome(work: Callable[[duckdb.DuckDBPyConnection], tuple[reading.Table, ...]]) -> tuple[bool, Any]:
    """Whether anything was typed while it was read; and rows, rejects and findings, or the refusal."""
    with duckdb.connect() as con:
        try:
            (table,) = work(con)
            staged = reading.clean(con, table, ImportOptions())
        except UserError as error:
            return False, str(error)
        columns = ", ".join(sorted([*staged.columns, *staged.extras.values()]))
        cells = con.execute(f"select _line, {columns} from {staged.table} order by _line").fetchall()
        rejects = con.execute(f"select * from {staged.rejects} order by line").fetchall()
        about = [replace(finding, examples=()) for finding in staged.findings]
        told = (staged.columns, staged.rows_in, staged.rejected, sorted(map(str, about)), [str(row) for row in cells])
        return bool(table.raw.typed), (told, [str(row) for row in rejects] if not table.raw.typed else None)


def as_text(con: duckdb.DuckDBPyConnection, path: Path) -> tuple[reading.Table, ...]:
    (raw,) = read.stage(con, path)
    proposal = pipeline.propose_table(con, raw)
    if proposal.mapping is None or not proposal.certain:
        return reading.recognise(con, path, path.name, ImportOptions(), pipeline_memory)
    return (reading.Table(raw, proposal.mapping),)


def pipeline_memory(_signature: str) -> None:
    return None


odd_rows = st.lists(
    st.dictionaries(st.integers(0, 8), st.integers(0, 12), max_size=2).map(
        lambda chosen: {place: ODD[place][number % len(ODD[place])] for place, number in chosen.items()}
    ),
    max_size=4,
)


@settings(max_examples=20, deadline=None)
@given(odd_rows, st.booleans(), st.sampled_from([1, 12, 410]), st.sampled_from([",", ";", "\t"]))
def test_typed_while_read_or_later(tail: list[dict[int, str]], dotted: bool, first: int, delimiter: str) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder, "orders.csv"), rows_of(tail, dotted, first), delimiter)
        typed, found = outcome(lambda con: reading.recognise(con, path, path.name, ImportOptions(), pipeline_memory))
        _, expected = outcome(lambda con: as_text(con, path))
    if typed and not isinstance(expected, str):
        assert found[0] == expected[0]
    else:
        assert found == expected
    if not tail and first > 1:
        assert typed


def test_what_is_told_is_what_is_wanted_afterwards(tmp_path: Path) -> None:
    path = written(tmp_path / "orders.csv", rows_of([], dotted=False, first=20), ",")
    told = Expectation(likeliest("orders.csv", pipeline_memory))
    with duckdb.connect() as con:
        (raw,) = read.stage(con, path, told=told)
        assert {place: native.format for place, native in raw.typed.items()} == {
            1: "ISO", 2: "ISO", 3: "word", 4: "number", 5: "number", 6: "word"
        }  # fmt: skip
        assert told.met(pipeline.propose_table(con, raw).mapping)
