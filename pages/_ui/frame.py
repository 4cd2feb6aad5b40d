"""The frame around every screen: the boundary for errors, the empty workspace, the headline, quiet notes."""

from collections.abc import Callable

import streamlit as st

from data.errors import NotAllowed
from data.message import say
from pages._ui import address, deeds, errors, markup, navigation, session
from pages._ui.ahead import AHEAD
from pages._ui.markup import Html
from pages._ui.session import View


def show(screen: Callable[[View], None], *, needs_data: bool = True) -> None:
    """Runs a screen inside the boundary; an empty workspace shows the first minute instead, where data is needed."""
    from pages._ui import first_minute, who

    language = session.words()
    with AHEAD.page(), errors.boundary(language):
        view = session.view()
        _admit(view)
        if needs_data and view.reader.scope.pages is None and session.is_empty(view):
            first_minute.show(view)
        else:
            deeds.note_page(address.page())
            told = who.badge(view) or who.hint(view)
            if told:
                st.html(told)
            screen(view)


def _admit(view: View) -> None:
    """`NotAllowed` for a page that is not open to who is asking."""
    allowed = view.reader.scope.pages
    if allowed == frozenset():
        raise NotAllowed(say("This link does not work any more."), hint=say("Ask for a new one."))
    if allowed is not None and address.page() not in allowed:
        raise NotAllowed(say("This page is not open to you."))


def headline(text: str) -> None:
    """The one sentence a person could read aloud."""
    st.html(said(text))


def said(text: str) -> Html:
    """That sentence, for a page that puts it into one element with what follows."""
    return markup.tag("p", text, css="headline")


def written(view: View, what: object, write: Callable[[], Html]) -> Html:
    """HTML of a view as it was written for the same address before, else written now."""
    return session.kept(view, _writing(view, what), write)


def is_written(view: View, what: object) -> bool:
    """Whether it was written before."""
    return session.is_kept(view, _writing(view, what))


def _writing(view: View, what: object) -> tuple[object, ...]:
    return ("written", what, address.whole(), view.language.code, view.theme)


def section(title: str, note: str = "") -> None:
    """A heading inside a page, with a quiet note beside it."""
    st.html(markup.section(title, note))


def quiet(text: str) -> None:
    """A note in small grey type."""
    st.html(markup.quiet(text))


def language_switch() -> Html:
    """The link to this view in the other language, in that language's name."""
    other, name = ("en", "English") if session.words().code == "ru" else ("ru", "Русский")
    where = navigation.href(address.page(), address.here(lang=other))
    return markup.link(where, name, css="language", lang=other)
