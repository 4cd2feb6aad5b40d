"""A process that collects and may be killed: reads folders of workspaces, collects each in a fork, tells it in lines.

Invariant: the fork opens the workspace; this process never does, so it can go on after its fork was killed.
"""

import os
import sys
from pathlib import Path

from data.collect.due import due
from data.collect.running import run
from data.store.store import Store
from tests.sturdy.files import clock


def tell(line: str) -> None:
    """A line to whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def collect(folder: Path) -> None:
    """Ask everything that is connected, from where it stands."""
    with Store.open(folder, clock) as store:
        tell("open")
        for connection in due(store, store.clock()) or store.entries.connections.all():
            run(store, connection, sleep=lambda _seconds: None)
            tell("ran")


def main() -> None:
    """One workspace a line."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            collect(Path(line.strip()))
            os._exit(0)
        tell(f"pid {child}")
        os.waitpid(child, 0)
        tell("over")


if __name__ == "__main__":
    main()
