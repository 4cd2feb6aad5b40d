"""Everything can be taken away, and everything can be deleted."""

import csv as csv_module
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.errors import UserError
from data.store.entries import KeyKpi
from data.store.store import Store
from data.store.taking import erase
from data.store.taking.export import ENTERED, WITHHELD, export
from data.store.taking.tables import RUSSIAN
from tests.unit.store.files import NOW, load, opened

HEAD = "order_id,finished_at,status,revenue,client,=NOTE"
LINES = [HEAD, "1,2026-10-01,done,10.5,=cmd|' /C calc'!A0,-1+2", "2,2026-10-02,done,20,+79001112233,x", ",,,,,"]
SECRET = "79001112233"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as made:
        load(made, tmp_path, "заказы октябрь.csv", "orders", LINES)
        load(made, tmp_path, "costs.csv", "expenses", ["date,kind,amount", "2026-10-01,rent,100", "bad,rent,1"])
        made.entries.set_target("revenue", good_low=1, source="@me")
        made.entries.choose_key_kpis([KeyKpi("revenue", None)])
        made.merge_people("Анна Котова", ["Анна К."])
        yield made


def cells(text: bytes, separator: str) -> list[list[str]]:
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv_module.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=separator))


def test_a_zip_holds_everything_and_no_formula(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "all.zip", dialect=RUSSIAN)
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        names = set(file.namelist())
        held = {name: file.read(name) for name in names}
    assert {
        "README.txt", "imports.csv", "facts/orders.csv", "facts/orders.parquet", "facts/expenses.csv",
        "originals/1 заказы октябрь.csv", "originals/2 costs.csv", "entered/target_changes.csv",
        "entered/key_kpis.csv", "entered/merges.csv",
    } <= names  # fmt: skip
    assert "originals" in held["README.txt"].decode()
    assert held["originals/1 заказы октябрь.csv"].decode() == "\n".join(LINES) + "\n"
    header, first, second = cells(held["facts/orders.csv"], ";")
    assert header[-3:] == ["'=NOTE", "import", "line"]
    row = dict(zip(header, first, strict=True))
    assert (row["revenue"], row["client"], row["'=NOTE"]) == ("10,5000", "'=cmd|' /C calc'!A0", "'-1+2")
    assert dict(zip(header, second, strict=True))["client"].startswith("'+7")
    assert "'@me" in held["entered/target_changes.csv"].decode()


def test_a_folder_holds_the_same_and_parquet_is_as_stored(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "out")
    rows = duckdb.sql(f"select client, revenue from '{tmp_path / 'out' / 'facts' / 'orders.parquet'}'").fetchall()
    assert rows == store.cursor().execute("select client, revenue from fact_orders where _live").fetchall()
    assert not list(store.workspace.temporary.iterdir())


def test_nothing_is_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    for name in ("there.zip", "full"):
        with pytest.raises(UserError):
            export(store, tmp_path / name)
    assert (tmp_path / "there.zip").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_every_table_of_what_people_entered_leaves_or_is_withheld_knowingly(store: Store) -> None:
    assert set(store.entries.tables()) == {*ENTERED, *WITHHELD}


def test_after_erasing_the_workspace_is_as_new(store: Store, tmp_path: Path) -> None:
    versions = store.data_version, store.entries.version
    (store.workspace.folder / "inbox").mkdir()
    (store.workspace.folder / "inbox" / "x.csv").write_text(SECRET)
    (store.workspace.folder / "main.duckdb.unreadable").write_text(SECRET)
    store.erase()
    assert (store.data_version > versions[0], store.entries.version > versions[1]) == (True, True)
    with opened(tmp_path / "new") as new:
        assert seen(store) == seen(new)
        assert sorted(p.name for p in store.workspace.folder.iterdir()) == sorted(
            p.name for p in new.workspace.folder.iterdir()
        )
    for path in store.workspace.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    (report,) = load(store, tmp_path, "o.csv", "orders", ["order_id,finished_at,status", "1,2026-10-01,done"])
    assert report.import_id == 1


def test_somebody_who_reads_meanwhile_does_not_keep_it_from_being_erased(store: Store) -> None:
    reader = store.cursor()
    reader.begin()
    assert reader.execute("select count(*) from fact_orders").fetchone() != (0,)
    store.erase()
    assert store.cursor().execute("select count(*) from fact_orders").fetchone() == (0,)
    assert store.cursor().execute("select count(*) from duckdb_tables() where table_name = 'noise'").fetchone() == (0,)
    reader.rollback()


def seen(store: Store) -> tuple[object, ...]:
    entered = {name: store.entries.table(name).values.tolist() for name in ENTERED}
    tables = store.cursor().execute("select table_name, column_count from duckdb_tables() order by all").fetchall()
    return store.relations(), store.imports(), entered, tables


def test_an_erasing_that_a_crash_cut_off_is_finished_at_the_next_opening(store: Store) -> None:
    folder = store.workspace.folder
    erase.begin(store.workspace)
    store.close()
    with Store.open(folder, lambda: NOW) as again:
        assert again.imports() == ()
        assert again.entries.targets() == ()
        assert not list(again.workspace.originals.iterdir())
        assert not (folder / "deleting").exists()
        assert again.relations()["orders"].first_day != date(2026, 10, 1)
