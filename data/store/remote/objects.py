"""Files that several machines reach by a name: in a folder that all of them have, or at an S3-compatible service.

Invariant: a name holds a whole file or none, and is there for everybody once `put` returns; what lies under a name is
never changed, only taken away.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from data.store.workspace import sync_folder

_PART = ".part-"


class Objects(Protocol):
    """Files by name, below one place."""

    def put(self, name: str, path: Path, sha256: str) -> None:
        """Keep a file's content under a name; durable when this returns. `sha256`: its hash."""
        ...

    def get(self, name: str, to: Path) -> None:
        """Write what lies there into a new file. `FileNotFoundError` where nothing does."""
        ...

    def has(self, name: str) -> bool:
        """Whether something lies there."""
        ...

    def delete(self, name: str) -> None:
        """Take it away, if it is there."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """Names of what lies right in a folder, without it."""
        ...


class Folder:
    """In a folder that every machine has mounted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, path: Path, sha256: str) -> None:  # noqa: ARG002 - the disk is trusted
        """Keep a file's content under a name; durable when this returns."""
        to = self._folder / name
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = to.with_name(
            _PART + to.name
        )  # whoever has the turn is the only one: a half that was left is written over
        with path.open("rb") as source, part.open("wb") as copy:
            part.chmod(0o600)
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(to)
        sync_folder(to.parent)

    def get(self, name: str, to: Path) -> None:
        """Write what lies there into a new file. `FileNotFoundError` where nothing does."""
        shutil.copyfile(self._folder / name, to)

    def has(self, name: str) -> bool:
        """Whether something lies there."""
        return (self._folder / name).is_file()

    def delete(self, name: str) -> None:
        """Take it away, if it is there."""
        (self._folder / name).unlink(missing_ok=True)

    def names(self, folder: str) -> Iterator[str]:
        """Names of what lies right in a folder, without it."""
        with contextlib.suppress(FileNotFoundError):
            for path in sorted((self._folder / folder).iterdir()):
                if path.is_file() and not path.name.startswith(_PART):
                    yield path.name
