"""A process that forks importers, so that a thousand of them can be killed without starting Python a thousand times.

Reads a workspace and files, tab-separated, one run a line; the child it forks tells each stage, and each import that
was acknowledged, on standard output. Opens no database itself: a fork must find no threads.
"""

import os
import sys
from pathlib import Path

import data.store.store
from data.ingest.column_map import ColumnMap, Mapping
from data.message import Message
from tests.sturdy.files import HEADER, clock


def tell(*words: object) -> None:
    """One line, whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def load(workspace: Path, files: list[Path]) -> None:
    """Import each file; every stage and every acknowledgement is a line."""
    columns = tuple(ColumnMap(name, name) for name in HEADER.split(",") if name != "batch")

    def told(stage: Message, _share: float, _until: float = 0.0, /) -> None:
        tell("stage", str(stage).split()[0])

    store = data.store.store.Store.open(workspace, clock)
    tell("open")
    for file in files:
        store.publish(file, [Mapping("orders", columns)], progress=told)
        tell("acknowledged", file.stem.removeprefix("batch"))
    tell("stage", "Closing")
    store.close()


def main() -> None:
    """Fork, tell the child's number, wait for it."""
    for line in sys.stdin:
        workspace, *files = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            load(Path(workspace), [Path(file) for file in files])
            os._exit(0)
        tell("child", child)
        os.waitpid(child, 0)
        tell("over")


if __name__ == "__main__":
    main()
