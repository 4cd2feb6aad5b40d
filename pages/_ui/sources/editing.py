"""Which source the form changes; none: it connects another one."""

import streamlit as st

_EDITED = "_source_edited"


def begin(number: int) -> None:
    """The form shows this source."""
    st.session_state[_EDITED] = number


def end() -> None:
    """The form connects another one again."""
    st.session_state.pop(_EDITED, None)


def edited() -> int | None:
    """Number of the source the form changes."""
    number: int | None = st.session_state.get(_EDITED)
    return number
