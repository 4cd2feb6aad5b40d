"""Work that a click hands to the writer and the page watches.

Invariant: no page waits in its script for the writer, which may be busy with somebody's import; whatever comes of the
work, a failure included, is told once.
"""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from data.store.watched import Progress
from data.store.writer import Job
from pages._ui import errors
from pages._ui.escape import markdown
from pages._ui.session import View

Watched = Literal["nothing", "running", "done", "failed"]
"""What has become of work; that it is done, or failed, is told once, then there is nothing."""


def begin(view: View, key: str, label: str | None, work: Callable[[Progress], object]) -> None:
    """Hands work in; `key` names it in the session. Without a label the stages it tells are shown.

    What is asked for again while it runs is a second click on the same button: nothing is handed in.
    """
    if runs(key):
        return
    st.session_state[key] = (label, view.store.writer.submit(label or key, work))


def runs(key: str) -> bool:
    """Whether work of that name was handed in by this session and is not over yet."""
    begun: tuple[object, Job] | None = st.session_state.get(key)
    return begun is not None and is_running(begun[1])


def watch(view: View, key: str, then: Callable[[], object] | None = None) -> Watched:
    """Draws the progress while the work is not over; says why it failed.

    `then`: what comes after work that is done, instead of the page drawn anew.
    """
    begun: tuple[str | None, Job] | None = st.session_state.get(key)
    if begun is None:
        return "nothing"
    label, job = begun

    def over() -> None:
        if job.error is not None or then is None:
            st.rerun()
        st.session_state[key] = None
        then()

    if is_running(job):
        bar(view, job, label, over)
        return "running"
    if job.error is None and then is not None:
        over()
    st.session_state[key] = None
    if job.error is not None:
        errors.show(view.language, errors.as_told(job.error))
        return "failed"
    return "done"


def is_running(job: Job) -> bool:
    """It is not over yet."""
    return job.state in ("queued", "running")


def bar(view: View, job: Job, label: str | None, over: Callable[[], object] = st.rerun) -> None:
    """The progress, drawn anew until it is over. Without a label it shows the stage."""

    @st.fragment(run_every=0.4)
    def drawn() -> None:
        st.progress(job.progress, markdown(label or view.language.render(job.stage)))
        if not is_running(job):
            over()

    drawn()
