"""A backup: what cannot be derived again, as it was at one moment, in one zip file.

Invariant: taken while everybody reads and nobody writes; every file in it is named with its hash in `backup.json`, so
that a damaged backup is told before anything is touched. DuckDB is no part of it: it is made anew.
"""

import contextlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.message import say
from data.store.connection import catalogue
from data.store.entries import Entries
from data.store.entries.database import MEND, of_people
from data.store.entries.database.migrate import FOLDER
from data.store.store import Store
from data.store.taking.packing import packed
from data.store.taking.replacing import DATABASES, PEOPLE, PLAIN_FILES
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
    with store.writing(), tempfile.TemporaryDirectory(dir=store.workspace.temporary) as folder:
        files = _files(store.workspace, store.entries, Path(folder))
        with packed(target) as pack:
            hashes = {}
            for place, (name, path) in enumerate(files.items()):
                progress(say("Making a backup"), place / (len(files) + 1))
                hashes[name] = sha256_of(path)
                pack.add(name, path)
            counted = sum(not entry.undone for entry in store.imports())
            pack.add(MANIFEST, _manifest(Path(folder), store.clock(), hashes, counted))
    size = target.stat().st_size if target.is_file() else sum(path.stat().st_size for path in target.rglob("*"))
    return BackedUp(target, len(files), size, counted)


def _files(workspace: Workspace, entries: Entries, folder: Path) -> dict[str, Path]:
    """Name in the backup → file."""
    found = _databases(workspace, entries, folder)
    plain = {name: workspace.folder / name for name in PLAIN_FILES}
    originals = {f"originals/{path.name}": path for path in sorted(workspace.originals.iterdir())}
    return {name: path for name, path in {**found, **plain, **originals}.items() if path.exists()}


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
