"""A button that opens a choice which is sent only while it is open.

Invariant: its words stay as they are while it is open, for other words would make it another button, and close it.
"""

from typing import Any

import streamlit as st


def popover(key: str, label: str, icon: str) -> Any:
    """The popover; its `open` says whether what is inside is wanted."""
    shown = label
    if st.session_state.get(key):
        shown = st.session_state.get(f"_words-{key}", label)
    st.session_state[f"_words-{key}"] = shown
    return st.popover(shown, icon=icon, key=key, on_change="rerun")
