"""The address bar is the memory of a view.

Invariant: the address holds codes and member names, never words of a language, so a copied link opens the same view
in Russian and in English; what is at its default is not in the address. Streamlit clears the address when a page is
chosen in the navigation; `restore` puts the carried part back.
"""

from collections.abc import Iterable, Mapping

import streamlit as st

CARRIED = ("period", "since", "until", "grain", "account", "branch", "team", "employee", "service", "lang")
"""Parts of a view that go along from page to page."""

_MEMORY = "_carried"
_PAGE = "_page"


def one(name: str, allowed: Iterable[str] | None = None) -> str | None:
    """The value of a part, or None when it is missing or not one of `allowed`."""
    value = st.query_params.get(name)
    return value if value and (allowed is None or value in allowed) else None


def many(name: str) -> tuple[str, ...]:
    """All values of a part, in the order of the address."""
    return tuple(dict.fromkeys(st.query_params.get_all(name)))


def write(name: str, values: str | Iterable[str] | None) -> None:
    """Puts a part into the address; nothing removes it."""
    chosen = [values] if isinstance(values, str) else list(values or ())
    if chosen:
        st.query_params[name] = chosen
    elif name in st.query_params:
        del st.query_params[name]


def clear(names: Iterable[str]) -> None:
    """Removes parts from the address."""
    for name in names:
        write(name, None)


def carried() -> dict[str, list[str]]:
    """The carried part of this view, for links to other pages."""
    return {name: list(many(name)) for name in CARRIED if many(name)}


def link(**parts: str | Iterable[str] | None) -> dict[str, list[str]]:
    """Query parameters of a link: the carried part with `parts` set; None removes one."""
    params = carried()
    for name, values in parts.items():
        chosen = [values] if isinstance(values, str) else list(values or ())
        params.pop(name, None)
        if chosen:
            params[name] = chosen
    return params


def restore(page: str) -> None:
    """Keeps the carried part across a page chosen in the navigation, and remembers it for the next."""
    memory: Mapping[str, list[str]] = st.session_state.get(_MEMORY, {})
    came_from = st.session_state.get(_PAGE)
    if came_from not in (None, page) and not carried():
        for name, values in memory.items():
            write(name, values)
    st.session_state[_PAGE] = page
    st.session_state[_MEMORY] = carried()
