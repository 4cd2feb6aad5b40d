"""The links to one person's page: making one, and taking it back.

Invariant: a token is shown once, to who made it; afterwards nobody can read it any more.
"""

import streamlit as st

from data.access.visitor import PERSON, personal_link
from pages._ui import frame, session
from pages._ui.markup import quiet, tag
from pages._ui.session import View

_MADE = "link_made"
"""The link that was just made: (name, token)."""


def show(view: View, name: str) -> None:
    """The links that open, and the button for another."""
    t, links = view.language.t, view.store.entries.links
    frame.section(t("Personal link"), t("shows this person's page, and nothing else"))
    made: tuple[str, str] | None = st.session_state.get(_MADE)
    if made is not None and made[0] == name:
        st.html(quiet(t("Copy it now: it cannot be shown again.")))
        st.code(f"{_origin()}/p/{made[1]}", language=None)
    for one in links.of(PERSON, name):
        opened = t("opened on {day}", day=one.opened_at.date()) if one.opened_at else t("not opened yet")
        told = t("Link {number} of {day}", number=one.id, day=one.created_at.date())
        with st.container(key=f"link-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(tag("div", tag("p", told, css="finding"), quiet(opened)), width="stretch")
            st.button(
                t("Withdraw the link"), key=f"revoke-{one.id}", type="tertiary", on_click=_revoke, args=(view, one.id)
            )
    st.button(t("Make a personal link"), key="make_link", icon=":material/link:", on_click=_make, args=(view, name))


def _make(view: View, name: str) -> None:
    _, token = view.store.entries.links.create(personal_link(name, session.visitor().name))
    st.session_state[_MADE] = (name, token)


def _revoke(view: View, number: int) -> None:
    view.store.entries.links.revoke(number)
    st.session_state.pop(_MADE, None)


def _origin() -> str:
    """Address of the server, as this browser reached it."""
    scheme, _, rest = str(st.context.url or "http://localhost").partition("://")
    return f"{scheme}://{rest.split('/')[0]}"
