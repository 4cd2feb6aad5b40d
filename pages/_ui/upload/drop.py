"""Dropping files, seeing what they hold, and agreeing to load them.

Invariant: a dropped file is listed until it was loaded or put away; one that failed stays, with what to do about it.
"""

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.store.elsewhere import LoadedElsewhere
from data.store.sources import SourceQuestion
from pages._ui import errors, session
from pages._ui.escape import markdown
from pages._ui.markup import tag
from pages._ui.session import View
from pages._ui.upload import elsewhere, inbox, mapping_screen, preview, publishing, reading, sheets
from pages._ui.upload.reading import Reading

DROPS = "_drops"
"""How often files were taken from the drop place: it is emptied by becoming another one."""


def show(view: View) -> None:
    """The drop place, then every file that is not loaded yet."""
    t, most = view.language.t, view.language.number(int(st.get_option("server.maxUploadSize")))
    files = st.file_uploader(
        t("Drop your files here: Excel, CSV, ODS, Parquet, JSON, a bank statement for 1C, a log in XES"),
        inbox.TYPES,
        help=t("The browser takes up to {size} MB. A larger file is loaded by a command: {command}",
               size=most, command="`python -m kpi import FILE`"),
        accept_multiple_files=True, key=f"drop-{st.session_state.setdefault(DROPS, 0)}",
    )  # fmt: skip
    if files:
        for file in files:
            _read(view, file)
        st.session_state[DROPS] += 1
        st.rerun()
    if publishing.is_running():
        return
    found = list(reading.readings().values())
    for item in found:
        _file(view, item)
    ready = [item for item in found if item.ready]
    if ready:
        told = preview.show(view, ready)
        ready = [item for item in ready if not item.asks]
    if ready:
        _load(view, ready, told=told)


def _load(view: View, ready: list[Reading], *, told: bool) -> None:
    """The one button; it says so where the preview is not there yet."""
    label = view.language.tn("Load {n} file", "Load {n} files", len(ready))
    if not told:
        label = view.language.tn("Load {n} file unseen", "Load {n} files unseen", len(ready))
    kind: Literal["primary", "secondary"] = "primary" if told else "secondary"
    st.button(label, key="load", type=kind, icon=":material/check:", on_click=publishing.start, args=(view, ready))


def _read(view: View, file: UploadedFile) -> None:
    arrival = inbox.keep(file)
    with st.spinner(view.language.t("Reading {file}…", file=markdown(arrival.name)), show_time=True):
        reading.read(view, arrival)


def _file(view: View, item: Reading) -> None:
    _problem(view, item)
    several = len(item.tables) > 1
    if several and item.problem is None:
        count = view.language.tn("{n} sheet with a table", "{n} sheets with tables", len(item.tables))
        _head(view, item, item.arrival.name, count, known=item.ready)
    for index in range(len(item.tables)):
        if several:
            _sheet(view, item, index)
        else:
            _table(view, item, index)
    if item.tables:
        sheets.unread(view, item)
        _options(view, item)


def _problem(view: View, item: Reading) -> None:
    """Why the file could not be read or loaded, with the answers where it was a question."""
    if item.problem is None:
        return
    _head(view, item, item.arrival.name, "", known=False)
    if item.asks:
        st.warning(errors.words(view.language, item.problem), icon=":material/help:")
    else:
        errors.show(view.language, item.problem)
    if isinstance(item.problem, LoadedElsewhere):
        elsewhere.answers(view, item, item.problem)
    if isinstance(item.problem, SourceQuestion):
        t, other, fresh = view.language.t, item.problem.other, item.problem.suggested
        with st.container(horizontal=True):
            label = t("A newer version of «{source}»", source=markdown(other))
            st.button(label, key=f"same-{item.arrival.id}", on_click=_as_source, args=(view, item, other))
            label = t("Another branch or account: «{source}»", source=markdown(fresh))
            st.button(label, key=f"other-{item.arrival.id}", on_click=_as_source, args=(view, item, fresh))


def _as_source(view: View, item: Reading, source: str) -> None:
    item.source, item.problem = source, None
    publishing.start(view, [item])


def _head(view: View, item: Reading, name: str, note: str, *, known: bool) -> None:
    mark = tag("span", "●" if known else "◐", css="good" if known else "acceptable")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(tag("h2", mark, f" {name}", tag("small", note), css="section"), width="stretch")
        label = view.language.t("Put away")
        st.button(label, key=f"away-{item.arrival.id}-{name}", type="tertiary", on_click=_put_away, args=(item,))


def _put_away(item: Reading) -> None:
    preview.cancel(item)
    reading.readings().pop(item.arrival.id, None)
    inbox.put_away(item.arrival)


def _table(view: View, item: Reading, index: int) -> None:
    table = item.tables[index]
    name = item.arrival.name + (f" · {table.sheet}" if table.sheet else "")
    if item.problem is None:
        _head(view, item, name, sheets.summary(view, table), known=sheets.is_known(table))
    _mapping(view, item, index)


def _sheet(view: View, item: Reading, index: int) -> None:
    """One of several sheets, which the person may leave out."""
    if sheets.head(view, item, item.tables[index], f"{item.arrival.id}-{index}"):
        _mapping(view, item, index)


def _mapping(view: View, item: Reading, index: int) -> None:
    """Open where something is to be answered."""
    if sheets.is_known(item.tables[index]):
        with st.expander(view.language.t("See and correct how we read it")):
            mapping_screen.show(view, item, index)
    else:
        mapping_screen.show(view, item, index)


def _options(view: View, item: Reading) -> None:
    """Account, branch and replacing for the whole file."""
    t, key = view.language.t, item.arrival.id
    with st.expander(t("For the whole file: account, branch, replace")):
        left, right = st.columns(2)
        with left:
            item.account = _named(view, "account", t("Account of every row"), item.account, key)
        with right:
            item.branch = _named(view, "branch", t("Branch of every row"), item.branch, key)
        item.replace_period = st.toggle(
            t("Replace what this source had for the same days"), value=item.replace_period, key=f"replace-{key}",
            help=t("For a sheet whose old rows were edited: its earlier rows of these days give way."),
        )  # fmt: skip


def _named(view: View, dimension: str, label: str, value: str | None, key: str) -> str | None:
    known: Sequence[str] = list(dict.fromkeys([*([value] if value else []), *session.members(view, dimension)]))
    chosen: str | None = st.selectbox(
        label, known, index=known.index(value) if value else None, key=f"{dimension}-{key}", accept_new_options=True,
        placeholder=view.language.t("as in the file"),
    )  # fmt: skip
    return chosen or None
