"""A backup: what cannot be derived again, as it was at one moment, in one zip file.

Invariant: taken while everybody reads and nobody writes; every file in it is named with its hash in `backup.json`, so
that a damaged backup is told before anything is touched. DuckDB is no part of it: it is made anew.
"""

import contextlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.message import say
from data.store.connection import catalogue
from data.store.entries import Entries
from data.store.entries.database import MEND, of_people
from data.store.entries.database.migrate import FOLDER
from data.store.journal import written_out
from data.store.store import Store
from data.store.taking.packing import packed
from data.store.taking.replacing import DATABASES, JOURNAL, PEOPLE, PLAIN_FILES
from data.store.watched import Progress, unwatched
from data.store.workspace import OTHERS, Workspace, sha256_of

MANIFEST = "backup.json"
FORMAT = 1
"""Of the zip; a program refuses those that are newer."""


@dataclass(frozen=True)
class BackedUp:
    """A backup that was made."""

    path: Path
    """Where it is."""
    files: int
    """How many files it holds."""
    size: int
    """Bytes of the zip."""
    imports: int
    """Imports that count in it."""


def backup(store: Store, target: Path, progress: Progress = unwatched) -> BackedUp:
    """Write one. `UserError` where something of that name is there."""
    with store.writing(), tempfile.TemporaryDirectory(dir=store.workspace.temporary) as folder, packed(target) as pack:
        hashes = {}
        names = list(store.originals.names())
        plain = _files(store, Path(folder))
        for place, (name, opened) in enumerate({**plain, **_originals(store, names)}.items()):
            progress(say("Making a backup"), place / (len(plain) + len(names) + 1))
            with opened as path:
                hashes[name] = sha256_of(path)
                pack.add(name, path)
        counted = sum(not entry.undone for entry in store.imports())
        pack.add(MANIFEST, _manifest(Path(folder), store.clock(), hashes, counted))
    size = target.stat().st_size if target.is_file() else sum(path.stat().st_size for path in target.rglob("*"))
    return BackedUp(target, len(hashes), size, counted)


def _files(store: Store, folder: Path) -> dict[str, AbstractContextManager[Path]]:
    """Name in the backup → file, originals apart."""
    found = _databases(store.workspace, store.entries, folder)
    plain = {name: store.workspace.folder / name for name in PLAIN_FILES}
    if store.shared:
        plain[JOURNAL] = written_out(store.journal, folder / JOURNAL)
    return {name: nullcontext(path) for name, path in {**found, **plain}.items() if path.exists()}


def _originals(store: Store, names: Sequence[str]) -> dict[str, AbstractContextManager[Path]]:
    """Name in the backup → the original, fetched when its turn comes."""
    parts = {name: name.partition(".") for name in names}
    return {
        f"originals/{name}": store.originals.opened(sha256, f"{point}{extension}")
        for name, (sha256, point, extension) in parts.items()
    }


def _databases(workspace: Workspace, entries: Entries, folder: Path) -> dict[str, Path]:
    """SQLite files of what people entered and of who may come in, wherever these lie."""
    found = {name: folder / name for name in DATABASES}
    entries.snapshot(found[DATABASES[0]])
    # Who may come in belongs to the installation: a further business has nothing of it.
    if workspace.folder.parent.name != OTHERS and (catalogue() is not None or (workspace.folder / PEOPLE).exists()):
        with contextlib.closing(of_people(workspace.folder / PEOPLE, MEND)) as people:
            people.snapshot(found[PEOPLE])
    return found


def _manifest(folder: Path, now: datetime, hashes: Mapping[str, str], imports: int) -> Path:
    path = folder / MANIFEST
    told = {
        "format": FORMAT, "made_at": now.isoformat(timespec="seconds"), "imports": imports,
        "migrations": sorted(int(one.name.split("_")[0]) for one in FOLDER.glob("[0-9]*.sql")), "sha256": dict(hashes),
    }  # fmt: skip
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return path
