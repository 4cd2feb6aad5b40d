"""Events from a spreadsheet: look at what was read, then take it over.

Invariant: nothing is entered before the person agrees; an event that stands already is not entered twice.
"""

import tempfile
from pathlib import Path

import streamlit as st

from data.errors import UserError
from data.store.entries import Mark
from data.store.mark_file import MarkFile, marks_of
from pages._ui import events, frame, markup
from pages._ui.session import View

SHOWN = 20
"""Rows that are shown of a file."""


def show(view: View) -> None:
    """The place for the file, what is in it, and the button."""
    t = view.language.t
    frame.quiet(t("Columns: Date, Event; if you like also Kind (promotion, price, staff, process) and Until."))
    file = st.file_uploader(t("Spreadsheet of events"), ["csv", "xlsx", "xls", "ods", "txt"], key="events_upload")
    if file is None:
        return
    try:
        found = _read(view, file.name, file.getvalue())
    except UserError as error:
        st.error(view.language.render(error.title))
        if error.hint:
            frame.quiet(view.language.render(error.hint))
        return
    fresh = _fresh(view, found)
    rows = [(view.language.day(m.day, year=True), m.title, events.kind_name(view, m.kind)) for m in fresh[:SHOWN]]
    if rows:
        st.html(markup.table(rows, (t("Day"), t("Event"), t("Kind"))))
    for why in found.refused[:SHOWN]:
        frame.quiet(view.language.render(why))
    label = view.language.tn("Add {n} event", "Add {n} events", len(fresh))
    st.button(label, key="events_take", type="primary", disabled=not fresh, on_click=_take, args=(view, fresh))


def _read(view: View, name: str, content: bytes) -> MarkFile:
    with tempfile.TemporaryDirectory(dir=view.store.workspace.temporary) as folder:
        path = Path(folder) / f"events{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return marks_of(view.store, path)


def _fresh(view: View, found: MarkFile) -> list[Mark]:
    known = {(mark.day, mark.title, mark.kind) for mark in view.store.entries.marks.all()}
    return [mark for mark in dict.fromkeys(found.marks) if (mark.day, mark.title, mark.kind) not in known]


def _take(view: View, fresh: list[Mark]) -> None:
    for mark in fresh:
        view.store.entries.marks.add(mark)
