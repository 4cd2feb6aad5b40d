"""The tolerant path of the CSV reader, against Python's csv module reading the same bytes in the same minute.

Invariant: every file holds a fault, so that DuckDB's own reader, the engine for clean files, has no part in it.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from data.ingest.read import drop, stage
from tests.bench.timing import Ratio, compare

ROWS = 150_000
LIMIT = 30.0
"""Python's csv module reads 150 MB/s and more where nothing else runs: a thirtieth of that is 5 MB/s."""

_LINES: dict[str, Callable[[int], str]] = {
    "no quotes": lambda n: f"{n},{n % 28 + 1:02d}.10.2026,Клиент {n % 977},стрижка и укладка {n % 13},{n * 7 % 9000}\n",
    "quotes": lambda n: f'{n},{n % 28 + 1:02d}.10.2026,"Салон ""Ромашка"", зал {n % 9}",стрижка,{n * 7 % 9000}\n',
    "line ends in cells": lambda n: (
        f'{n},{n % 28 + 1:02d}.10.2026,Клиент {n % 977},"стрижка\nи укладка",{n * 7 % 9000}\n'
    ),
    "a fault in every tenth row": lambda n: (
        f"{n},{n % 28 + 1:02d}.10.2026,{'' if n % 10 else chr(34)}Аня,стрижка,{n}\n"
    ),
}


def run(folder: Path) -> Iterator[Ratio]:
    """One ratio a kind of text, with the speed in MB/s."""
    with duckdb.connect() as connection:
        for number, (name, line) in enumerate(_LINES.items()):
            path = folder / f"{number}.csv"
            path.write_text("Заказ,Дата,Клиент,Услуга,Сумма\n1,short\n" + "".join(map(line, range(ROWS))), "utf-8")
            yield _ratio(connection, name, path)


def _ratio(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> Ratio:
    ratio = compare(name, lambda: _ours(connection, path), lambda: _yardstick(path), limit=LIMIT, rounds=3)
    speed = path.stat().st_size / ratio.ours / 1e6
    return Ratio(f"tolerant CSV, {name}, {speed:.1f} MB/s", ratio.ours, ratio.yardstick, LIMIT)


def _ours(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    (table,) = stage(connection, path)
    assert table.rows == ROWS + 1
    assert any(finding.rule == "padded_rows" for finding in table.findings)
    drop(connection, table)


def _yardstick(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
