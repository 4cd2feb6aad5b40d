"""Two people import over each other: no error is shown, nothing is lost, and the latest import has the last word."""

import threading
from functools import partial
from pathlib import Path

import pytest

from data.ingest.staged import ImportOptions
from data.store.store import Store
from data.store.watched import Progress
from data.store.writer import Job
from tests.sturdy.files import HEADER, clock
from tests.sturdy.images import MAPPING

KEYS = 40


def publish(store: Store, path: Path, _tell: Progress) -> None:
    """As a newer version of what is there."""
    store.publish(path, [MAPPING], ImportOptions(source="orders"))


def trial(folder: Path, imports: int) -> None:
    """Each import brings every order anew, with its own number as the revenue."""
    with Store.open(folder / "workspace", clock) as store:
        jobs: list[Job] = []
        lock = threading.Lock()

        def work(owner: int) -> None:
            for n in range(imports // 2):
                number = owner + 2 * n
                path = folder / f"orders {number}.csv"
                rows = (f"{key},2026-10-01 10:00,done,{number}.5,7900{key:07},b" for key in range(KEYS))
                path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
                with lock:
                    jobs.append(store.writer.submit(path.name, partial(publish, store, path)))

        owners = [threading.Thread(target=work, args=(owner,)) for owner in (0, 1)]
        for owner in owners:
            owner.start()
        for owner in owners:
            owner.join()
        assert all(job.wait(600) for job in jobs)
        assert [job.error for job in jobs] == [None] * imports
        assert len(store.imports()) == imports
        last = float(jobs[-1].label.removeprefix("orders ").removesuffix(".csv")) + 0.5
        row = (
            store.cursor()
            .execute("select count(*), min(revenue)::double, max(revenue)::double from fact_orders where _live")
            .fetchone()
        )
        assert row == (KEYS, last, last)


def test_two_owners(tmp_path: Path) -> None:
    trial(tmp_path, imports=10)


@pytest.mark.slow
def test_two_owners_200_times(tmp_path: Path) -> None:
    trial(tmp_path, imports=200)
