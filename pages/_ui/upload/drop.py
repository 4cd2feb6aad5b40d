"""Dropping files, seeing what they hold, and agreeing to load them."""

from collections.abc import Sequence

import streamlit as st

from pages._ui import errors, frame, session
from pages._ui.escape import markdown
from pages._ui.markup import tag
from pages._ui.session import View
from pages._ui.titles import fact_title
from pages._ui.upload import inbox, mapping_screen, publishing, reading
from pages._ui.upload.reading import Reading


def show(view: View) -> None:
    """The drop place, then every dropped file."""
    t = view.language.t
    files = st.file_uploader(
        t("Drop your spreadsheets here: Excel, CSV, ODS or Parquet"), inbox.TYPES, accept_multiple_files=True,
        key=f"drop-{st.session_state.get('_drop', 0)}",
    )  # fmt: skip
    found = [_read(view, file) for file in files or []]
    for item in found:
        _file(view, item)
    ready = [item for item in found if item.ready]
    if ready and not st.session_state.get(publishing.RUNNING):
        label = view.language.tn("Load {n} file", "Load {n} files", len(ready))
        st.button(
            label, key="load", type="primary", icon=":material/check:", on_click=publishing.start, args=(view, ready)
        )


def _read(view: View, file) -> Reading:  # type: ignore[no-untyped-def]  # noqa: ANN001
    arrival = inbox.keep(file)
    if arrival.id in reading.readings():
        return reading.readings()[arrival.id]
    with st.spinner(view.language.t("Reading {file}…", file=markdown(arrival.name)), show_time=True):
        return reading.read(view, arrival)


def _file(view: View, item: Reading) -> None:
    if item.problem is not None:
        frame.section(item.arrival.name)
        errors.show(view.language, item.problem)
        if not item.tables:
            return
    for index in range(len(item.tables)):
        _table(view, item, index)
    _options(view, item)


def _table(view: View, item: Reading, index: int) -> None:
    table, t = item.tables[index], view.language.t
    name = item.arrival.name + (f" · {table.sheet}" if table.sheet else "")
    known = table.mapping is not None and not table.questions and table.certain
    rows = view.language.tn("{n} row", "{n} rows", table.rows)
    held = fact_title(view, table.mapping.fact) if table.mapping else t("not recognised yet")
    state = t("understood") if known else t("please check")
    state = t("known from last time") if known and table.remembered else state
    mark = tag("span", "●" if known else "◐", css="good" if known else "acceptable")
    st.html(tag("h2", mark, f" {name}", tag("small", " · ".join((held, rows, state))), css="section"))
    if known:
        with st.expander(t("See and correct how we read it")):
            mapping_screen.show(view, item, index)
    else:
        mapping_screen.show(view, item, index)


def _options(view: View, item: Reading) -> None:
    """Account, branch and replacing for the whole file."""
    t, key = view.language.t, item.arrival.id
    with st.expander(t("For the whole file: account, branch, replace")):
        left, right = st.columns(2)
        with left:
            item.account = _named(view, "account", t("Account of every row"), key)
        with right:
            item.branch = _named(view, "branch", t("Branch of every row"), key)
        item.replace_period = st.toggle(
            t("Replace what this source had for the same days"), value=item.replace_period, key=f"replace-{key}",
            help=t("For a sheet whose old rows were edited: its earlier rows of these days give way."),
        )  # fmt: skip


def _named(view: View, dimension: str, label: str, key: str) -> str | None:
    known: Sequence[str] = session.members(view, dimension)
    chosen: str | None = st.selectbox(
        label, known, index=None, key=f"{dimension}-{key}", accept_new_options=True,
        placeholder=view.language.t("as in the file"),
    )  # fmt: skip
    return chosen or None
