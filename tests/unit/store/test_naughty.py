"""Strings that break programs are loaded as the text they are: as header, as cell, from a file named like one."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.mapping import parse_mapping, write_mapping
from data.ingest.read.characters import SPACES
from data.store.identifiers import quoted
from data.store.store import Store
from tests.unit.ingest.read.test_naughty import NAUGHTY
from tests.unit.store.files import mapping, opened

HEADER = "order_id,finished_at,status,revenue"
FEW = 4
"""Headers a file has of them, so that it still looks like a header at all."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        yield made


def load(store: Store, path: Path, texts: Sequence[str]) -> None:
    """Import orders with a column for each text, which is its header and its cell in one row; compare."""
    plain = [f"слово {n}" for n in range(len(texts))]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADER.split(","), *texts])
        writer.writerow(["1", "2026-10-01", "done", "100", *plain])
        writer.writerow(["2", "2026-10-02", "done", "200", *texts])
    (report,) = store.publish(path, [mapping("orders", HEADER)])
    assert (report.source, report.rows_in) == (path.name, 2)
    extras = store.relations()["orders"].extras
    names = ", ".join(quoted(extras[text]) for text in texts)
    rows = store.cursor().execute(f"select {names} from fact_orders where _live order by order_id").fetchall()
    assert rows == [tuple(plain), tuple(texts)]


def load_all(store: Store, folder: Path, texts: Sequence[str]) -> None:
    """Some columns a file; each file replaces the orders of the one before."""
    for start in range(0, len(texts), FEW):
        load(store, folder / "'; drop table orders; --.csv", texts[start : start + FEW])


def through_a_mapping(text: str) -> None:
    """A header with this text, written to a mapping file and read again."""
    written = Mapping("orders", (ColumnMap("order_id", text), ColumnMap("status", "Статус")))
    assert parse_mapping(write_mapping([written]))[0].columns[0].source == text


def test_loaded(store: Store, tmp_path: Path) -> None:
    load_all(store, tmp_path, NAUGHTY)


@pytest.mark.parametrize("text", NAUGHTY)
def test_mapped(text: str) -> None:
    through_a_mapping(text)


@pytest.mark.real_data
@pytest.mark.slow
def test_the_big_list(store: Store, real_data: Path, tmp_path: Path) -> None:
    lines = (real_data / "blns.txt").read_text("utf-8").split("\n")
    texts = [line for line in dict.fromkeys(lines) if line.isprintable() and line and line == line.strip(SPACES)]
    for text in texts:
        through_a_mapping(text)
    load_all(store, tmp_path, texts)
