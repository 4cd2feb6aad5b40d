"""The writer: in order, one at a time, outliving failures, stopping cleanly."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.message import Message, say
from data.store.pace import left, pace
from data.store.transaction import transaction
from data.store.writer import Cancelled, Query, Writer
from tests.unit.store.files import csv, opened

Tell = Callable[[Message, float], None]


def test_jobs_run_in_order_and_report() -> None:
    writer = Writer("test")
    seen: list[int] = []

    def work(n: int) -> Callable[[Tell], int]:
        def run(tell: Tell) -> int:
            tell(say("Half"), 0.5)
            seen.append(n)
            return n * n

        return run

    jobs = [writer.submit(f"job {n}", work(n)) for n in range(5)]
    assert all(job.wait(10) for job in jobs)
    assert seen == [0, 1, 2, 3, 4]
    assert [(job.state, job.result, job.progress, str(job.stage)) for job in jobs[:2]] == [
        ("done", 0, 1.0, "Done"), ("done", 1, 1.0, "Done"),
    ]  # fmt: skip
    assert writer.jobs() == tuple(jobs)
    writer.close()


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_a_failing_job_fails_alone(error: BaseException) -> None:
    writer = Writer("test")

    def fail(_tell: Tell) -> None:
        raise error

    failed = writer.submit("bad", fail)
    after = writer.submit("good", lambda _tell: 7)
    assert after.wait(10)
    assert (failed.state, failed.error, after.result) == ("failed", error, 7)
    writer.close()


def test_closing_stops_what_runs_and_fails_what_waits() -> None:
    writer, started = Writer("test"), threading.Event()

    def long(tell: Tell) -> None:
        started.set()
        while True:
            tell(say("Working"), 0.1)

    running, waiting = writer.submit("long", long), writer.submit("next", lambda _tell: 1)
    started.wait(10)
    writer.close()
    assert (running.state, waiting.state) == ("failed", "failed")
    assert isinstance(running.error, Cancelled)
    with pytest.raises(Cancelled):
        writer.submit("late", lambda _tell: 1)


def test_closing_the_store_interrupts_a_query_and_rolls_back(tmp_path: Path) -> None:
    store = opened(tmp_path)
    begun = threading.Event()

    def endless(_tell: Tell) -> None:
        with store.writing() as cursor:
            begun.set()
            cursor.execute("select sum(sin(a.range * b.range)) from range(10000000) a, range(10000000) b").fetchall()

    job = store.writer.submit("endless", endless)
    begun.wait(10)
    store.close()
    assert job.state == "failed"
    with opened(tmp_path) as again:
        assert again.imports() == ()


def test_stopping_an_import_interrupts_its_query_and_leaves_nothing(tmp_path: Path) -> None:
    """A query that would run for minutes ends at once; the work after it is as if it had never been asked for."""
    with opened(tmp_path) as store:
        begun = threading.Event()

        def long(tell: Callable[..., None]) -> None:
            with store.writing() as cursor, transaction(cursor):
                cursor.execute("create table left_behind as select 1 as a")
                tell(say("Working"), 0.2, 0.9)
                begun.set()
                cursor.execute("select sum(hash(a.range + b.range)) from range(1000000) a, range(1000000) b").fetchall()

        job = store.writer.submit("long", long)
        assert begun.wait(10)
        job.cancel()
        assert job.wait(10)
        assert (job.state, type(job.error)) == ("failed", Cancelled)
        assert "left_behind" not in {name for (name,) in store.cursor().execute("show tables").fetchall()}
        assert store.writer.submit("next", lambda _tell: 7).wait(10)


def test_a_stopped_import_was_never_made(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        rows = (f"{n},2026-10-01,done,1.5" for n in range(99))
        path = csv(tmp_path / "o.csv", "order_id,finished_at,status,revenue", *rows)

        def work(tell: Callable[..., None]) -> object:
            def told(stage: Message, share: float, until: float = 0.0, /) -> None:
                if share > 0.7:
                    job.cancel()
                tell(stage, share, until)

            ready.wait(10)
            return store.publish(path, None, progress=told)

        ready = threading.Event()
        job = store.writer.submit("o.csv", work)
        ready.set()
        assert job.wait(30)
        assert isinstance(job.error, Cancelled)
        assert (store.imports(), list(store.workspace.originals.iterdir())) == ((), [])
        assert store.publish(path)[0].rows_out == 99


def test_the_pace_is_told_once_it_is_known() -> None:
    writer, seen = Writer("test", Query(lambda: 0.5, lambda: None)), list[tuple[float, tuple[str, ...]]]()

    def work(tell: Callable[..., None]) -> None:
        ready.wait(10)
        tell(say("Reading"), 0.2, 0.6)
        job._began = time.monotonic() - 40.0
        seen.append((round(job.progress, 3), tuple(str(part) for part in pace(job, 100_000_000))))

    ready = threading.Event()
    job = writer.submit("large.csv", work)
    ready.set()
    assert job.wait(10)
    assert seen == [(0.4, ("1 MB a second", "about 60 seconds left"))]
    assert [str(left(seconds)) for seconds in (1, 41, 200)] == [
        "about 5 seconds left", "about 40 seconds left", "about 3 minutes left"
    ]  # fmt: skip
    writer.close()
