"""Putting a backup in the place of what is there.

Invariant: nothing is touched before the whole backup was read and its hashes hold; what was there before is kept as a
backup of its own. Accounts are put back only where there are none, or where it is asked for: or somebody
whose account was closed would come in again.
"""

import contextlib
import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.entries.database import is_damage
from data.store.entries.database.migrate import FOLDER
from data.store.store import Store
from data.store.taking import alone
from data.store.taking.backup import FORMAT, MANIFEST, backup
from data.store.taking.calling_off import call_off
from data.store.taking.replacing import DATABASES, PART, PEOPLE, PLAIN_FILES, READY
from data.store.watched import Progress, unwatched
from data.store.workspace import sha256_of, sync_folder
from data.store.zone import instant

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, OSError, EOFError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What Python raises on reading a zip that is none, or not whole."""


@dataclass(frozen=True)
class Restored:
    """What was put back."""

    made_at: datetime
    """When the backup was made."""
    imports: int
    """Imports that count in it."""
    before: Path
    """The backup of what was there."""
    people: bool
    """Whether accounts were put back as well."""


def prepare(store: Store, source: Path, *, people: bool = False, progress: Progress = unwatched) -> Restored:
    """Read and check a backup, keep what is there, and decide: the next opening of the workspace puts it back.

    `UserError` where it is no backup, a damaged one, or one of a newer program.
    """
    alone.require(shared=store.shared)
    workspace, part = store.workspace, store.workspace.folder / PART
    shutil.rmtree(part, ignore_errors=True)
    told = _unpacked(source, part, progress)
    _set_aside_if_damaged(workspace.folder, f"{store.clock():%Y-%m-%d-%H%M%S}")
    call_off(part / DATABASES[0], instant(store.clock))
    kept = _free(workspace.folder / "backups", f"before-restore-{store.clock():%Y-%m-%d-%H%M%S}")
    backup(store, kept, progress)
    with_people = (part / PEOPLE).exists() and (people or not (workspace.folder / PEOPLE).exists())
    if not with_people:
        (part / PEOPLE).unlink(missing_ok=True)
    for path in part.rglob("*"):
        _settle(path)
    part.replace(workspace.folder / READY)
    sync_folder(workspace.folder)
    return Restored(datetime.fromisoformat(told["made_at"]), int(told["imports"]), kept, with_people)


def _set_aside_if_damaged(folder: Path, moment: str) -> None:
    """Accounts that nobody can read are no part of what was there: the file is kept beside the backups."""
    people = folder / PEOPLE
    if not people.exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(people)) as connection:
            (told,) = connection.execute("pragma quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        told = "damaged"
    if told != "ok":
        (folder / "backups").mkdir(mode=0o700, exist_ok=True)
        people.replace(folder / "backups" / f"damaged-{moment}-{PEOPLE}")
        for more in ("-wal", "-shm"):
            (folder / f"{PEOPLE}{more}").unlink(missing_ok=True)


def _free(folder: Path, name: str) -> Path:
    """A name nothing has."""
    folder.mkdir(mode=0o700, exist_ok=True)
    names = (f"{name}{'' if n == 0 else f'-{n}'}.zip" for n in count())
    return next(folder / one for one in names if not (folder / one).exists())


def _unpacked(source: Path, part: Path, progress: Progress) -> Mapping[str, Any]:
    """The backup in a folder, every file of it as its hash says."""
    try:
        with zipfile.ZipFile(source) as file:
            told = json.loads(file.read(MANIFEST))
            _refuse_newer(told)
            names = [*told["sha256"]]
            for place, name in enumerate(names):
                progress(say("Reading the backup"), place / (len(names) + 1))
                _extract(file, name, part / _safe(name))
    except _DAMAGE as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UserError(say("{file} is no whole backup.", file=source.name)) from error
    for name, sha256 in told["sha256"].items():
        if sha256_of(part / name) != sha256:
            shutil.rmtree(part, ignore_errors=True)
            raise UserError(say("The backup {file} is damaged: {name} is not as it was.", file=source.name, name=name))
    try:
        if (part / PEOPLE).exists():
            _sign_out(part / PEOPLE)
    except sqlite3.DatabaseError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UserError(say("{file} is no whole backup.", file=source.name)) from error
    return dict(told)


def _refuse_newer(told: Mapping[str, Any]) -> None:
    known = {int(one.name.split("_")[0]) for one in FOLDER.glob("[0-9]*.sql")}
    if int(told["format"]) > FORMAT or set(told["migrations"]) - known:
        raise UserError(
            say("The backup was made by a newer version of this program."), hint=say("Update the program first.")
        )


def _safe(name: str) -> str:
    """A name of the backup, if it is one of ours."""
    folder, _, file = name.rpartition("/")
    if name not in (*DATABASES, *PLAIN_FILES) and (folder != "originals" or not file or file.startswith(".")):
        raise ValueError(name)
    return name


def _extract(file: zipfile.ZipFile, name: str, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open(name) as packed, to.open("wb") as out:
        shutil.copyfileobj(packed, out, 1 << 20)
    to.chmod(0o600)


def _sign_out(people: Path) -> None:
    """Nobody is signed in by what a backup holds, and no one-time link of it is good."""
    with contextlib.closing(sqlite3.connect(people)) as connection, connection:
        connection.execute("delete from sessions")
        connection.execute("delete from invitations")


def _settle(path: Path) -> None:
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())
