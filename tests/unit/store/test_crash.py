"""What a crash, a lost database or another process leaves, and how the next opening mends it."""

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from data.errors import WorkspaceBusy
from data.store.journal import FileJournal
from data.store.store import Store
from tests.unit.store.files import NOW, clock, csv, live, load, mapping, opened

ORDERS = "order_id,finished_at,status,revenue,client,Note"


def filled(folder: Path) -> Store:
    store = opened(folder)
    first = [ORDERS, "1,2026-10-01,done,10,Bob,x", "2,2026-10-02,open,20,Ann,y"]
    load(store, folder, "a.csv", "orders", first)
    load(store, folder, "b.csv", "expenses", ["date,kind,amount", "2026-10-01,rent,7"])
    load(store, folder, "a.csv", "orders", [*first[:2], "2,2026-10-02,done,25,Ann,z", "3,2026-10-03,done,5,Bob,"])
    load(store, folder, "c.csv", "expenses", ["date,kind,amount", "2026-10-05,rent,1"])
    store.undo(4)
    return store


def content(store: Store) -> dict[str, object]:
    tables = ("fact_orders", "fact_expenses", "visits", "ad_costs", "relation_states")
    found: dict[str, object] = {}
    with store.reading(tables) as cursor:
        for table in tables:
            names = sorted(row[0] for row in cursor.execute(f"describe {table}").fetchall())
            listed = ", ".join(f'"{name}"' for name in names)
            found[table] = names, sorted(map(repr, cursor.execute(f"select {listed} from {table}").fetchall()))
    found["imports"] = [(entry.import_id, entry.undone, entry.facts) for entry in store.imports() if not entry.undone]
    found["reports"] = [entry.reports for entry in store.imports() if not entry.undone]
    found["undone"] = [entry.import_id for entry in store.imports() if entry.undone]
    return found


