"""A process that forks others to do deeds, so that a thousand can be killed without starting Python a thousand times.

Reads one list of deeds a line; the child it forks tells each stage, and each deed that was acknowledged, on standard
output. Opens no database itself: a fork must find no threads.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import data.store.store
from data.message import Message
from tests.sturdy.deeds import Deed, do
from tests.sturdy.files import clock


def tell(*words: object) -> None:
    """One line, whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def told(stage: Message, _share: float, _until: float = 0.0, /) -> None:
    """A stage of a deed, by its first word."""
    tell("stage", str(stage).split()[0])


def work(workspace: Path, threshold: str, deeds: Sequence[Deed]) -> None:
    """Do the deeds; `threshold`: bytes of DuckDB's log from which it is moved to its file."""
    store = data.store.store.Store.open(workspace, clock)
    store.cursor().execute("set checkpoint_threshold = ?", [threshold])
    tell("stage", "open")
    for what, name in deeds:
        tell("deed", what)
        do(store, (what, name), told)
        tell("acknowledged")
    tell("stage", "Closing")
    store.close()


def main() -> None:
    """Fork, tell the child's number, wait for it."""
    for line in sys.stdin:
        workspace, threshold, deeds = json.loads(line)
        child = os.fork()
        if child == 0:
            work(Path(workspace), threshold, deeds)
            os._exit(0)
        tell("child", child)
        _, status = os.waitpid(child, 0)
        tell("over", "killed" if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
