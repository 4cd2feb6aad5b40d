"""Map, variants and cases of ten million events against a bare scan and sort of the same table by DuckDB."""

from collections.abc import Iterator
from pathlib import Path

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.process import ProcessLog, figures
from tests.bench.process import MAPPING, counted, told
from tests.bench.process_log import write
from tests.bench.timing import Ratio, compare

EVENTS = 10_000_000
SCAN = 'select case_id, activity, "at" from fact_events where _live order by case_id, "at", _line offset {last}'
"""Every event in its place in its case; only the last is handed out."""


def run(folder: Path) -> Iterator[Ratio]:
    """One import, then both in turn."""
    path = folder / "log.csv"
    events = write(path, EVENTS)
    with Store.open(folder / "workspace") as store:
        store.publish(path, [MAPPING], ImportOptions())
        sort = SCAN.format(last=events - 1)

        def bare() -> object:
            return store.cursor().execute(sort).fetchall()

        of = f"of {events} events against a scan and sort of them"
        yield compare(f"map and variants {of}", lambda: counted(store, events), bare, limit=0.5, rounds=3)
        yield compare(
            f"map with median waits, and variants {of}", lambda: told(store, events), bare, limit=8.0, rounds=3
        )
        yield compare(f"cases in figures {of}", lambda: figures(ProcessLog(Reader(store))), bare, limit=4.0, rounds=3)
