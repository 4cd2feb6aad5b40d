"""What the journal, the originals and the merges say makes the same workspace again, whatever happened in it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.property.store.test_undo import Done, Upload, histories, state, values
from tests.unit.store.files import csv, mapping, opened


def upload(store: Store, folder: Path, table: Upload, number: int) -> bool:
    """Import a table as a file; whether it made an import (the same file again makes none)."""
    names = [*table.columns, *(["seq"] if table.versions else []), *([table.extra[2:].title()] if table.extra else [])]
    lines = [",".join(names)]
    for place, row in enumerate(table.rows):
        cells = ["" if cell is None else str(cell) for cell in row]
        cells += [str(table.versions[place])] if table.versions else []
        lines.append(",".join([*cells, *(["note"] if table.extra else [])]))
    version = {"version": "seq"} if table.versions else {}
    reports = store.publish(
        csv(folder / f"{number}.csv", *lines), [mapping(table.fact, lines[0], **version)],
        ImportOptions(source=table.source, replace_period=table.replaces),
    )  # fmt: skip
    return reports[0].import_id is not None


def live_through(store: Store, folder: Path, done: Done) -> list[int]:
    """Every step; numbers of the history become those of the store. Those of the imports that stand."""
    imports, merges = dict[int, int](), dict[int, int]()
    for what, number in done.steps:
        if what == "import" and upload(store, folder, done.imports[number - 1][0], number):
            imports[number] = store.imports()[0].import_id
        elif what == "undo" and number in imports:
            store.undo(imports.pop(number))
        elif what == "merge":
            name, spelling = done.merges[number - 1]
            merges[number] = store.merge_people(name, [spelling])
        elif what == "part":
            store.undo_merge(merges[number])
    return sorted(imports)


def ledger(store: Store) -> list[tuple[object, ...]]:
    """What it says of each import; of an undone one the columns of its tables are not kept."""
    return [
        (entry.import_id, entry.file, entry.sha256, entry.facts, entry.sources, entry.reports, entry.options, entry.at,
         entry.undone_at, () if entry.undone else entry.parts)
        for entry in store.imports()
    ]  # fmt: skip


def seen(store: Store) -> tuple[object, ...]:
    return state(store.cursor()), values(store.cursor()), ledger(store)


FEW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip


@FEW
@given(histories())
def test_a_rebuilt_workspace_is_the_same(done: Done) -> None:
    with TemporaryDirectory() as name, opened(Path(name)) as store:
        live_through(store, Path(name), done)
        before = seen(store)
        store.rebuild()
        assert seen(store) == before
        store.close()
        store.workspace.database.unlink()
        with Store.open(store.workspace.folder, store.clock) as again:
            assert seen(again) == before


@FEW
@given(histories())
def test_what_remains_is_what_its_files_alone_give(done: Done) -> None:
    with (
        TemporaryDirectory() as one, TemporaryDirectory() as other,
        opened(Path(one)) as store, opened(Path(other)) as alone,
    ):  # fmt: skip
        for number in live_through(store, Path(one), done):
            upload(alone, Path(other), done.imports[number - 1][0], number)
        for merge in store.entries.merges.all():
            if merge.undone_at is None:
                alone.merge_people(merge.name, merge.spellings)
        assert state(store.cursor()) == state(alone.cursor())
        assert values(store.cursor()) == values(alone.cursor())
