"""Connecting a source in a minute: its kind, what it has to be told, a check, done.

Invariant: nothing is connected before its settings are checked; «Check» loads nothing.
"""

from collections.abc import Mapping
from typing import cast

import streamlit as st

from data.collect.connecting import connect
from data.collect.kinds import KINDS, kind_named
from data.collect.model import Kind, Value
from data.errors import UserError
from data.schema.loader import facts
from data.store.entries.collect import Connection, NewConnection, Takes
from pages._ui import errors, frame, session
from pages._ui.session import View
from pages._ui.sources import asking, editing, fields, sending, trying
from pages._ui.sources.sentence import EVERY, every
from pages._ui.titles import fact_title

_TURN = "_source_turn"
"""How often something was connected: the form is emptied by becoming another one."""


def show(view: View) -> None:
    """For another source, or for the one that is being changed."""
    t, number = view.language.t, editing.edited()
    known = next((one for one in view.store.entries.connections.all() if one.id == number), None)
    frame.section(t("Change «{name}»", name=known.name) if known is not None else t("Connect a source"))
    key = f"source-form-{known.id if known is not None else 'new'}-{st.session_state.setdefault(_TURN, 0)}"
    kind = kind_named(known.kind) if known is not None else _kind(view, key)
    frame.quiet(view.language.render(kind.about))
    first, others = fields.split(kind)
    settings: Mapping[str, Value] = known.settings if known is not None else {}
    values, secrets = fields.ask(view.language, first, settings, f"{key}-{kind.name}", sealed=known is not None)
    if kind.guide is not None:
        with st.expander(t("Where to find it")):
            st.markdown(view.language.render(kind.guide))
    with st.expander(t("More: name, how often, account")):
        more, sealed = fields.ask(view.language, others, settings, f"{key}-{kind.name}", sealed=known is not None)
        new = _new(view, kind, known, values | more, f"{key}-{kind.name}")
    _deeds(view, new, secrets | sealed, known)


def _kind(view: View, key: str) -> Kind:
    said = {name: view.language.render(kind.title) for name, kind in KINDS.items()}
    chosen = st.pills(
        view.language.t("What is it?"), list(said), default=next(iter(said)), format_func=said.__getitem__,
        key=f"{key}-kind", label_visibility="collapsed",
    )  # fmt: skip
    return kind_named(chosen or next(iter(said)))


def _new(view: View, kind: Kind, known: Connection | None, values: dict[str, object], key: str) -> NewConnection:
    t = view.language.t
    name = st.text_input(t("Name"), known.name if known else _free_name(view, kind), key=f"{key}-name")
    rhythm = known.rhythm if known else kind.rhythm
    if kind.is_asked:
        offered = list(dict.fromkeys((rhythm, *EVERY)))
        rhythm = st.selectbox(
            t("How often"), offered, format_func=lambda one: every(view.language, one), key=f"{key}-rhythm"
        )
    left, right = st.columns(2)
    with left:
        account = _named(view, "account", t("Account of rows that name none"), known.account if known else None, key)
    with right:
        branch = _named(view, "branch", t("Branch of rows that name none"), known.branch if known else None, key)
    fact = _fact(view, known, key)
    takes = "rows" if not kind.is_asked else _takes(view, kind, known, key)
    by = session.visitor().name
    checked = cast(Mapping[str, Value], values)
    return NewConnection(name, kind.name, checked, rhythm, account, branch, fact, cast(Takes, takes), by)


def _fact(view: View, known: Connection | None, key: str) -> str | None:
    names = list(facts())
    at = names.index(known.fact) if known is not None and known.fact in names else None
    chosen: str | None = st.selectbox(
        view.language.t("What its rows are"), names, at, lambda name: fact_title(view, name),
        placeholder=view.language.t("each table tells it"), key=f"{key}-fact",
    )  # fmt: skip
    return chosen


def _takes(view: View, kind: Kind, known: Connection | None, key: str) -> str:
    usual = known.takes if known is not None else ("days" if kind.is_snapshot else "rows")
    label = view.language.t("Rows that were deleted there are deleted here, within the days the new file covers")
    return "days" if st.toggle(label, usual == "days", key=f"{key}-takes") else "rows"


def _named(view: View, dimension: str, label: str, value: str | None, key: str) -> str | None:
    known = list(dict.fromkeys([*([value] if value else []), *session.members(view, dimension)]))
    chosen: str | None = st.selectbox(
        label, known, 0 if value else None, key=f"{key}-{dimension}", accept_new_options=True,
        placeholder=view.language.t("as in the file"),
    )  # fmt: skip
    return chosen or None


def _free_name(view: View, kind: Kind) -> str:
    taken = {one.name for one in view.store.entries.connections.all()}
    base = view.language.render(kind.title).partition(" (")[0]
    return next(name for n in range(1, 1000) if (name := base if n == 1 else f"{base} {n}") not in taken)


def _deeds(view: View, new: NewConnection, secrets: Mapping[str, str], known: Connection | None) -> None:
    t = view.language.t
    with st.container(horizontal=True):
        is_asked = kind_named(new.kind).is_asked
        tried = is_asked and st.button(t("Check"), key="source-check", icon=":material/troubleshoot:")
        label = t("Save") if known is not None else t("Connect")
        done = st.button(label, key="source-connect", type="primary", icon=":material/check:")
        if known is not None:
            st.button(t("Leave it as it was"), key="source-leave", type="tertiary", on_click=editing.end)
    if tried:
        trying.show(view, new, secrets, known)
    if done:
        _connect(view, new, secrets, known)


def _connect(view: View, new: NewConnection, secrets: Mapping[str, str], known: Connection | None) -> None:
    try:
        made = connect(view.store, new, secrets, known.id if known is not None else None)
    except UserError as error:
        errors.show(view.language, error)
        return
    st.session_state[_TURN] += 1
    editing.end()
    if made.kind == "push" and known is None:
        sending.make(view, made)
    elif not made.is_paused:
        asking.ask(view, made)
    st.rerun()
