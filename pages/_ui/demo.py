"""The example business: loaded in one click, removed in one click.

Invariant: while it is loaded, the data page and the overview say so, so that nobody takes it for their own.
"""

import streamlit as st

from pages._ui import errors, navigation
from pages._ui.session import View


def load(view: View) -> None:
    """Loads the demo business and opens the overview."""
    from data.demo import load as demo

    text = view.language.t("Making an example business: two years, three branches, 15 people…")
    with st.spinner(text, show_time=True):
        view.store.writer.submit("demo", lambda tell: demo.load(view.store, tell)).wait()
    navigation.go("overview")


def is_loaded(view: View) -> bool:
    """Whether the example business is among the data."""
    from data.demo import load as demo

    return demo.is_loaded(view.store)


def banner(view: View) -> None:
    """Says that the example is loaded, with the button that removes it."""
    if not is_loaded(view):
        return
    with st.container(key="demo", horizontal=True, vertical_alignment="center"):
        st.caption(view.language.t("This is an example business, not yours."))
        st.button(
            view.language.t("Remove the example"), key="remove_demo", on_click=_remove, args=(view,), type="tertiary"
        )


def _remove(view: View) -> None:
    from data.demo import load as demo

    with errors.boundary(view.language):
        view.store.writer.submit("demo", lambda _tell: demo.remove(view.store)).wait()
