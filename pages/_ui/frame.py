"""The frame around every screen: the boundary for errors, the empty workspace, the headline, quiet notes."""

from collections.abc import Callable

import streamlit as st

from pages._ui import address, errors, markup, session
from pages._ui.ahead import AHEAD
from pages._ui.session import View


def show(screen: Callable[[View], None], *, needs_data: bool = True) -> None:
    """Runs a screen inside the boundary; an empty workspace shows the first minute instead, where data is needed."""
    from pages._ui import first_minute

    language = session.words()
    with AHEAD.page(), errors.boundary(language):
        view = session.view()
        if needs_data and not any(relation.rows for relation in view.reader.relations().values()):
            first_minute.show(view)
        else:
            screen(view)


def headline(text: str) -> None:
    """The one sentence a person could read aloud."""
    st.html(markup.tag("p", text, css="headline"))


def section(title: str, note: str = "") -> None:
    """A heading inside a page, with a quiet note beside it."""
    st.html(markup.section(title, note))


def quiet(text: str) -> None:
    """A note in small grey type."""
    st.html(markup.quiet(text))


def language_switch() -> None:
    """The switch between the languages, in its own name."""
    other = "en" if session.words().code == "ru" else "ru"
    with st.container(key="language"):
        label = "English" if other == "en" else "Русский"
        st.button(label, key="switch_language", type="tertiary", on_click=address.write, args=("lang", other))
