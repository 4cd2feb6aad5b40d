"""The files as they were uploaded, named by the hash of their content.

Invariant: an import does not commit before its original is durable; an original is never changed.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from data.store.workspace import Workspace


class Originals(Protocol):
    """Where they are kept."""

    @property
    def arriving(self) -> Path:
        """Folder in which the copy of a file grows."""
        ...

    def adopt(self, arrived: Path, sha256: str, extension: str) -> Path:
        """A whole copy gets its name; where it lies now. `settle` makes it durable."""
        ...

    def settle(self, adopted: Path, sha256: str) -> None:
        """Wait until it is durable, for everybody who shares it."""
        ...

    def let_go(self, sha256: str, extension: str) -> None:
        """The import is over: what was needed for it alone may go."""
        ...

    def has(self, sha256: str, extension: str) -> bool:
        """Whether it is kept."""
        ...

    def opened(self, sha256: str, extension: str) -> AbstractContextManager[Path]:
        """A file with its content, to be read inside. `FileNotFoundError` where it is missing."""
        ...

    def forget(self, sha256: str, extension: str) -> None:
        """No import came of it."""
        ...

    def names(self) -> Iterator[str]:
        """Names of all of them, hash and extension."""
        ...

    def sweep(self, unwanted: Collection[str]) -> None:
        """Remove what a crash left: halves of copies, and files of these hashes. Within the turn to write."""
        ...


class OwnOriginals:
    """In the workspace's folder."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def arriving(self) -> Path:
        """Folder in which the copy of a file grows."""
        return self._workspace.originals

    def adopt(self, arrived: Path, sha256: str, extension: str) -> Path:
        """A whole copy gets its name."""
        return self._workspace.adopt(arrived, sha256, extension)

    def settle(self, adopted: Path, sha256: str) -> None:  # noqa: ARG002 - its name says it
        """Wait until it is on the disk."""
        self._workspace.settle(adopted)

    def let_go(self, sha256: str, extension: str) -> None:
        """It stays where it is."""

    def has(self, sha256: str, extension: str) -> bool:
        """Whether it is kept."""
        return self._workspace.original(sha256, extension).exists()

    @contextmanager
    def opened(self, sha256: str, extension: str) -> Iterator[Path]:
        """The file itself."""
        path = self._workspace.original(sha256, extension)
        if not path.exists():
            raise FileNotFoundError(path.name)
        yield path

    def forget(self, sha256: str, extension: str) -> None:
        """No import came of it."""
        self._workspace.original(sha256, extension).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Names of all of them."""
        yield from sorted(path.name for path in self._workspace.originals.iterdir())

    def sweep(self, unwanted: Collection[str]) -> None:
        """Remove what a crash left."""
        self._workspace.sweep(unwanted)
