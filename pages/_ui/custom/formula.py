"""The field of a formula: what is wrong and where, how it is read, what may come next.

Invariant: a click never replaces what was typed but for the word that was begun; the text is always the person's own.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.errors import UserError
from data.expression import Unread
from data.model import DIMENSIONS
from kpi.custom.completion import Circle, Suggestion, complete, everything
from kpi.custom.examples import EXAMPLES
from kpi.custom.limits import MAX_LENGTH
from kpi.custom.preview import Told, known_in, told
from kpi.custom.speaking import spoken
from kpi.custom.vocabulary import Table
from kpi.evaluate import availability
from pages._ui import session
from pages._ui.custom import draft
from pages._ui.escape import markdown
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

EXAMPLES_SHOWN = 6
"""Examples to begin with."""


def field(view: View) -> None:
    """The field itself."""
    t = view.language.t
    st.text_input(
        t("Formula"), key=draft.FORMULA, live="300ms", max_chars=MAX_LENGTH, autocomplete="off",
        placeholder=t("For instance share(revenue > 5000, status = 'done')"),
    )  # fmt: skip


def read(view: View, code: str) -> Told | None:
    """What the formula says, with what is wrong below the field where it says nothing."""
    text = draft.formula()
    if not text.strip():
        return None
    said = draft.said(view, code)
    try:
        found = told(view.store, text, replace(said, title=said.title.strip() or view.language.t("New KPI")))
    except UserError as error:
        st.html(wrong(view, text, error))
        return None
    draft.told("own_unit", found.unit or st.session_state["own_unit"])
    draft.told("own_min_rows", found.min_rows)
    as_read = spoken(found.made.tree, known_in(view.store), view.language)
    st.html(
        tag("div", tag("span", "✓ ", css="good"), view.language.t("Read as"), " ", tag("code", as_read), css="formula")
    )
    kpi = replace(found.kpi, unit=st.session_state["own_unit"], min_rows=int(st.session_state["own_min_rows"] or 0))
    return replace(found, made=replace(found.made, kpi=kpi))


def wrong(view: View, text: str, error: UserError) -> Html:
    """The formula with the place marked, and what is wrong there in words."""
    t = view.language.t
    said = [view.language.render(part) for part in (error.title, error.hint) if part is not None]
    if isinstance(error, Unread):
        if error.is_unfinished:
            return tag("div", quiet(t("The formula is not finished yet.")), css="formula")
        said = [t("It stops making sense here.")]
    at = getattr(error, "at", None)
    parts: list[str] = []
    if at is not None:
        end = next((i for i in range(at + 1, len(text)) if not (text[i].isalnum() or text[i] == "_")), len(text))
        parts = [tag("code", text[:at], tag("mark", text[at:end] or " "), text[end:])]
    words = tag("p", tag("span", "▲ ", css="missed"), tag("b", said[0]), *(f" {one}" for one in said[1:]))
    return tag("div", *parts, words, css="formula")


def suggestions(view: View) -> None:
    """What may come next, as buttons; examples where nothing is written yet."""
    text, circle = draft.formula(), _circle(view)
    if not text.strip():
        _examples(view)
    found = complete(text, circle)
    with st.container(key="suggestions", horizontal=True, gap="small"):
        for one in found.found:
            st.button(
                label(one), key=f"suggest-{one.insert}", help=_help(view, one), on_click=_put,
                args=(found.put(text, one),),
            )  # fmt: skip


def insertable(view: View) -> None:
    """Everything that can be named, to be searched."""
    language, t = view.language, view.language.t
    listed = session.kept(view, ("insertable", language.code), lambda: everything(_circle(view)))
    known = {one.insert: one for one in listed}
    st.selectbox(
        t("Insert"), list(known), index=None, key="own_insert", label_visibility="collapsed",
        format_func=lambda name: option(view, known[name]), on_change=_insert,
        placeholder=t("Search all words, columns and KPIs, and insert one"),
    )  # fmt: skip


def label(one: Suggestion) -> str:
    """A suggestion on its button: what is inserted."""
    return markdown(one.insert.strip()) if one.insert.strip() else markdown(one.title)


def option(view: View, one: Suggestion) -> str:
    """A suggestion in the list: what it is called, what it is, whose."""
    said = view.language.catalogue
    kinds = {"word": view.language.t("word"), "kpi": view.language.t("KPI")}
    name = one.insert.strip("( ")
    title = said(one.title)
    meaning = view.language.render(one.meaning) if one.meaning else ""
    shown = [
        name,
        *([title] if one.group != "word" and title != name.strip('"`') else []),
        kinds.get(one.group, ""),
        said(one.of) if one.of else "",
        meaning,
    ]
    return " · ".join(part for part in shown if part)


def _help(view: View, one: Suggestion) -> str | None:
    said = view.language.catalogue
    parts = [said(one.title) if one.group in ("column", "kpi", "table") else "", said(one.of) if one.of else ""]
    parts.append(view.language.render(one.meaning) if one.meaning else "")
    text = " · ".join(part for part in parts if part)
    return markdown(text) if text else None


def _examples(view: View) -> None:
    found = session.kept(view, ("examples", view.language.code), lambda: _fitting(view))
    if not found:
        return
    st.html(quiet(view.language.t("Start from an example:")))
    with st.container(key="examples", horizontal=True, gap="small"):
        for title, text in found:
            st.button(title, key=f"example-{text}", help=markdown(text), on_click=_put, args=(text,))


def _fitting(view: View) -> Sequence[tuple[str, str]]:
    """The examples that can be computed here, in the person's language."""
    what, relations, found = known_in(view.store), view.reader.relations(), []
    for title, formula in EXAMPLES:
        read_ = told(view.store, formula)
        if not relations or availability(relations, read_.catalogue)[read_.kpi.id].computable:
            found.append((view.language.render(title), spoken(read_.made.tree, what, view.language)))
    return found[:EXAMPLES_SHOWN]


def _circle(view: View) -> Circle:
    relations = view.reader.relations()
    is_empty = not any(relation.rows for relation in relations.values())

    def loaded(table: Table, name: str) -> bool:
        relation = relations.get(table.relation)
        if is_empty or relation is None or not relation.rows:
            return is_empty
        return relation.tells(name) or name in ("day", "weekday", "now")

    def members(name: str) -> Sequence[str]:
        return session.members(view, name) if name in DIMENSIONS else ()

    return Circle(known_in(view.store), view.language, loaded, members)


def _put(text: str) -> None:
    st.session_state[draft.FORMULA] = text


def _insert() -> None:
    chosen = st.session_state["own_insert"]
    st.session_state["own_insert"] = None
    if chosen:
        text = draft.formula()
        glue = "" if not text or text[-1] in " (" else " "
        st.session_state[draft.FORMULA] = f"{text}{glue}{chosen}"
