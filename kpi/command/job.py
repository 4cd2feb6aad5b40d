"""Work for the workspace's one writer, waited for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from data.store.pace import pace
from data.store.store import Store
from data.store.writer import Job
from kpi.command.session import Session

Answer = TypeVar("Answer")

WATCHED_EVERY = 0.5
"""Seconds between two looks at a running job."""


@dataclass(frozen=True)
class ProgressLine:
    """One line on the terminal that tells how far a file is; nothing where nobody looks."""

    session: Session
    """Where it is written."""
    size: int
    """Bytes of the file."""

    def show(self, job: Job) -> None:
        """Write the line over the one before."""
        if self.session.err.isatty():
            told = [self.session.words.render(part) for part in (job.stage, *pace(job, self.size))]
            self._write(f"{job.progress:4.0%} {job.label}: {' · '.join(told)}")

    def clear(self) -> None:
        """Leave nothing of it."""
        if self.session.err.isatty():
            self._write("")

    def _write(self, text: str) -> None:
        self.session.err.write(f"\r\x1b[K{text}")
        self.session.err.flush()


def carried_out(
    store: Store, label: str, work: Callable[[Callable[..., None]], Answer], line: ProgressLine | None = None
) -> Answer:
    """Hand work to the writer, behind whatever is queued, and return its result; its error is raised here."""
    job = store.writer.submit(label, work)
    while not job.wait(WATCHED_EVERY if line else None):
        if line:
            line.show(job)
    if line:
        line.clear()
    if job.error is not None:
        raise job.error
    return cast(Answer, job.result)
