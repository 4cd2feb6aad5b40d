"""Importing a gigabyte of clean CSV, against DuckDB's own CREATE TABLE AS read_csv of it with the types given.

Invariant: each run is in a process and a database of its own, under one limit of memory, and times itself, so that
neither side pays for starting Python, nor for what the run before it left to be written to the disk.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from data.ingest.staged import ImportOptions
from data.store.store import Store
from tests.bench.timing import Ratio

ROWS = 10_000_000
ROUNDS = 3
LIMIT = 1.5
MOST = 1500
"""Megabytes the process of the import may hold at most."""
MEMORY = "900MiB"
"""What DuckDB may take on both sides."""
_ROOT = Path(__file__).resolve().parents[2]

_SELECT = """
with seeded as (
    select i, hash(i) % 1000 as a, hash(i + 7) % 1000 as b, hash(i + 13) % 1000 as c,
        timestamp '2023-11-01' + to_minutes((i * 1576800.0 / $rows)::bigint) as created
    from range($rows) t(i)
)
select
    i + 1 as order_id,
    strftime(created, '%Y-%m-%d %H:%M:%S') as created_at,
    case when c < 880 then strftime(created + to_minutes((90 + b * 3 + a % 150)::bigint), '%Y-%m-%d %H:%M:%S') end
        as finished_at,
    case when c < 880 then 'done' when c < 940 then 'cancelled' else 'no_show' end as status,
    round(500 + a * 7.35, 2) as revenue,
    'Branch ' || (a % 3 + 1) as branch,
    'Employee ' || lpad((a % 15 + 1)::varchar, 2, '0') as employee,
    'Service ' || (c % 8 + 1) as service,
    '+7900' || lpad((hash(i % ($rows / 4)::bigint) % 10000000)::varchar, 7, '0') as client
from seeded
"""
_TYPES = {
    "order_id": "VARCHAR", "created_at": "TIMESTAMP", "finished_at": "TIMESTAMP", "status": "VARCHAR",
    "revenue": "DECIMAL(18,4)", "branch": "VARCHAR", "employee": "VARCHAR", "service": "VARCHAR", "client": "VARCHAR",
}  # fmt: skip


def run(folder: Path) -> Iterator[Ratio]:
    """The ratio, and the largest peak of the imports."""
    path = folder / "orders.csv"
    duckdb.connect().execute(f"copy ({_SELECT}) to '{path}' (header)", {"rows": ROWS})
    ours, plain = [], []
    for number in range(ROUNDS):
        ours.append(_measured("ours", path, folder / f"workspace{number}"))
        plain.append(_measured("plain", path, folder / f"plain{number}.duckdb"))
    name = f"import of {path.stat().st_size / 1e9:.2f} GB of clean CSV, {ROWS:,} rows"
    yield Ratio(name, _seconds(ours), _seconds(plain), LIMIT)
    peak = max(peak for _, peak in ours) / 1e6
    yield Ratio("peak memory of that import, against what is promised", peak, MOST, 1.0, "MB")


def _seconds(runs: list[tuple[float, float]]) -> float:
    return statistics.median(seconds for seconds, _ in runs)


def _measured(side: str, path: Path, place: Path) -> tuple[float, float]:
    """Seconds and peak memory of one side, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.large", side, str(path), str(place)]
    os.sync()
    done = subprocess.run(
        command, cwd=_ROOT, env=os.environ | {"KPI_MEMORY": MEMORY}, check=True, stdout=subprocess.PIPE
    )
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def _ours(path: Path, workspace: Path) -> None:
    with Store.open(workspace) as store:
        (report,) = store.publish(path, None, ImportOptions())
        assert report.rows_out == report.rows_in == ROWS


def _plain(path: Path, database: Path) -> None:
    with duckdb.connect(str(database), config={"memory_limit": MEMORY}) as con:
        read = "read_csv($path, header=true, auto_detect=false, delim=',', quote='\"', escape='\"', columns=$types)"
        con.execute(f"create table orders as select * from {read}", {"path": str(path), "types": _TYPES})


_SIDES: dict[str, Callable[[Path, Path], None]] = {"ours": _ours, "plain": _plain}

if __name__ == "__main__":
    started = time.perf_counter()
    _SIDES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    spent = time.perf_counter() - started
    print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]))
