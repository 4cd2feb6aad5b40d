"""The writer: in order, one at a time, outliving failures, stopping cleanly."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from data.message import Message, say
from data.store.writer import Cancelled, Writer
from tests.unit.store.files import opened

Tell = Callable[[Message, float], None]


def nothing() -> None:
    """No query to interrupt."""


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
    writer.close(nothing)


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_a_failing_job_fails_alone(error: BaseException) -> None:
    writer = Writer("test")

    def fail(_tell: Tell) -> None:
        raise error

    failed = writer.submit("bad", fail)
    after = writer.submit("good", lambda _tell: 7)
    assert after.wait(10)
    assert (failed.state, failed.error, after.result) == ("failed", error, 7)
    writer.close(nothing)


def test_closing_stops_what_runs_and_fails_what_waits() -> None:
    writer, started = Writer("test"), threading.Event()

    def long(tell: Tell) -> None:
        started.set()
        while True:
            tell(say("Working"), 0.1)

    running, waiting = writer.submit("long", long), writer.submit("next", lambda _tell: 1)
    started.wait(10)
    writer.close(nothing)
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
