"""Views saved under a name: save, open, rename, delete.

Invariant: a view is the whole address but the language. A view of a running period stays one: it opens on the period of
that name, not on the days it had.
"""

from collections.abc import Callable

import streamlit as st

from data.errors import UserError
from data.store.entries import SavedView
from data.store.entries.saved_views import LONGEST
from pages._ui import address, frame, navigation, session
from pages._ui.escape import markdown
from pages._ui.session import View

_REFUSED = "_view_refused"
_RENAMED = "_view_renamed"


def label(view: View) -> str | None:
    """The name of the saved view that is open; None where none is."""
    known = session.kept(view, "saved views", view.store.entries.saved_views.all)
    current = next((one for one in known if _is_open(one)), None)
    return markdown(current.name) if current else None


def show(view: View) -> None:
    """The list and the form."""
    frame.section(view.language.t("Saved views"))
    _list(view, view.store.entries.saved_views.all())
    _save(view)


def _is_open(saved: SavedView) -> bool:
    return saved.page == address.page() and {n: list(v) for n, v in saved.params.items()} == address.view()


def _list(view: View, saved: tuple[SavedView, ...]) -> None:
    if not saved:
        frame.quiet(view.language.t("Set the filters as you need them, and save the view under a name."))
    for one in saved:
        with st.container(key=f"view-{one.id}", horizontal=True, vertical_alignment="center", gap="xsmall"):
            if st.session_state.get(_RENAMED) == one.id:
                _name(view, one)
            else:
                _row(view, one)
    if refused := st.session_state.pop(_REFUSED, None):
        st.warning(view.language.render(refused))


def _row(view: View, one: SavedView) -> None:
    t, here = view.language.t, one.page == address.page()
    pressed = st.button(
        markdown(one.name), key=f"open_view-{one.id}", type="tertiary", width="stretch",
        on_click=_open_here if here else None, args=(one,) if here else (),
    )  # fmt: skip
    if pressed and not here:
        navigation.go(one.page, {**{name: list(values) for name, values in one.params.items()}, **address.language()})
    st.button(
        "", key=f"rename_view-{one.id}", type="tertiary", icon=":material/edit:", help=t("Rename"),
        on_click=st.session_state.__setitem__, args=(_RENAMED, one.id),
    )  # fmt: skip
    st.button(
        "", key=f"delete_view-{one.id}", type="tertiary", icon=":material/delete:", help=t("Delete"),
        on_click=view.store.entries.saved_views.delete, args=(one.id,),
    )  # fmt: skip


def _open_here(one: SavedView) -> None:
    address.open_view(one.params)
    st.session_state["look_open"] = False


def _name(view: View, one: SavedView) -> None:
    """The view's name to be written anew; Enter keeps it."""
    key = f"new_name-{one.id}"
    st.text_input(
        view.language.t("Name"), one.name, key=key, max_chars=LONGEST, label_visibility="collapsed",
        on_change=_rename, args=(view, one.id, key),
    )  # fmt: skip


def _rename(view: View, number: int, key: str) -> None:
    del st.session_state[_RENAMED]
    _tried(lambda: view.store.entries.saved_views.rename(number, st.session_state[key]))


def _save(view: View) -> None:
    t = view.language.t
    with st.form("save_view", border=False, clear_on_submit=True):
        st.text_input(
            t("Name of this view"), key="w_view_name", max_chars=LONGEST, placeholder=t("Monday, branch North")
        )
        st.form_submit_button(t("Save this view"), on_click=_keep, args=(view,))


def _keep(view: View) -> None:
    name, page = st.session_state["w_view_name"], address.page()
    _tried(lambda: view.store.entries.saved_views.save(name, page, address.view()))


def _tried(change: Callable[[], object]) -> None:
    """Carries a change out; why it was refused is said below the list."""
    try:
        change()
    except UserError as error:
        st.session_state[_REFUSED] = error.title
