"""`kill -9` in the middle of a collection: every file is loaded, each once, whoever was killed when."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from data.collect.connecting import connect
from data.collect.folder.allowed import ALONE
from data.collect.running import run
from data.store.entries.collect import NewConnection
from data.store.store import Store
from tests.sturdy.files import clock

ROOT = Path(__file__).parents[2]
FILES, ROWS = 5, 3
MOST_RUNS = 60


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    monkeypatch.setenv(ALONE, "1")
    command = [sys.executable, "-m", "tests.sturdy.collector"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()  # type: ignore[union-attr]


def killed(collector: subprocess.Popen[str], workspace: Path, after: float) -> bool:
    """One collection, killed some seconds after the workspace is open; whether it was, or came to its end before."""
    assert collector.stdin is not None
    assert collector.stdout is not None
    collector.stdin.write(f"{workspace}\n")
    collector.stdin.flush()
    told: dict[str, str] = {}
    is_sent = False
    while "over" not in told:
        word, _, rest = collector.stdout.readline().strip().partition(" ")
        told[word] = rest
        if not is_sent and {"pid", "open"} <= told.keys():
            is_sent = True
            time.sleep(after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(told["pid"]), signal.SIGKILL)
    return "ran" not in told


def trial(collector: subprocess.Popen[str], folder: Path, delays: Iterable[float]) -> int:
    """Kill it, each time some seconds after it began, until all is done; how many runs were cut off."""
    incoming = folder / "incoming"
    incoming.mkdir(parents=True)
    for n in range(FILES):
        rows = [f"{n}-{row},2026-10-0{row + 1},done,{n * 10 + row}" for row in range(ROWS)]
        text = "\n".join(("order_id,finished_at,status,revenue", *rows, ""))
        (incoming / f"orders branch {n}.csv").write_text(text, encoding="utf-8")
    with Store.open(folder / "workspace", clock) as store:
        connect(store, NewConnection("Folder", "folder", {"folder": str(incoming)}, "15m"), {})
    cut = 0
    for delay in delays:
        if not killed(collector, folder / "workspace", delay):
            break
        cut += 1
    check(folder)
    return cut


def check(folder: Path) -> None:
    """Every file is one import, every row is there once, and nothing waits."""
    with Store.open(folder / "workspace", clock) as store:
        run(store, store.entries.connections.all()[0], sleep=lambda _seconds: None)
        imports = [entry for entry in store.imports() if not entry.undone]
        assert sorted(entry.file for entry in imports) == [f"orders branch {n}.csv" for n in range(FILES)]
        assert len({entry.options.arrival for entry in imports}) == FILES
        row = (
            store.cursor()
            .execute("select count(*), count(distinct order_id), sum(revenue) from fact_orders where _live")
            .fetchone()
        )
        total = sum(n * 10 + row for n in range(FILES) for row in range(ROWS))
        assert row is not None
        assert (row[0], row[1], float(row[2])) == (FILES * ROWS, FILES * ROWS, total)
        assert store.entries.arrivals.standing(None, "arrived", "waiting", "refused") == ()
        assert not [path for path in (store.workspace.folder / "collected").rglob("*") if path.is_file()]


def test_a_few_kills(collector: subprocess.Popen[str], tmp_path: Path) -> None:
    """The first comes at once, so at least one cuts a run off however fast the machine is."""
    assert trial(collector, tmp_path, (0.0, 0.02, 0.1, 0.3)) >= 1


@pytest.mark.slow
def test_many_kills(collector: subprocess.Popen[str], tmp_path: Path) -> None:
    chance = random.Random(11)
    cut = 0
    for n in range(25):
        delays = (chance.choice((0.0, 0.02, 0.05, 0.1, 0.3, 1.0)) for _ in range(MOST_RUNS))
        cut += trial(collector, tmp_path / str(n), delays)
    assert cut > 25
