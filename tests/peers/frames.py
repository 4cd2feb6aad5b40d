"""Data frame libraries that answer the question of the evaluation benchmark, each in a process of its own.

Invariant: reading the data is not timed; what a peer is asked, it does whole before it tells how long that took.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.peers.environment import HERE, python

WANTED = HERE / "frames.txt"


class Peer:
    """A peer that waits to be asked. `where`: memory, or disk for data it cannot hold."""

    def __init__(self, name: str, data: Path, where: str = "memory") -> None:
        interpreter = python(WANTED) if name == "polars" else Path(sys.executable)
        if interpreter is None:
            raise OSError(f"{name} cannot be installed here.")
        command = [str(interpreter), str(HERE / f"frames_{name}.py"), str(data), where]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._read()

    def seconds(self) -> float:
        """How long one run takes."""
        return float(self._ask("run"))

    def answer(self) -> dict[tuple[str, str | None, str], float]:
        """(Month, branch or None for all, KPI) → value."""
        return {(month, branch, kpi): value for month, branch, kpi, value in self._ask("tell")}

    def close(self) -> None:
        """Ends its process."""
        self._process.communicate()

    def _ask(self, what: str) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise OSError(f"The peer ended with status {self._process.wait()}.")
        return json.loads(line)
