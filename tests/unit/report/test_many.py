"""A hundred personal reports in one run: memory stays where it was after ten, here and in the renderer."""

import csv
import logging
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from data.ingest.pipeline import propose
from data.store.store import Store
from kpi.language import language
from kpi.report.composing import asking, compose_each, everyone, latest
from kpi.report.forms.pdf import write
from kpi.report.pictures.renderer import RENDERER

pytestmark = pytest.mark.slow
PEOPLE = 100
GROWTH = 40 << 20
"""Bytes that ninety more reports may add, of both processes."""


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Store]:
    """A hundred people with an order a day for thirteen months."""
    sheet = tmp_path / "orders.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["order_id", "finished_at", "status", "revenue", "is_rework", "employee"])
        for number in range(396):
            day = date(2025, 10, 1) + timedelta(days=number)
            for n in range(PEOPLE):
                again = str((number + n) % 11 == 0).lower()
                out.writerow([f"{number}-{n}", day, "done", 1000 + n + number % 50, again, f"Мастер {n}"])
    with Store.open(tmp_path / "workspace", lambda: datetime(2026, 11, 5, 12)) as store:
        mapping = propose(store.cursor(), sheet)[0].mapping
        assert mapping is not None
        store.publish(sheet, [mapping])
        yield store


def held() -> int:
    """Bytes of this process and its renderer."""
    child = RENDERER._child
    assert child is not None
    return sum(psutil.Process(pid).memory_info().rss for pid in (os.getpid(), child.pid))


def test_memory_stays(crowd: Store) -> None:
    asked, words = asking(crowd), language("ru")
    edition = latest(asked.reader, "month")
    assert edition is not None
    people = everyone(asked.reader, edition.last)
    assert len(people) == PEOPLE
    after: dict[int, int] = {}
    for number, report in enumerate(compose_each(asked, people, edition), 1):
        assert write(report, words).startswith(b"%PDF")
        if number in (10, 50, PEOPLE):
            after[number] = held()
    sizes = {number: f"{size / 2**20:.0f} MB" for number, size in after.items()}
    logging.getLogger(__name__).warning("held after so many reports: %s", sizes)
    assert after[PEOPLE] - after[10] < GROWTH, sizes
