"""The one thread that writes.

Invariant: jobs run one after the other, in the order they were handed in; a job that fails ends alone, and closing
cancels what has not begun.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from data.errors import UserError
from data.message import Message, say
from data.store.gate import Gate

_log = logging.getLogger(__name__)

State = Literal["queued", "running", "done", "failed"]
Work = Callable[[Callable[..., None]], Any]
"""Gets a callback for stage and progress (0…1, and where the stage ends); its answer is the job's result."""

KEPT = 100
"""Finished jobs remembered."""
PAUSE = 0.1
"""Seconds between two interrupts of work that is to end: one between two queries goes unnoticed."""


class Cancelled(UserError):
    """The work was stopped: the store closes, or nobody wants it any more."""

    def __init__(self) -> None:
        super().__init__(say("Stopped. Nothing was changed."))


@dataclass(frozen=True)
class Query:
    """The query at work in the writer's thread."""

    share: Callable[[], float]
    """How much of it is done, 0…1."""
    interrupt: Callable[[], None]
    """Ends it with an error."""

    @staticmethod
    def of(at_work: Callable[[], duckdb.DuckDBPyConnection | None]) -> "Query":
        """The query of the cursor that is at work, where there is one."""

        def share() -> float:
            return max(0.0, cursor.query_progress()) / 100 if (cursor := at_work()) is not None else 0.0

        def interrupt() -> None:
            if (cursor := at_work()) is not None:
                cursor.interrupt()

        return Query(share, interrupt)


NO_QUERY = Query(lambda: 0.0, lambda: None)
"""Of work that asks no database."""


class Job:
    """One piece of work, watched from any thread."""

    def __init__(self, number: int, label: str, work: Work, stopping: threading.Event, query: Query) -> None:
        self.id = number
        """Its number."""
        self.label = label
        """What a person calls it: the file's name."""
        self.state: State = "queued"
        """Where it stands."""
        self.stage: Message = say("Waiting")
        """What is being done."""
        self.result: Any = None
        """What the work answered, once done."""
        self.error: BaseException | None = None
        """What it failed with."""
        self._work = work
        self._query = query
        self._done = self._next = 0.0
        self._began: float | None = None
        self._stopping = stopping
        self._cancelled = threading.Event()
        self._over = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is done or failed; False if the time (seconds) ran out."""
        return self._over.wait(timeout)

    @property
    def progress(self) -> float:
        """How much is done, 0…1: whole stages, and of the present one what its query tells."""
        return self._done + max(0.0, self._next - self._done) * self._query.share()

    @property
    def running_for(self) -> float:
        """Seconds since it began; 0 while it waits."""
        return time.monotonic() - self._began if self._began is not None else 0.0

    @property
    def cancelled(self) -> bool:
        """It was told to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Nobody wants its answer any more: its query is interrupted and what it changed is rolled back."""
        self._cancelled.set()
        if self.state == "running":
            threading.Thread(target=self._interrupt, name=f"stop job {self.id}", daemon=True).start()

    def _interrupt(self) -> None:
        while not self._over.wait(PAUSE):
            self._query.interrupt()

    def run(self) -> None:
        """Do the work; an error stays in the job."""
        self.state, self._began = "running", time.monotonic()
        try:
            self._tell(say("Starting"), 0.0)
            self.result = self._work(self._tell)
            self.state, self._done, self._next, self.stage = "done", 1.0, 1.0, say("Done")
        except BaseException as error:  # the thread must outlive any job
            self.fail(Cancelled() if self.cancelled else error)
        finally:
            self._over.set()

    def fail(self, error: BaseException) -> None:
        """Mark it failed."""
        self.state, self.error, self.stage = "failed", error, say("Failed")
        self._over.set()

    def _tell(self, stage: Message, progress: float, until: float = 0.0) -> None:
        """`until`: where the stage ends, if one query makes most of it."""
        if self._stopping.is_set() or self._cancelled.is_set():
            raise Cancelled
        self.stage, self._done, self._next = stage, min(1.0, max(0.0, progress)), min(1.0, until)


class Writer:
    """A worker thread with a queue."""

    def __init__(
        self, name: str, query: Query = NO_QUERY, idle: Callable[[], None] = lambda: None, gate: Gate | None = None
    ) -> None:
        """`idle`: done whenever no job waits any more; it may be interrupted, and nothing depends on its end."""
        self._gate = gate or Gate()
        self._query, self._idle = query, idle
        self._queue: queue.SimpleQueue[Job | Literal["rest"] | None] = queue.SimpleQueue()
        self._jobs: list[Job] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._last = 0
        self._thread = threading.Thread(target=self._run, name=f"writer of {name}", daemon=True)
        self._thread.start()

    def submit(self, label: str, work: Work) -> Job:
        """Hand in work; it runs when those before it are over. `NotAllowed` for who may not write."""
        self._gate.require("owner", "data")
        with self._lock:
            if self._stopping.is_set():
                raise Cancelled
            self._last += 1
            job = Job(self._last, label, work, self._stopping, self._query)
            self._jobs = [*self._jobs, job][-KEPT:]
            self._queue.put(job)
        return job

    def wake(self) -> None:
        """There is idle work to be done."""
        self._queue.put("rest")

    @property
    def is_wanted(self) -> bool:
        """Whether something waits for the thread."""
        return not self._queue.empty()

    def jobs(self) -> tuple[Job, ...]:
        """Jobs at hand and the latest finished ones, oldest first."""
        return tuple(self._jobs)

    def close(self, timeout: float = 30.0) -> None:
        """Stop: the running job is interrupted and rolls back; queued ones fail."""
        with self._lock:
            self._stopping.set()
            self._queue.put(None)
        if self._thread is not threading.current_thread() and self._thread.is_alive():
            self._join(timeout)

    def _join(self, timeout: float) -> None:
        waited = 0.0
        while self._thread.is_alive() and waited < timeout:
            self._query.interrupt()
            self._thread.join(PAUSE)
            waited += PAUSE

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if job != "rest":
                self._do(job)
            if self._queue.empty() and not self._stopping.is_set():
                self._rest()

    def _do(self, job: Job) -> None:
        if self._stopping.is_set():
            job.fail(Cancelled())
            return
        job.run()
        if job.error is not None:
            _log.info("job %s failed: %s", job.id, type(job.error).__name__)

    def _rest(self) -> None:
        try:
            self._idle()
        except Exception as error:  # the thread must outlive it, as it does any job
            _log.info("idle work ended early: %s", type(error).__name__)
