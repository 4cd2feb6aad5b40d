"""Bringing what was entered into DuckDB, in the writer's thread.

Invariant: nobody waits for it, and however many answers come, at most one such job is waiting.
"""

from data.store.store import Store

LABEL = "answers"


def replay_soon(store: Store) -> None:
    """Have the writer do it, unless it is about to."""
    if not any(job.label == LABEL and job.state == "queued" for job in store.writer.jobs()):
        with store.gate.itself():
            store.writer.submit(LABEL, lambda _progress: store.read_entries())


def replay_due(store: Store) -> None:
    """The same, where a survey of staff may have ended with yesterday."""
    today = store.clock().date()
    if any(one.is_private and one.is_over(today) for one in store.entries.surveys.all()):
        replay_soon(store)