def test_rebuild_gives_the_same(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before, version = content(store), store.data_version
        store.rebuild()
        assert content(store) == before
        assert store.data_version > version
        load(store, tmp_path, "d.csv", "expenses", ["date,kind,amount", "2026-10-09,rent,3"])
        assert store.imports()[0].import_id == 5
        store.undo(3)
        assert sorted(live(store, "orders", "order_id, revenue::int")) == [("1", 10), ("2", 20)]


def test_a_lost_database_is_rebuilt_when_opened(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    store.workspace.database.unlink()
    with opened(tmp_path) as store:
        assert content(store) == before
        assert len(store.opening_notes) == 1
    with opened(tmp_path) as store:
        assert store.opening_notes == ()


def test_a_damaged_database_is_set_aside_and_rebuilt(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    path = store.workspace.database
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
    with opened(tmp_path) as store:
        assert content(store) == before
        assert len(store.opening_notes) == 2
    assert path.with_name("main.duckdb.unreadable").exists()


def test_a_lost_journal_is_written_again_from_the_ledger(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    store.workspace.journal.unlink()
    with opened(tmp_path) as store:
        store.rebuild()
        assert content(store) == before


def test_an_import_begun_but_never_committed_failed(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    FileJournal(store.workspace.journal).append(
        "begin", 5, NOW, file="big.csv", sha256="0", extension=".csv", options={}, mappings=[]
    )
    with opened(tmp_path) as store:
        assert content(store) == before
        assert [str(note) for note in store.opening_notes] == [
            "The import of big.csv was interrupted: nothing of it was loaded. Import it again."
        ]
        load(store, tmp_path, "d.csv", "expenses", ["date,kind,amount", "2026-10-09,rent,3"])
        assert store.imports()[0].import_id == 6
    with opened(tmp_path) as store:
        assert store.opening_notes == ()


def test_an_import_committed_but_not_yet_done_counts(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    lines = store.workspace.journal.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if (json.loads(line)["event"], json.loads(line)["import"]) != ("done", 3)]
    store.workspace.journal.write_text("\n".join(kept) + '\n{"event": "do', encoding="utf-8")
    with opened(tmp_path) as store:
        assert content(store) == before
        assert "it is loaded" in str(store.opening_notes[0])
        store.rebuild()
        assert content(store) == before


def test_an_undo_that_only_one_of_the_two_knows_is_kept(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
        store.undo(2)
        after = content(store)
    text = store.workspace.journal.read_text(encoding="utf-8")
    store.workspace.journal.write_text("".join(text.splitlines(keepends=True)[:-1]), encoding="utf-8")
    with opened(tmp_path) as store:
        assert content(store) == after != before
        store.rebuild()
        assert content(store) == after


def test_a_missing_original_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        before = content(store)
        next(store.workspace.originals.glob(f"{store.imports()[-1].sha256}*")).unlink()
        with pytest.raises(Exception, match=r"original of import 1, a\.csv, is missing"):
            store.rebuild()
        assert content(store) == before


def test_what_still_has_its_original_is_rebuilt_and_the_rest_is_named(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        standing = [entry for entry in store.imports() if not entry.undone]
    lost, kept = standing[0], standing[1:]
    assert kept
    original = store.workspace.original(lost.sha256, lost.extension)
    aside = original.rename(tmp_path / "aside")
    store.workspace.database.unlink()
    for _ in range(2):  # opened again it stays as it is, and says so
        with opened(tmp_path) as store:
            assert {entry.import_id for entry in store.imports() if not entry.undone} == {e.import_id for e in kept}
            assert lost.file in str(store.opening_notes[-1])
    aside.rename(original)
    with opened(tmp_path) as store:
        assert {entry.import_id for entry in store.imports() if not entry.undone} == {e.import_id for e in standing}


def test_another_process_finds_the_workspace_busy(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from data.store.store import Store; Store.open(Path(sys.argv[1]))"
    with opened(tmp_path) as store:
        folder = str(store.workspace.folder)
        ended = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    assert WorkspaceBusy.__name__ in ended.stderr


KILLED = """
import sys
from pathlib import Path
from tests.unit.store.files import clock, mapping
from data.store.store import Store
store = Store.open(Path(sys.argv[1]), clock)
print("open", flush=True)
store.publish(Path(sys.argv[2]), [mapping("orders", sys.argv[3])])
print("done", flush=True)
"""


@pytest.mark.parametrize("wait", [0.05, 0.3])
def test_a_killed_import_is_there_or_not(tmp_path: Path, wait: float) -> None:
    with filled(tmp_path) as store:
        before = content(store)
    rows = [f"{n},2026-10-01,done,{n},C{n},n" for n in range(100, 20_000)]
    path = csv(tmp_path / "big.csv", ORDERS, *rows)
    names = ORDERS.removesuffix(",Note")
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(store.workspace.folder), str(path), names],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    time.sleep(wait)
    child.send_signal(signal.SIGKILL)
    child.wait()
    with opened(tmp_path) as store:
        loaded = len(live(store, "orders", "order_id"))
        assert loaded in (3, 3 + len(rows))
        if loaded == 3:
            assert content(store) == before
        store.publish(path, [mapping("orders", names)])
        assert len(live(store, "orders", "order_id")) == 3 + len(rows)


def test_readers_see_whole_states_while_writing(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        stop, seen, errors = threading.Event(), set[tuple[int, int]](), list[BaseException]()

        def read() -> None:
            try:
                while not stop.is_set():
                    with store.reading(("visits",)) as cursor:
                        row = cursor.execute(
                            "select (select count(*) from fact_orders where _live), (select count(*) from visits)"
                        ).fetchone()
                    seen.add(row)  # type: ignore[arg-type]
                    assert store.relations()["orders"].rows >= 3
            except BaseException as error:
                errors.append(error)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        path = csv(tmp_path / "more.csv", ORDERS, *(f"{n},2026-10-01,done,1,C{n},n" for n in range(100, 600)))
        job = store.writer.submit("more", lambda tell: store.publish(path, [mapping("orders", ORDERS)], progress=tell))
        job.wait(60)
        store.rebuild()
        stop.set()
        for reader in readers:
            reader.join()
        assert errors == []
        assert job.state == "done"
        assert seen <= {(3, 3), (503, 503)}


def test_folder_is_the_owners_only(tmp_path: Path) -> None:
    with filled(tmp_path) as store:
        paths = (store.workspace.folder, store.workspace.entries)
        modes = {path.name: path.stat().st_mode & 0o777 for path in paths}
    assert modes == {"workspace": 0o700, "app.sqlite": 0o600}
    assert clock() == NOW
