"""What whoever is asking did, for the log."""

import threading
from collections.abc import Callable

import streamlit as st

from pages._ui import session

_NOTED = "_page_noted"


def noting(what: str, detail: str) -> Callable[[], None]:
    """What writes a line in the log about whoever is asking now; may be called later, from any thread."""
    asking, kept = session.visitor(), session.people()
    return lambda: kept.deeds.note(asking.business, asking.name, what, detail)


def note_page(page: str) -> None:
    """Somebody who signed in or came by a link opened a page; nobody waits for the line in the log."""
    if session.visitor().session is not None and st.session_state.get(_NOTED) != page:
        st.session_state[_NOTED] = page
        threading.Thread(target=noting("opened", page), name="log", daemon=True).start()
