"""Work that a click hands to the writer and the page watches.

Invariant: no page waits in its script for the writer, which may be busy with somebody's import; whatever comes of the
work, a failure included, is told once.
"""

from collections.abc import Callable

import streamlit as st

from data.store.writer import Job
from pages._ui import errors
from pages._ui.escape import markdown
from pages._ui.session import View


def begin(view: View, key: str, label: str, work: Callable[[], object]) -> None:
    """Hands work in; `key` names it in the session."""
    st.session_state[key] = (label, view.store.writer.submit(label, lambda _tell: work()))


def runs(view: View, key: str) -> bool:
    """Whether the work is not over: then its progress is drawn. One that failed says why, once."""
    begun: tuple[str, Job] | None = st.session_state.get(key)
    if begun is None:
        return False
    label, job = begun
    if is_running(job):
        bar(job, label)
        return True
    st.session_state[key] = None
    if job.error is not None:
        errors.show(view.language, errors.as_told(job.error))
    return False


def is_running(job: Job) -> bool:
    """It is not over yet."""
    return job.state in ("queued", "running")


def bar(job: Job, label: str) -> None:
    """The progress, drawn anew until it is over; then the page is."""

    @st.fragment(run_every=0.4)
    def drawn() -> None:
        st.progress(job.progress, markdown(label))
        if not is_running(job):
            st.rerun()

    drawn()
