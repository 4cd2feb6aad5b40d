"""The example business: loaded in one click, removed in one click.

Invariant: the work runs in the store's writer; while the example is among the data, the pages say so, so that nobody
takes it for their own.
"""

import streamlit as st

import data.demo.load as demo
from pages._ui import navigation, work
from pages._ui.session import View

JOB = "_demo_job"


def start(view: View) -> None:
    """Begins loading the example."""
    work.begin(view, JOB, None, lambda tell: demo.load(view.store, tell))


def watch(view: View) -> bool:
    """The progress while the example is loaded or removed; whether there is any. Opens the overview when it is done."""
    return work.watch(view, JOB, then=lambda: navigation.go("overview")) == "running"


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
    work.begin(view, JOB, view.language.t("Removing the example"), lambda _tell: demo.remove(view.store))
