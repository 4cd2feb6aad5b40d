"""What was loaded: the imports with undo, and for which days each fact has rows."""

from datetime import date

import streamlit as st

from data.store.ledger import LedgerEntry
from pages._ui import errors, filters, frame
from pages._ui.escape import markdown
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.session import View
from pages._ui.titles import fact_title
from pages._ui.upload import report

RECENT = 6
"""Imports listed at once; earlier ones are folded away."""


def imports(view: View) -> None:
    """The ledger, newest first."""
    entries = sorted(view.store.imports(), key=lambda entry: -entry.import_id)
    if not entries:
        return
    frame.section(view.language.t("What was loaded"))
    for entry in entries[:RECENT]:
        _entry(view, entry)
    if len(entries) > RECENT:
        label = view.language.tn("{n} earlier load", "{n} earlier loads", len(entries) - RECENT)
        with st.expander(label):
            for entry in entries[RECENT:]:
                _entry(view, entry)


def _entry(view: View, entry: LedgerEntry) -> None:
    with st.container(key=f"import-{entry.import_id}", horizontal=True, vertical_alignment="center"):
        st.html(_line(view, entry), width="stretch")
        if _rejected(entry):
            report.rejects(view, entry.import_id, entry.file, "ledger")
        if entry.undone_at is None and st.button(
            view.language.t("Undo"), key=f"undo-{entry.import_id}", type="tertiary", icon=":material/undo:"
        ):
            st.session_state["_undo"] = entry.import_id
    if st.session_state.get("_undo") == entry.import_id:
        _confirm(view, entry)


def _line(view: View, entry: LedgerEntry) -> Html:
    t, tn = view.language.t, view.language.tn
    facts = view.language.list(fact_title(view, fact) for fact in entry.facts)
    parts = [facts, tn("{n} row", "{n} rows", entry.rows_out), view.language.day(entry.at, year=True)]
    if _rejected(entry):
        parts.append(tn("{n} not loaded", "{n} not loaded", _rejected(entry)))
    if entry.undone_at is not None:
        parts.append(t("taken back"))
    return tag("div", tag("b", entry.file), quiet(" · ".join(parts)), css="none" if entry.undone else "")


def _rejected(entry: LedgerEntry) -> int:
    return sum(report.rejected for report in entry.reports)


def _confirm(view: View, entry: LedgerEntry) -> None:
    t = view.language.t
    with st.container(border=True, key=f"confirm-{entry.import_id}"):
        st.markdown(t("Take back {file}? The data will be as if it had never been loaded.", file=markdown(entry.file)))
        with st.container(horizontal=True):
            st.button(t("Take back"), key="undo_yes", type="primary", on_click=_undo, args=(view, entry.import_id))
            st.button(t("Keep"), key="undo_no", on_click=_forget)


def _undo(view: View, import_id: int) -> None:
    _forget()
    with errors.boundary(view.language):
        view.store.writer.submit("undo", lambda _tell: view.store.undo(import_id)).wait()


def _forget() -> None:
    st.session_state["_undo"] = None


def loaded(view: View) -> None:
    """A small timeline per fact."""
    known = [r for r in view.reader.relations().values() if r.live_filter and r.rows]
    dated = [r for r in known if r.first_day and r.data_until]
    if not dated:
        return
    last, first = filters.bounds(view)
    frame.section(view.language.t("For which days"), view.language.span(first, last))
    rows = [
        _rail(view, r.name, max(r.first_day or first, first), r.data_until or last, r.rows, (first, last))
        for r in dated
    ]
    st.html(tag("div", *rows, css="spans"))


def _rail(view: View, name: str, since: date, until: date, rows: int, whole: tuple[date, date]) -> Html:
    days = max(1, (whole[1] - whole[0]).days)
    left = 100 * (since - whole[0]).days / days
    width = min(100 * max(0, (until - since).days) / days, 100 - left)
    bar = tag("span", css="bar", style=f"left:{left:.1f}%;width:{width:.1f}%")
    rail = tag("span", bar, css="rail", title=view.language.span(since, until))
    number = tag("span", view.language.tn("{n} row", "{n} rows", rows), css="num")
    return joined([tag("span", fact_title(view, name)), rail, number])
