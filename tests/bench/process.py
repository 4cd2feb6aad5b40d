"""Map and variants of 262,000 events against pm4py's way for a table, each from the loaded table.

pm4py runs in a process of its own and is told when to begin; its time is that of format_dataframe, discover_dfg and
get_variants alone. Ours counts paths when a log is loaded (the relation `cases`), so that what it then asks is
one row a case.
"""

import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

from data.access.reader import Reader
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.process import ProcessLog, activities, edges, outline, variants
from tests.bench.process_log import write
from tests.bench.timing import Ratio, seconds
from tests.peers import environment

EVENTS = 262_000
LIMIT = 0.1
TIMED = 2.0
"""Windows over every event tell the waits: here both take about as long."""
ROUNDS = 5
MAPPING = Mapping("events", (ColumnMap("case_id", "case"), ColumnMap("activity", "activity"), ColumnMap("at", "at")))


def run(folder: Path) -> Iterator[Ratio]:
    """One import, then both in turn."""
    path = folder / "log.csv"
    events = write(path, EVENTS)
    with Store.open(folder / "workspace") as store:
        store.publish(path, [MAPPING], ImportOptions())
        counted(store, events)
        with asked(path) as peer:
            pairs = [(seconds(lambda: counted(store, events)), peer()) for _ in range(ROUNDS)]
            timed = [(seconds(lambda: told(store, events)), peer()) for _ in range(ROUNDS)]
    yield ratio(f"map and variants of {events} events against pm4py", pairs, LIMIT)
    yield ratio("the same with median waits, working times and cases of every step and move", timed, TIMED)


def ratio(name: str, pairs: list[tuple[float, float]], limit: float) -> Ratio:
    """Medians of both sides."""
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Ratio(name, ours, theirs, limit)


def counted(store: Store, events: int) -> None:
    """What follows what, starts, ends and variants: what pm4py is asked."""
    found = outline(ProcessLog(Reader(store)))
    assert sum(found.follows.values()) + sum(found.starts.values()) == events


def told(store: Store, events: int) -> None:
    """All that the page shows of the map, and the variants."""
    log = ProcessLog(Reader(store))
    assert sum(one.count for one in activities(log)) == events
    assert edges(log)
    assert variants(log)


@contextmanager
def asked(path: Path) -> Iterator["Peer"]:
    """pm4py with the table loaded, waiting."""
    python = environment.python()
    if python is None:
        raise SystemExit("pm4py could not be installed beside the project: is there a network?")
    script = Path(environment.__file__).with_name("process_facts.py")
    with subprocess.Popen([str(python), str(script), "time", str(path)], stdin=PIPE, stdout=PIPE, text=True) as process:
        try:
            yield Peer(process)
        finally:
            process.kill()


class Peer:
    """pm4py in its process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        while self._said() != "ready":
            pass
        self()

    def __call__(self) -> float:
        """Seconds of one run."""
        assert self.process.stdin is not None
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        return float(self._said())

    def _said(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("pm4py ended early.")
        return line.strip()
