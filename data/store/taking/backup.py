"""A backup: what cannot be derived again, as it was at one moment, in one zip file.

Invariant: taken while everybody reads and nobody writes; every file in it is named with its hash in `backup.json`, so
that a damaged backup is told before anything is touched. DuckDB is no part of it: it is made anew.
"""

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.errors import UserError
from data.message import say
from data.store.entries.database import is_damage
from data.store.entries.migrate import FOLDER
from data.store.reading import Progress, unwatched
from data.store.store import Store
from data.store.taking.packing import packed
from data.store.taking.replacing import DATABASES, PLAIN_FILES
from data.store.workspace import Workspace, sha256_of

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
        files = _files(store.workspace, Path(folder))
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


def _files(workspace: Workspace, folder: Path) -> dict[str, Path]:
    """Name in the backup → file."""
    found = {name: _snapshot(workspace.folder / name, folder / name) for name in DATABASES}
    plain = {name: workspace.folder / name for name in PLAIN_FILES}
    originals = {f"originals/{path.name}": path for path in sorted(workspace.originals.iterdir())}
    return {name: path for name, path in {**found, **plain, **originals}.items() if path.exists()}


def _snapshot(database: Path, copy: Path) -> Path:
    """A SQLite file as of one moment, however much is written to it meanwhile."""
    if database.exists():
        with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(copy)) as made:
            try:
                source.backup(made)
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    raise UserError(
                        say("The file {file} is damaged and cannot be read.", file=str(database))
                    ) from error
                raise
    return copy


def _manifest(folder: Path, now: datetime, hashes: Mapping[str, str], imports: int) -> Path:
    path = folder / MANIFEST
    told = {
        "format": FORMAT, "made_at": now.isoformat(timespec="seconds"), "imports": imports,
        "migrations": sorted(int(one.name.split("_")[0]) for one in FOLDER.glob("[0-9]*.sql")), "sha256": dict(hashes),
    }  # fmt: skip
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return path
