"""Originals where every machine reaches them; here lies only what an import under way needs.

Invariant: what is fetched is what its name says: its hash is computed anew.
"""

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import UserError
from data.message import say
from data.store.remote.objects import Objects
from data.store.remote.place import ORIGINALS
from data.store.workspace import Workspace, sha256_of

ARRIVING = "arriving"
"""Folder of a workspace in which copies grow."""


class SharedOriginals:
    """Of a business that several machines work at."""

    def __init__(self, workspace: Workspace, objects: Objects) -> None:
        self._objects = objects
        self._temporary = workspace.temporary
        self.arriving = workspace.folder / ARRIVING
        """Folder in which the copy of a file grows."""
        self.arriving.mkdir(mode=0o700, exist_ok=True)

    def adopt(self, arrived: Path, sha256: str, extension: str) -> Path:
        """A whole copy gets its name."""
        return arrived.replace(self.arriving / f"{sha256}{extension}")

    def settle(self, adopted: Path, sha256: str) -> None:
        """Wait until it lies where everybody reaches it."""
        if not self._objects.has(_name(adopted.name)):
            self._objects.put(_name(adopted.name), adopted, sha256)

    def let_go(self, sha256: str, extension: str) -> None:
        """It is shared, or was given up: the copy here goes."""
        (self.arriving / f"{sha256}{extension}").unlink(missing_ok=True)

    def has(self, sha256: str, extension: str) -> bool:
        """Whether it is kept."""
        return self._objects.has(_name(f"{sha256}{extension}"))

    @contextmanager
    def opened(self, sha256: str, extension: str) -> Iterator[Path]:
        """A copy, for as long as it is read."""
        with tempfile.TemporaryDirectory(dir=self._temporary, prefix="original-") as folder:
            path = Path(folder) / f"{sha256}{extension}"
            self._objects.get(_name(path.name), path)
            if sha256_of(path) != sha256:
                raise UserError(
                    say("The original {name} is not what it was.", name=path.name),
                    hint=say("Put it back among the originals, from a backup."),
                )
            yield path

    def forget(self, sha256: str, extension: str) -> None:
        """No import came of it."""
        self._objects.delete(_name(f"{sha256}{extension}"))

    def names(self) -> Iterator[str]:
        """Names of all of them."""
        return self._objects.names(ORIGINALS)

    def sweep(self, unwanted: Collection[str]) -> None:
        """Remove what a crash left, here and among all. Whoever has the turn to write is the only one to import."""
        for path in self.arriving.iterdir():
            path.unlink()
        for name in list(self.names()) if unwanted else ():
            if name.partition(".")[0] in unwanted:
                self._objects.delete(_name(name))


def _name(file: str) -> str:
    return f"{ORIGINALS}/{file}"
