"""The answers to «this content is already loaded for another account».

Invariant: each says what it does; the one that takes the earlier import back does so only after the new one is in.
"""

import streamlit as st

from data.store.elsewhere import LoadedElsewhere, owner_text
from pages._ui.escape import markdown
from pages._ui.session import View
from pages._ui.upload import publishing
from pages._ui.upload.reading import Reading


def answers(view: View, item: Reading, question: LoadedElsewhere) -> None:
    """The same · under a wrong name · really twice."""
    t, key, there = view.language.t, item.arrival.id, _name(view, question.there)
    with st.container(horizontal=True):
        label = t("The same: it stays {owner}", owner=there)
        st.button(label, key=f"elsewhere-same-{key}", on_click=_as_there, args=(view, item, question))
        if question.import_id is not None:
            label = t("Move it: {owner}", owner=_name(view, question.given))
            st.button(label, key=f"elsewhere-move-{key}", on_click=_move, args=(view, item, question.import_id))
        st.button(t("Really twice: load both"), key=f"elsewhere-twice-{key}", on_click=_twice, args=(view, item))


def _name(view: View, owner: tuple[str | None, str | None]) -> str:
    return markdown(view.language.render(owner_text(owner)))


def _as_there(view: View, item: Reading, question: LoadedElsewhere) -> None:
    item.account, item.branch = question.there
    _start(view, item)


def _move(view: View, item: Reading, import_id: int) -> None:
    item.again, item.instead_of = True, import_id
    _start(view, item)


def _twice(view: View, item: Reading) -> None:
    item.again = True
    _start(view, item)


def _start(view: View, item: Reading) -> None:
    item.problem = None
    publishing.start(view, [item])
