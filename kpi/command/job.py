"""Work for the workspace's one writer, waited for."""

from collections.abc import Callable
from typing import Any

from data.store.store import Store


def carried_out(store: Store, label: str, work: Callable[[Callable[..., None]], Any]) -> Any:
    """Hand work to the writer, behind whatever is queued, and return its result; its error is raised here."""
    job = store.writer.submit(label, work)
    job.wait()
    if job.error is not None:
        raise job.error
    return job.result
