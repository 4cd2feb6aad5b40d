"""The address bar is the memory of a view.

Invariant: the address holds codes and member names, never words of a language, so a copied link opens the same view
in Russian and in English; what is at its default is not in the address. Streamlit clears the address when a page is
chosen in the navigation; `restore` puts the carried part back.
"""

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

LANGUAGE = "lang"
"""The part that says which language a person chose."""
DIMENSIONS = ("account", "branch", "team", "employee", "service")
"""Dimensions every view offers to filter by."""
MORE = ("role", "category", "source", "client", "weekday", "city", "title", "booked_by", "kind", "standard", "question")
"""Others that a click on a bar can filter by; offered while they do."""
CARRIED = ("period", "since", "until", "grain", "compare", "events", *DIMENSIONS, *MORE, LANGUAGE)
"""Parts of a view that go along from page to page."""

Part = str | Iterable[str] | None
"""What a part of the address is set to; nothing removes it."""

_MEMORY = "_carried"
_PAGE = "_page"


def one(name: str, allowed: Iterable[str] | None = None) -> str | None:
    """The value of a part, or None when it is missing or not one of `allowed`."""
    value = st.query_params.get(name)
    return value if value and (allowed is None or value in allowed) else None


def many(name: str) -> tuple[str, ...]:
    """All values of a part, in the order of the address."""
    return tuple(dict.fromkeys(st.query_params.get_all(name)))


def write(name: str, values: Part) -> None:
    """Puts a part into the address; nothing removes it."""
    change({name: values})


def clear(names: Iterable[str]) -> None:
    """Removes parts from the address."""
    change(dict.fromkeys(names))


def change(parts: Mapping[str, Part]) -> None:
    """Puts several parts into the address at once: one change, and so one step of the browser's history."""
    now = {name: list(many(name)) for name in st.query_params}
    then = _with(now, parts)
    if then != now:
        st.query_params.from_dict(then)


def listed(values: Part) -> list[str]:
    """A part's values; none where it is to be removed."""
    return [values] if isinstance(values, str) else list(values or ())


def carried() -> dict[str, list[str]]:
    """The carried part of this view, for links to other pages."""
    held = set(st.query_params)
    return {name: list(many(name)) for name in CARRIED if name in held}


def link(**parts: Part) -> dict[str, list[str]]:
    """Query parameters of a link to another view: the carried part with `parts` set; None removes one."""
    return _with(carried(), parts)


def here(**parts: Part) -> dict[str, list[str]]:
    """Query parameters of a link to this view with `parts` set; None removes one."""
    return _with({**view(), **language()}, parts)


def _with(params: dict[str, list[str]], parts: Mapping[str, Part]) -> dict[str, list[str]]:
    changed = {**params, **{name: listed(values) for name, values in parts.items()}}
    return {name: values for name, values in changed.items() if values}


def whole() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All that links of this view are made of, as a key: the page and every part of the address."""
    return ("", (page(),)), *((name, many(name)) for name in sorted(st.query_params))


def page() -> str:
    """Code of the page that is open."""
    return str(st.session_state.get(_PAGE, ""))


def view() -> dict[str, list[str]]:
    """The whole address but the language: what a saved view holds."""
    return {name: list(many(name)) for name in st.query_params if name != LANGUAGE}


def language() -> dict[str, list[str]]:
    """The language's part of the address, where a person chose one."""
    return {LANGUAGE: list(many(LANGUAGE))} if many(LANGUAGE) else {}


def open_view(parts: Mapping[str, Iterable[str]]) -> None:
    """Puts these parts into the address and nothing else but the language."""
    change({**dict.fromkeys(view()), **parts})


def restore(page: str) -> None:
    """Keeps the carried part across a page chosen in the navigation, and remembers it for the next.

    What «back» and «forward» open is shown as it was.
    """
    memory: Mapping[str, list[str]] = st.session_state.get(_MEMORY, {})
    came_from = st.session_state.get(_PAGE)
    if came_from not in (None, page) and not carried() and not _from_history():
        change(memory)
    st.session_state[_PAGE] = page
    st.session_state[_MEMORY] = carried()


def _from_history() -> bool:
    """Whether this rerun was asked for by the browser's «back» or «forward»."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
