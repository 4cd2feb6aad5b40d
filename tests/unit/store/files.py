"""Small files and mappings for the store's tests."""

import atexit
import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.model import IngestReport
from data.store.clock import Clock
from data.store.store import Store

NOW = datetime(2026, 11, 23, 12)


def clock() -> datetime:
    return NOW


@cache
def _empty() -> Path:
    """An empty workspace to copy: making its tables anew for every test would take most of the time."""
    folder = Path(mkdtemp(prefix="empty-workspace-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Store.open(folder / "workspace", clock).close()
    return folder / "workspace"


def opened(folder: Path, clock: Clock = clock) -> Store:
    """The workspace in that folder, made if it is not there."""
    if not (folder / "workspace").exists():
        shutil.copytree(_empty(), folder / "workspace")
    return Store.open(folder / "workspace", clock)


def csv(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def mapping(fact: str, header: str, **more: Any) -> Mapping:
    """Every header that names a column of the fact is that column; capitalised ones are left over."""
    names = [name for name in header.split(",") if name != "seq" and name.islower()]
    return Mapping(fact, tuple(ColumnMap(name, name) for name in names), **more)


def load(
    store: Store, folder: Path, name: str, fact: str, lines: Sequence[str], **options: Any
) -> tuple[IngestReport, ...]:
    """Publish lines of CSV, the first being the header of the fact's own names."""
    path = csv(folder / name, *lines)
    version = {"version": "seq"} if "seq" in lines[0].split(",") else {}
    return store.publish(path, [mapping(fact, lines[0], **version)], ImportOptions(**options))


def live(store: Store, fact: str, columns: str, order: str = "all") -> list[tuple[object, ...]]:
    return store.cursor().execute(f"select {columns} from fact_{fact} where _live order by {order}").fetchall()
