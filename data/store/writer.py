"""The one thread that writes.

Invariant: jobs run one after the other, in the order they were handed in; a job that fails ends alone, and closing
cancels what has not begun.
"""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any, Literal

from data.message import Message, say

_log = logging.getLogger(__name__)

State = Literal["queued", "running", "done", "failed"]
Work = Callable[[Callable[[Message, float], None]], Any]
"""Gets a callback for stage and progress (0…1); its answer is the job's result."""

KEPT = 100
"""Finished jobs remembered."""


class Cancelled(Exception):
    """The work was stopped: the store closes, or nobody wants it any more."""


class Job:
    """One piece of work, watched from any thread."""

    def __init__(self, number: int, label: str, work: Work, stopping: threading.Event) -> None:
        self.id = number
        """Its number."""
        self.label = label
        """What a person calls it: the file's name."""
        self.state: State = "queued"
        """Where it stands."""
        self.progress = 0.0
        """How much is done, 0…1."""
        self.stage: Message = say("Waiting")
        """What is being done."""
        self.result: Any = None
        """What the work answered, once done."""
        self.error: BaseException | None = None
        """What it failed with."""
        self._work = work
        self._stopping = stopping
        self._cancelled = threading.Event()
        self._over = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is done or failed; False if the time (seconds) ran out."""
        return self._over.wait(timeout)

    def cancel(self) -> None:
        """Nobody wants its answer any more: it ends before its next stage, or is not begun."""
        self._cancelled.set()

    def run(self) -> None:
        """Do the work; an error stays in the job."""
        self.state = "running"
        try:
            self._tell(say("Starting"), 0.0)
            self.result = self._work(self._tell)
            self.state, self.progress, self.stage = "done", 1.0, say("Done")
        except BaseException as error:  # the thread must outlive any job
            self.fail(error)
        finally:
            self._over.set()

    def fail(self, error: BaseException) -> None:
        """Mark it failed."""
        self.state, self.error, self.stage = "failed", error, say("Failed")
        self._over.set()

    def _tell(self, stage: Message, progress: float) -> None:
        if self._stopping.is_set() or self._cancelled.is_set():
            raise Cancelled
        self.stage, self.progress = stage, min(1.0, max(0.0, progress))


class Writer:
    """A worker thread with a queue."""

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._jobs: list[Job] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._last = 0
        self._thread = threading.Thread(target=self._run, name=f"writer of {name}", daemon=True)
        self._thread.start()

    def submit(self, label: str, work: Work) -> Job:
        """Hand in work; it runs when those before it are over."""
        with self._lock:
            if self._stopping.is_set():
                raise Cancelled
            self._last += 1
            job = Job(self._last, label, work, self._stopping)
            self._jobs = [*self._jobs, job][-KEPT:]
            self._queue.put(job)
        return job

    def jobs(self) -> tuple[Job, ...]:
        """Jobs at hand and the latest finished ones, oldest first."""
        return tuple(self._jobs)

    def close(self, interrupt: Callable[[], None], timeout: float = 30.0) -> None:
        """Stop: the running job is interrupted and rolls back; queued ones fail."""
        with self._lock:
            self._stopping.set()
            self._queue.put(None)
        if self._thread is not threading.current_thread() and self._thread.is_alive():
            self._join(interrupt, timeout)

    def _join(self, interrupt: Callable[[], None], timeout: float) -> None:
        waited = 0.0
        while self._thread.is_alive() and waited < timeout:
            interrupt()
            self._thread.join(0.1)
            waited += 0.1

    def _run(self) -> None:
        while (job := self._queue.get()) is not None:
            if self._stopping.is_set():
                job.fail(Cancelled())
                continue
            job.run()
            if job.error is not None:
                _log.info("job %s failed: %s", job.id, type(job.error).__name__)
