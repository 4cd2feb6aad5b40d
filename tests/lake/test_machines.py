"""Another machine with an empty folder and the same settings has everything, wherever the files lie."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import UserError
from data.store.connection import LAKE, SETTING
from data.store.remote.place import SETTING as DATA
from data.store.store import Store
from data.store.taking import restore
from data.store.taking.backup import backup
from data.store.taking.export import export
from tests.postgres import Postgres
from tests.unit.store.files import clock, csv, live, load, mapping

HEAD = "order_id,created_at,status,revenue"


def told(store: Store) -> object:
    """What a store says of its imports and rows; of one that was undone, only what a rebuild still knows."""
    imports = [replace(entry, parts=()) if entry.undone else entry for entry in store.imports()]
    return store.relations(), imports, live(store, "orders", "sum(_key % 1000003), sum(revenue), count(*)")


def test_another_machine_has_everything(shared: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "first", clock) as store:
        load(store, tmp_path, "a.csv", "orders", [HEAD, *(f"A{n},2026-10-{1 + n % 20:02},done,10" for n in range(50))])
        load(store, tmp_path, "b.csv", "orders", [HEAD, "A1,2026-10-02,done,70", "B1,2026-10-03,done,1"], source="a")
        load(store, tmp_path, "c.csv", "orders", [HEAD, "C1,2026-10-04,done,5000"])
        store.undo(3)
        before = told(store)
        assert list(store.workspace.originals.iterdir()) == [], "originals are where everybody finds them"
    with Store.open(tmp_path / "second", clock) as store:
        assert (told(store), store.opening_notes) == (before, ())
        store.rebuild()
        assert told(store) == before
        export(store, tmp_path / "out")
        assert (tmp_path / "out" / "originals" / "2 b.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
        store.publish(csv(tmp_path / "d.csv", HEAD, "D1,2026-10-05,done,9"), [mapping("orders", HEAD)])
        assert [entry.import_id for entry in store.imports()] == [4, 3, 2, 1]
        assert list((tmp_path / "second" / "arriving").iterdir()) == []


@pytest.mark.slow
def test_a_backup_is_whole_and_leads_back_to_a_file(
    shared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "first", clock) as store:
        load(store, tmp_path, "a.csv", "orders", [HEAD, *(f"A{n},2026-10-{1 + n % 20:02},done,10" for n in range(50))])
        load(store, tmp_path, "b.csv", "orders", [HEAD, "B1,2026-10-03,done,1"])
        store.undo(2)
        before = told(store)
        made = backup(store, tmp_path / "backup.zip")
    assert made.imports == 1
    for name in (SETTING, DATA):
        monkeypatch.delenv(name)
    with Store.open(tmp_path / "alone", clock) as store:
        restore.prepare(store, tmp_path / "backup.zip")
    with Store.open(tmp_path / "alone", clock) as store:
        assert (store.shared, told(store)) == (False, before)


@pytest.mark.slow
def test_a_failed_import_leaves_no_original(shared: str, tmp_path: Path) -> None:
    class Stop(Exception):
        """Comes in the middle."""

    def stop(what: object, *_: object) -> None:
        if "Counting" in str(what):
            raise Stop

    with Store.open(tmp_path / "first", clock) as store:
        path = csv(tmp_path / "a.csv", HEAD, "A1,2026-10-02,done,7")
        with pytest.raises(Stop):
            store.publish(path, [mapping("orders", HEAD)], progress=stop)
        assert (list(store.originals.names()), store.imports()) == ([], ())
        store.publish(path, [mapping("orders", HEAD)])
        assert [name.partition(".")[0] for name in store.originals.names()] == [store.imports()[0].sha256]
        assert store.imports()[0].import_id == 2


@pytest.mark.slow
def test_a_workspace_of_its_own_becomes_shared(
    postgres: Postgres, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "first", clock) as store:
        load(store, tmp_path, "a.csv", "orders", [HEAD, *(f"A{n},2026-10-{1 + n % 20:02},done,10" for n in range(50))])
        load(store, tmp_path, "b.csv", "orders", [HEAD, "A1,2026-10-02,done,70"], source="a")
        store.undo(1)
        before = told(store)
    monkeypatch.setenv(SETTING, LAKE + postgres.create(f"moving{abs(hash(place))}"))
    with Store.open(tmp_path / "first", clock) as store:
        assert "rebuilt" in str(store.opening_notes[0])
        assert told(store) == before
    with Store.open(tmp_path / "second", clock) as store:
        assert told(store) == before
        store.rebuild()
        assert told(store) == before


@pytest.mark.slow
def test_a_place_belongs_to_one_catalogue(
    postgres: Postgres, shared: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path / "first", clock).close()
    monkeypatch.setenv(DATA, f"{place}-other")
    with pytest.raises(UserError, match="do not lie at"):
        Store.open(tmp_path / "second", clock)
    monkeypatch.delenv(DATA)
    with pytest.raises(UserError, match="do not lie at"):
        Store.open(tmp_path / "second", clock)
    monkeypatch.setenv(DATA, place)
    monkeypatch.setenv(SETTING, LAKE + postgres.create(f"other{abs(hash(place))}"))
    with pytest.raises(UserError, match="another catalogue"):
        Store.open(tmp_path / "second", clock)
