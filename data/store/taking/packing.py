"""Where an export is written: a folder or a zip file.

Invariant: nothing that is there is overwritten; a zip has its name only when it is whole.
"""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from data.errors import UserError
from data.message import say


class Pack(Protocol):
    """Takes files in."""

    def add(self, name: str, path: Path) -> None:
        """A copy of a file, under a name with slashes."""
        ...


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, path: Path) -> None:
        to = self._folder / name
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)


class _Zip:
    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def add(self, name: str, path: Path) -> None:
        self._file.write(path, name)


@contextmanager
def packed(target: Path) -> Iterator[Pack]:
    """A zip where the name ends so, else a folder. `UserError` where something is there already."""
    if target.suffix.lower() != ".zip":
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise _occupied(target)
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield _Folder(target)
        return
    if target.exists():
        raise _occupied(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as file:
            part.chmod(0o600)
            yield _Zip(file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _occupied(target: Path) -> UserError:
    return UserError(
        say("{path} is there already.", path=str(target)),
        hint=say("Name a zip file that does not exist, or an empty folder."),
    )
