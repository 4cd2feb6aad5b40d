"""An owner looks at what a link shows, until they close it.

Invariant: only an owner begins it, found anew from their cookie; the number of the link is kept in their session alone.
"""

import streamlit as st

from data.model import OWNER
from pages._ui import address
from pages._ui.session import SEEN_AS, real_visitor


def note() -> None:
    """An owner begins or ends to look at what a link shows: what the address asks for."""
    asked = address.one(SEEN_AS)
    if asked is None:
        return
    if asked.isdecimal() and asked != "0" and real_visitor().scope == OWNER:
        st.session_state[SEEN_AS] = int(asked)
    else:
        st.session_state.pop(SEEN_AS, None)
    address.write(SEEN_AS, None)
