"""Every KPI of Operations by month and branch over two years, asked of ClickHouse against DuckDB: processor time.

Invariant: both answer the same Statement over the same orders, in turn, and their frames are equal to nine digits; what
the servers themselves spend is counted.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import psutil
import pytest
from pandas.testing import assert_frame_equal

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.store.engine import SETTING
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query, Result
from kpi.targets import TargetBook
from tests.bench import large
from tests.bench.timing import Ratio
from tests.clickhouse.cluster import Cluster, library

SIZES = (1_000_000, 10_000_000)
ROUNDS = 5
TOLD = 1000.0
"""No limit: it is told, not promised, whichever wins."""
PATIENCE = 3600.0
QUERY = Query(
    tuple(kpi.id for kpi in catalogue().visible() if kpi.area == "operations"),
    date(2023, 11, 1), date(2025, 10, 31), "month", "branch",
)  # fmt: skip


def run(folder: Path) -> Iterator[Ratio]:
    """For each size one server, then two."""
    found = library()
    assert found is not None, "there is no ClickHouse here, and it cannot be installed"
    for rows in SIZES:
        path = folder / f"orders{rows}.csv"
        duckdb.connect().execute(f"copy ({large._SELECT}) to '{path}' (header)", {"rows": rows})
        cluster = Cluster(found, folder / f"servers{rows}", 2)
        try:
            yield from _measured(cluster, path, folder / f"workspace{rows}", rows)
        finally:
            cluster.stop()


def _measured(cluster: Cluster, path: Path, workspace: Path, rows: int) -> Iterator[Ratio]:
    for size in (1, 2):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(SETTING, cluster.setting(f"bench{size}", size))
            with Store.open(workspace) as store:
                if size == 1:
                    store.publish(path, None, ImportOptions())
                assert store.engine is not None
                assert store.engine.wait(store.data_version, PATIENCE)
                yield _compared(store, cluster, f"{size} server{'s' * (size > 1)} of ClickHouse, {rows:,} orders")
                assert set(store.engine.counted) == {"answered"}


def _compared(store: Store, cluster: Cluster, name: str) -> Ratio:
    alone = Unkept(store)
    alone.engine = None

    def asked(reader: Reader) -> Callable[[], Result]:
        return lambda: evaluate(reader, catalogue(), QUERY, TargetBook())

    there, here = asked(Reader(store)), asked(Reader(alone))
    assert_frame_equal(there().frame, here().frame, rtol=1e-9, atol=1e-9)
    pairs = [(_spent(there, cluster), _spent(here, cluster)) for _ in range(ROUNDS)]
    ours, yardstick = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Ratio(f"{name}: KPIs of Operations × 24 months × branch, against DuckDB (processor)", ours, yardstick, TOLD)


def _spent(work: Callable[[], object], cluster: Cluster) -> float:
    """Processor seconds of this process and the servers."""
    before = time.process_time() + _of_servers(cluster)
    work()
    return time.process_time() + _of_servers(cluster) - before


def _of_servers(cluster: Cluster) -> float:
    times = [psutil.Process(pid).cpu_times() for pid in cluster.pids]
    return float(sum(one.user + one.system for one in times))
