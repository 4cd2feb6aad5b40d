"""What a click on this page came to, told once on the next run."""

from collections.abc import Callable

import streamlit as st

from data.errors import UserError
from pages._ui import errors
from pages._ui.session import View

_KEY = "_bonus_told"


def carry_out(act: Callable[[], object], done: str) -> None:
    """For callbacks: does something a person may be told about."""
    try:
        act()
        st.session_state[_KEY] = done
    except UserError as error:
        st.session_state[_KEY] = error


def show(view: View) -> None:
    """Says it."""
    told = st.session_state.pop(_KEY, None)
    if isinstance(told, UserError):
        errors.show(view.language, told)
    elif told:
        st.success(told, icon=":material/check:")
