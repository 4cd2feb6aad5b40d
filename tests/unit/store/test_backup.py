"""A backup is what was there at one moment, and putting it back gives exactly that."""

import contextlib
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access.people import Membership, People
from data.errors import UserError
from data.store.entries import KeyKpi
from data.store.store import Store
from data.store.taking import replacing
from data.store.taking.backup import MANIFEST, BackedUp, backup
from data.store.taking.restore import prepare
from tests.unit.store.files import load, opened
from tests.unit.store.test_taking import seen as whole

HEAD = "order_id,finished_at,status,revenue,employee"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    load(made, tmp_path, "заказы.csv", "orders", [HEAD, "1,2026-10-01,done,10.5,Аня", "2,2026-10-02,done,20,Борис"])
    made.entries.set_target("revenue", good_low=1, source="me")
    made.entries.choose_key_kpis([KeyKpi("revenue", None)])
    made.merge_people("Анна", ["Аня"])
    yield made
    made.close()


def seen(store: Store) -> tuple[object, ...]:
    """Relations, imports and entries; of an import that was undone a database made anew knows no columns."""
    relations, _, entered, tables = whole(store)
    return relations, [(one.import_id, one.file, one.undone) for one in store.imports()], entered, tables


def changed(store: Store, folder: Path) -> None:
    """Much of it is otherwise afterwards."""
    load(store, folder, "ещё.csv", "orders", [HEAD, "3,2026-10-03,done,99,Вера"])
    store.undo(1)
    store.entries.set_target("revenue", good_low=7, source="me")
    store.entries.choose_key_kpis([])
    store.undo_merge(1)


def again(store: Store, tmp_path: Path) -> Store:
    """The workspace as it is when it is opened anew."""
    store.close()
    return opened(tmp_path)


def test_what_was_there_is_back_and_what_came_after_is_kept_aside(store: Store, tmp_path: Path) -> None:
    was, journal = seen(store), store.workspace.journal.read_bytes()
    made = backup(store, tmp_path / "b.zip")
    assert (made.imports, made.path) == (1, tmp_path / "b.zip")
    changed(store, tmp_path)
    then = seen(store)
    assert then != was
    done = prepare(store, tmp_path / "b.zip")
    assert seen(store) == then  # nothing is touched before it is opened anew
    with again(store, tmp_path) as restored:
        assert seen(restored) == was
        assert restored.workspace.journal.read_bytes() == journal
        prepare(restored, done.before)
    with opened(tmp_path) as back:
        assert seen(back) == then
    assert not (tmp_path / "workspace" / "restore").exists()


@pytest.mark.parametrize("moved", range(6))
def test_a_crash_while_it_is_put_back_is_finished_by_the_next_opening(
    store: Store, tmp_path: Path, moved: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = seen(store)
    backup(store, tmp_path / "b.zip")
    changed(store, tmp_path)
    prepare(store, tmp_path / "b.zip")
    workspace, left = store.workspace, [moved]
    store.close()
    real = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with contextlib.suppress(KeyboardInterrupt):
            replacing.finish_if_begun(workspace)
    with opened(tmp_path) as restored:
        assert seen(restored) == was


def test_a_damaged_backup_changes_nothing(store: Store, tmp_path: Path) -> None:
    backup(store, tmp_path / "b.zip")
    was, content, refused = seen(store), (tmp_path / "b.zip").read_bytes(), 0
    for place in range(30, len(content), len(content) // 12):
        (tmp_path / "d.zip").write_bytes(content[:place] + bytes([content[place] ^ 0x41]) + content[place + 1 :])
        try:
            prepare(store, tmp_path / "d.zip")
        except UserError:
            refused += 1
        store.close()
        store = opened(tmp_path)
        assert seen(store) == was
    assert refused >= 6  # the others hit bytes that say nothing, such as a time in the zip
    (tmp_path / "n.zip").write_bytes(content[: len(content) // 2])
    with pytest.raises(UserError):
        prepare(store, tmp_path / "n.zip")
    assert not (tmp_path / "workspace" / "restore").exists()
    store.close()


@pytest.mark.parametrize("name", ["../evil", "originals/../../evil", "main.duckdb", "/etc/x", "originals/a/b"])
def test_a_backup_writes_nowhere_else(store: Store, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as file:
        file.writestr(name, b"x")
        told = {"format": 1, "made_at": "2026-01-01", "imports": 0, "migrations": [], "sha256": {name: "x"}}
        file.writestr(MANIFEST, json.dumps(told))
    with pytest.raises(UserError):
        prepare(store, tmp_path / "e.zip")
    assert not (tmp_path / "evil").exists()


def test_one_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as file:
        told = {"format": 1, "made_at": "2026-01-01", "imports": 0, "migrations": [1, 9999], "sha256": {}}
        file.writestr(MANIFEST, json.dumps(told))
    with pytest.raises(UserError, match="newer"):
        prepare(store, tmp_path / "n.zip")


def test_whose_account_was_closed_does_not_come_in_again(store: Store, tmp_path: Path) -> None:
    folder = store.workspace.folder
    people = People(folder)
    for login in ("boss", "former"):
        people.persons.admit(people.persons.add(login, login), Membership("", "owner"))
    token = people.sessions.begin("", "phone", person=1)
    backup(store, tmp_path / "b.zip")
    people.persons.close(2)
    people.close()
    assert prepare(store, tmp_path / "b.zip").people is False
    store = again(store, tmp_path)
    people = People(folder)
    assert [one.login for one, _ in people.persons.of_business("")] == ["boss"]
    assert people.sessions.find(token) is not None
    people.close()
    assert prepare(store, tmp_path / "b.zip", people=True).people is True
    again(store, tmp_path).close()
    people = People(folder)
    assert [one.login for one, _ in people.persons.of_business("")] == ["boss", "former"]
    assert people.sessions.find(token) is None  # nobody is signed in by a backup
    people.close()


def test_backups_made_while_files_are_loaded_are_whole(store: Store, tmp_path: Path) -> None:
    """Each holds the imports that counted at its moment; all can be put back."""
    over = threading.Event()

    def loading() -> None:
        for n in range(6):
            load(store, tmp_path, f"{n}.csv", "orders", [HEAD, f"{n + 10},2026-10-03,done,{n},Вера"])
        over.set()

    thread = threading.Thread(target=loading)
    thread.start()
    made: list[BackedUp] = []
    while not over.is_set() or len(made) < 3:
        made.append(backup(store, tmp_path / f"b{len(made)}.zip"))
    thread.join()
    for one in (made[0], made[len(made) // 2], made[-1]):
        folder = tmp_path / f"back-{one.path.stem}"
        with opened(folder) as empty:
            prepare(empty, one.path)
        with opened(folder) as restored:
            assert len(restored.imports()) == one.imports
            rows = restored.cursor().execute("select count(*) from fact_orders where _live").fetchone()
            assert rows == (2 + one.imports - 1,)
