"""The sheets of a workbook: each with what it holds and whether it is to be loaded.

Invariant: every sheet of the file is named, those that hold no table or are hidden as well; none is loaded that the
person left out.
"""

import streamlit as st

from data.ingest.clean.cleaned import is_dated
from data.ingest.pipeline import Proposal
from pages._ui import frame
from pages._ui.escape import markdown
from pages._ui.markup import tag
from pages._ui.session import View
from pages._ui.titles import fact_title
from pages._ui.upload import reading as readings
from pages._ui.upload.reading import Reading


def is_known(table: Proposal) -> bool:
    """Whether nothing about the table needs an answer."""
    return table.mapping is not None and not table.questions and table.certain


def summary(view: View, table: Proposal) -> str:
    """What it holds, how many rows, and how sure we are."""
    t, known = view.language.t, is_known(table)
    held = fact_title(view, table.mapping.fact) if table.mapping else t("not recognised yet")
    state = t("understood") if known else t("please check")
    state = t("known from last time") if known and table.remembered else state
    state = state if table.mapping is None or is_dated(table.mapping) else t("no column with dates")
    return " · ".join((held, view.language.tn("{n} row", "{n} rows", table.rows), state))


def head(view: View, item: Reading, table: Proposal, key: str) -> bool:
    """The sheet's name with the switch; whether it is to be loaded."""
    name, loaded = table.sheet or "", table.sheet not in item.left
    mark = tag("span", "●" if is_known(table) else "◐", css="good" if is_known(table) else "acceptable")
    with st.container(horizontal=True, vertical_alignment="center", key=f"sheet-{key}"):
        shown = mark if loaded else tag("span", "○")
        st.html(tag("h3", shown, f" {name}", tag("small", summary(view, table)), css="section"), width="stretch")
        st.toggle(
            view.language.t("Load this sheet"), value=loaded, key=f"load-{key}", on_change=_switch, args=(item, name)
        )
    return loaded


def _switch(item: Reading, name: str) -> None:
    item.left ^= {name}


def unread(view: View, item: Reading) -> None:
    """The sheets that gave no table; hidden ones can be read after all."""
    sheets = [one for table in item.tables for one in table.unread]
    read = {table.sheet for table in item.tables}
    hidden = [one.name for one in sheets if one.hidden and one.name not in read]
    empty = [one.name for one in sheets if not one.hidden]
    if empty:
        frame.quiet(view.language.t("Without a table: {names}", names=", ".join(empty)))
    if hidden:
        frame.quiet(view.language.t("Hidden, not read: {names}", names=", ".join(hidden)))
        with st.container(horizontal=True):
            for name in hidden:
                _offer(view, item, name)


def _offer(view: View, item: Reading, name: str) -> None:
    label, key = view.language.t("Read «{sheet}»", sheet=markdown(name)), f"unhide-{item.arrival.id}-{name}"
    st.button(label, key=key, on_click=readings.unhide, args=(view, item, name))
