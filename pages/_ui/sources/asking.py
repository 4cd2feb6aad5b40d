"""Asking a source now, from the page.

Invariant: it runs in a thread of its own, so that neither a click nor a closed tab cuts it off; whoever may not write
starts none.
"""

import threading

import streamlit as st

from data.collect.running import run
from data.store.entries.collect import Connection
from data.store.store import Store
from pages._ui.session import View

_ASKED = "_sources_asked"


def ask(view: View, connection: Connection) -> None:
    """Begin."""
    view.store.gate.require("owner", "collection")
    thread = threading.Thread(target=_run, args=(view.store, connection), name="collection", daemon=True)
    st.session_state.setdefault(_ASKED, {})[connection.id] = thread
    thread.start()


def _run(store: Store, connection: Connection) -> None:
    run(store, connection)


def is_running(connection: Connection) -> bool:
    """Whether this session is having it asked."""
    thread = st.session_state.get(_ASKED, {}).get(connection.id)
    return thread is not None and thread.is_alive()


def watch(view: View) -> None:
    """Draw the page anew when what was begun is over."""
    running = [thread for thread in st.session_state.get(_ASKED, {}).values() if thread.is_alive()]
    if not running:
        return

    @st.fragment(run_every=0.7)
    def over() -> None:
        if not any(thread.is_alive() for thread in running):
            st.rerun()
        st.caption(view.language.t("Asking…"))

    over()
