"""Logs nobody here wrote, with figures that others computed: sorted by time, ties as in the file."""

import os
import tarfile
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.process import ProcessLog, summary, variants
from tests.unit.store.files import opened

FOLDER = Path(os.environ.get("KPI_REAL_DATA") or Path(__file__).resolve().parents[3].parent / "shared" / "data")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"NOT RUN: the real data sets are not in {FOLDER}"),
]
LOGS = {
    "receipt.csv": (1434, 8577, 27, 116, 713, 6.35, 0.797),
    "running-example.csv": (6, 42, 8, 6, 1, 33.33, 226.65),
    "repair_example.csv": (1104, 7733, 8, 62, 328, 26.54, 1.025),
    "hiring_log_high.csv": (10_000, 63_869, 12, 386, 1391, 17.22, 102.75),
}
"""File → cases, events, activities, variants, cases of the top one, rework in %, median hours."""
INCIDENTS = Mapping(
    "events",
    (
        ColumnMap("case_id", "number"), ColumnMap("activity", "incident_state"),
        ColumnMap("at", "sys_updated_at", format="D/M/YYYY"),
    ),
)  # fmt: skip


def figures(store: Store) -> tuple[float, ...]:
    log = ProcessLog(Reader(store))
    found, (top,) = summary(log), variants(log, 1)
    return (
        found.cases, found.events, found.activities, found.variants, top.cases,
        round(100 * found.rework_share, 2), round(found.median_hours, 3),
    )  # fmt: skip


def member(archive: str, name: str, folder: Path) -> Path:
    """One file of an archive."""
    with tarfile.open(FOLDER / archive) as tar:
        found = next(one for one in tar.getmembers() if one.name.endswith(name))
        tar.extractall(folder, [found], filter="data")
    return folder / found.name


@pytest.mark.parametrize("name", LOGS)
def test_published_figures(name: str, tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.publish(member("logs.tar.xz", name, tmp_path), None, ImportOptions())
        assert figures(store) == pytest.approx(LOGS[name], abs=0.005)


def test_incidents(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.publish(member("incidents.tar.xz", ".csv", tmp_path), [INCIDENTS], ImportOptions())
        assert figures(store) == pytest.approx((20_769, 119_998, 9, 1907, 2518, 61.90, 153.783), abs=0.005)
