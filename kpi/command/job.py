"""Work for the workspace's one writer, waited for."""

from collections.abc import Callable
from typing import TypeVar, cast

from data.store.store import Store

Answer = TypeVar("Answer")


def carried_out(store: Store, label: str, work: Callable[[Callable[..., None]], Answer]) -> Answer:
    """Hand work to the writer, behind whatever is queued, and return its result; its error is raised here."""
    job = store.writer.submit(label, work)
    job.wait()
    if job.error is not None:
        raise job.error
    return cast(Answer, job.result)
