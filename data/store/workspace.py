"""The folder a business lives in.

Invariant: an original, once stored, is never changed, and its name is the hash of its content. Only the folder's owner
may read it.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_BLOCK = 1 << 18
_INCOMING = ".incoming-"
OTHERS = "businesses"
"""Folder of an installation in which the workspaces of further businesses lie."""
SET_ASIDE = ".unreadable"
"""Ending of the name of a database that could not be read."""


class GivenUp(Exception):
    """Nobody wants the copy any more."""


@dataclass(frozen=True)
class Original:
    """The copy of a file as it was uploaded."""

    sha256: str
    """Hash of its content, hexadecimal."""
    path: Path
    """Where it is."""


@dataclass(frozen=True)
class Workspace:
    """Paths of one workspace."""

    folder: Path
    """The folder itself."""

    @property
    def database(self) -> Path:
        """DuckDB: only what can be derived again."""
        return self.folder / "main.duckdb"

    @property
    def entries(self) -> Path:
        """SQLite: what people entered."""
        return self.folder / "app.sqlite"

    @property
    def originals(self) -> Path:
        """The uploaded files, named by their hash."""
        return self.folder / "originals"

    @property
    def journal(self) -> Path:
        """One JSON line for each thing that happened to an import."""
        return self.folder / "journal.jsonl"

    @property
    def app(self) -> Path:
        """Address and token of the running app."""
        return self.folder / "app.json"

    @property
    def temporary(self) -> Path:
        """Where DuckDB spills."""
        return self.folder / "tmp"

    def prepare(self) -> None:
        """Make the folder, readable by its owner only."""
        for folder in (self.folder, self.originals, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)

    def original(self, sha256: str, extension: str) -> Path:
        """Where an original with that hash is or would be."""
        return self.originals / f"{sha256}{extension}"

    def adopt(self, arrived: Path, sha256: str, extension: str) -> Path:
        """A copy gets its name; `settle` makes it durable. Once the journal knows of it: what nobody knows is kept."""
        return arrived.replace(self.original(sha256, extension))

    def settle(self, original: Path) -> None:
        """Wait until a copy is on the disk."""
        with original.open("rb") as file:
            os.fsync(file.fileno())
        sync_folder(self.originals)

    def clear_temporary(self) -> None:
        """Remove what a process that was killed had half made. Only for who holds the database, before using it."""
        for path in self.temporary.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def sweep(self, unwanted: Collection[str]) -> None:
        """Remove what a crash left among the originals: halves of copies, and files no import came of.

        `unwanted`: their hashes. What nobody knows stays: it may be all that is left of something.
        """
        for path in self.originals.iterdir():
            if path.name.startswith(_INCOMING) or path.name.partition(".")[0] in unwanted:
                path.unlink()


def keep(path: Path, arriving: Path, given_up: threading.Event) -> Original:
    """Copy a file into a folder, hashing it in the same pass: `adopt` makes it an original.

    `GivenUp`, and no copy, once the event is set.
    """
    handle, name = tempfile.mkstemp(dir=arriving, prefix=_INCOMING, suffix=extension_of(path.name))
    part, whole = Path(name), False
    try:
        with path.open("rb", buffering=0) as source, os.fdopen(handle, "wb") as copy:
            digest, block = hashlib.sha256(), memoryview(bytearray(_BLOCK))  # one for all: memory is dear to get
            while size := source.readinto(block):
                if given_up.is_set():
                    raise GivenUp
                digest.update(block[:size])
                copy.write(block[:size])
        whole = True
    finally:
        if not whole:
            part.unlink(missing_ok=True)
    return Original(digest.hexdigest(), part)


def sha256_of(path: Path) -> str:
    """Hash of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def extension_of(name: str) -> str:
    """The ending of a file name, lower case, if it is a plain one; else nothing."""
    found = _EXTENSION.search(name)
    return found.group().lower() if found else ""


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder durable (where the system knows how)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
