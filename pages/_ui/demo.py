"""The example business: loaded in one click, removed in one click.

Invariant: the work runs in the store's writer; while the example is among the data, the pages say so, so that nobody
takes it for their own.
"""

import streamlit as st

import data.demo.load as demo
from data.store.writer import Job
from pages._ui import errors, navigation
from pages._ui.escape import markdown
from pages._ui.session import View

JOB = "_demo_job"


def start(view: View) -> None:
    """Begins loading the example."""
    st.session_state[JOB] = view.store.writer.submit("demo", lambda tell: demo.load(view.store, tell))


def watch(view: View) -> bool:
    """The progress while the example is loaded or removed; whether there is any. Opens the overview when it is done."""
    job: Job | None = st.session_state.get(JOB)
    if job is None:
        return False
    _bar(view, job)
    return True


@st.fragment(run_every=0.4)
def _bar(view: View, job: Job) -> None:
    st.progress(min(1.0, job.progress), markdown(view.language.render(job.stage)))
    if job.state in ("done", "failed"):
        st.session_state[JOB] = None
        with errors.boundary(view.language):
            if job.error is not None:
                raise job.error
            navigation.go("overview")


def is_loaded(view: View) -> bool:
    """Whether the example business is among the data."""
    return demo.is_loaded(view.store)


def banner(view: View) -> None:
    """Says that the example is loaded, with the button that removes it."""
    if watch(view) or not is_loaded(view):
        return
    t = view.language.t
    with st.container(key="demo", horizontal=True, vertical_alignment="center"):
        st.caption(t("This is an example business, not yours."))
        st.button(t("Remove the example"), key="remove_demo", on_click=_remove, args=(view,), type="tertiary")


def _remove(view: View) -> None:
    st.session_state[JOB] = view.store.writer.submit("demo", lambda _tell: demo.remove(view.store))
