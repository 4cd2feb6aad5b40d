"""Apps that share one lake and nothing else: a process, a port and a folder each."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.browser.server import ROOT, Served, serve

NOW = "2026-11-05T12:00"
HEAD = "order_id,created_at,status,revenue"
ANSWERS_WITHIN = 300.0
"""Seconds; a machine may be busy."""


@dataclass
class App:
    """One of them, as whoever sits at its machine uses it."""

    folder: Path
    """What is this machine's own."""
    shared: Mapping[str, str]
    """The settings all of them have."""
    stack: ExitStack = field(default_factory=ExitStack)
    """Ends it."""
    served: Served | None = None
    """It, while it runs."""

    def start(self) -> None:
        """Start it."""
        self.folder.mkdir(exist_ok=True)
        self.served = self.stack.enter_context(serve(self.folder, KPI_NOW=NOW, **self.shared))

    def kill(self) -> None:
        """As kill -9 does: whatever it was doing."""
        assert self.served is not None
        self.served.process.send_signal(signal.SIGKILL)
        self.served.process.wait()

    def begin(self, *command: object) -> subprocess.Popen[str]:
        """Begin a command; the running app does its work."""
        environment = {**os.environ, "KPI_WORKSPACE": str(self.folder / "workspace"), "KPI_NOW": NOW, **self.shared}
        return subprocess.Popen(
            [sys.executable, "-m", "kpi", *map(str, command)], cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def does(self, *command: object) -> str:
        """What a command says that must succeed."""
        return done(self.begin(*command))

    def told(self) -> dict[str, Any]:
        """Everything it says of the imports and of what was earned."""
        figures = json.loads(self.does("value", "revenue", "average_ticket", "--grain", "month", "--format", "json"))
        return {"imports": json.loads(self.does("imports", "--json")), "figures": figures}

    def earned(self) -> float:
        """All revenue it shows."""
        (row,) = json.loads(self.does("value", "revenue", "--format", "json"))
        return float(row["value"] or 0)

    def standing(self) -> set[str]:
        """Names of the files that count."""
        return {one["file"] for one in json.loads(self.does("imports", "--json")) if not one["undone"]}


def done(process: subprocess.Popen[str]) -> str:
    """What it printed, once it is over and has succeeded."""
    out, errors = process.communicate(timeout=ANSWERS_WITHIN)
    assert process.returncode == 0, errors + out
    return out


@contextmanager
def apps(folder: Path, count: int, **shared: str) -> Iterator[list[App]]:
    """So many, each running."""
    with ExitStack() as stack:
        made = [App(folder / f"machine{number}", shared, stack) for number in range(count)]
        for app in made:
            app.start()
        yield made


def orders(folder: Path, number: int, rows: int) -> tuple[Path, float]:
    """A file of orders that no other file has, and what they earned together."""
    path = folder / f"orders{number}.csv"
    lines = (f"{number * 1_000_000 + n},2026-10-{1 + n % 20:02},done,{100 + number}" for n in range(rows))
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path, rows * (100.0 + number)
