"""The ledger: every import with what it brought, its details, and the way back.

Invariant: what taking an import back would do is told by the undo itself, rehearsed in the writer and rolled back,
before anybody agrees to it.
"""

import streamlit as st

from data.store.ledger import LedgerEntry
from data.store.undo import TakenBack
from data.store.writer import Job
from kpi.effect import Effects, comparer
from pages._ui import frame, session, work
from pages._ui.escape import markdown
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.session import View
from pages._ui.titles import fact_title
from pages._ui.upload import effects, report

RECENT = 6
"""Imports listed at once; earlier ones are folded away."""
UNDO = "_undo"
"""Session key: the import that may be taken back, with its rehearsal."""
UNDOING = "_undoing"
"""Session key: the undo that runs."""
OPEN = "_import_open"
"""Session key: the import whose details are shown."""


def imports(view: View) -> None:
    """The ledger, newest first."""
    entries = session.kept(view, "ledger", view.store.imports)
    if not entries:
        return
    frame.section(view.language.t("What was loaded"))
    if work.watch(view, UNDOING) == "running":
        return
    st.html(_head(view))
    for entry in entries[:RECENT]:
        _entry(view, entry)
    if len(entries) > RECENT:
        label = view.language.tn("{n} earlier load", "{n} earlier loads", len(entries) - RECENT)
        with st.expander(label):
            for entry in entries[RECENT:]:
                _entry(view, entry)


def _entry(view: View, entry: LedgerEntry) -> None:
    t, number = view.language.t, entry.import_id
    with st.container(key=f"import-{number}", horizontal=True, vertical_alignment="center"):
        st.html(_line(view, entry), width="stretch")
        label = t("Less") if st.session_state.get(OPEN) == number else t("Details")
        st.button(label, key=f"details-{number}", type="tertiary", on_click=_toggle, args=(number,))
        if not entry.undone:
            label = t("Undo")
            st.button(label, key=f"undo-{number}", type="tertiary", on_click=_ask, args=(view, entry))
    if st.session_state.get(OPEN) == number:
        _details(view, entry)
    asked: tuple[int, Job] | None = st.session_state.get(UNDO)
    if asked is not None and asked[0] == number:
        _confirm(view, entry, asked[1])


def _figures(view: View) -> tuple[tuple[str, str], ...]:
    """Column → its name, in their order."""
    t = view.language.t
    return (
        ("rows_in", t("rows")), ("new", t("new")), ("changed", t("changed")), ("same", t("already there")),
        ("rejected", t("not loaded")), ("repaired", t("repaired")),
    )  # fmt: skip


def _head(view: View) -> Html:
    cells = [tag("span", name, css="num") for _, name in _figures(view)]
    return tag("div", tag("span", view.language.t("File")), *cells, css="ledger head")


def _line(view: View, entry: LedgerEntry) -> Html:
    """One import: file, what it is, and its figures, each named where the head is out of sight."""
    t = view.language.t
    parts = [view.language.list(fact_title(view, fact) for fact in entry.facts)]
    parts += [view.language.span(*entry.period)] if entry.period else []
    parts.append(t("source: {label}", label=", ".join(entry.sources)))
    parts.append(t("loaded {day}", day=view.language.day(entry.at, year=True)))
    if entry.undone:
        parts.append(t("taken back"))
    file = tag("span", tag("b", entry.file), quiet(" · ".join(parts)), css="file")
    cells = [_figure(view, entry, name, title) for name, title in _figures(view)]
    return tag("div", file, *cells, css="ledger none" if entry.undone else "ledger")


def _figure(view: View, entry: LedgerEntry, name: str, title: str) -> Html:
    count = sum(getattr(one, name) for one in entry.reports)
    css = "num" if count else "num zero"
    return tag("span", view.language.number(count) if count else "—", tag("small", title), css=css)


def _details(view: View, entry: LedgerEntry) -> None:
    """Where it came from, what was seen, and the rows not loaded."""
    t = view.language.t
    told = [
        t("Import {number}", number=entry.import_id),
        t("hash of the file: {hash}", hash=entry.sha256),
    ]
    with st.container(border=True, key=f"of-import-{entry.import_id}"):
        st.html(tag("p", " · ".join(told), css="quiet hash"))
        for one in entry.reports:
            lines = [tag("p", text) for text in report.sentences(view, one)]
            seen = [quiet("▲ " if f.severity != "info" else "", report.finding_text(view, f)) for f in one.findings]
            st.html(tag("div", *lines, *seen, css="report"))
        if entry.rejected and not entry.undone:
            report.rejects(view, entry.import_id, entry.file, "ledger")


def _toggle(number: int) -> None:
    st.session_state[OPEN] = None if st.session_state.get(OPEN) == number else number


def _ask(view: View, entry: LedgerEntry) -> None:
    """Begins the rehearsal of taking it back."""
    store, definitions, number, days = view.store, view.kpis, entry.import_id, entry.period

    def rehearse(_tell: object) -> tuple[TakenBack, Effects]:
        compared = comparer(store, definitions)
        return store.rehearse_undo(number, lambda after: compared.over(days, after))

    st.session_state[UNDO] = (number, store.writer.submit(entry.file, rehearse))


def _confirm(view: View, entry: LedgerEntry, job: Job) -> None:
    t = view.language.t
    with st.container(border=True, key=f"confirm-{entry.import_id}"):
        st.markdown(t("Take back {file}? The data will be as if it had never been loaded.", file=markdown(entry.file)))
        _told(view, job)
        with st.container(horizontal=True):
            st.button(t("Take back"), key="undo_yes", type="primary", on_click=_undo, args=(view, entry.import_id))
            st.button(t("Keep"), key="undo_no", on_click=_forget)


def _told(view: View, job: Job) -> None:
    """What it would do, once the rehearsal is over."""
    if work.is_running(job):
        work.bar(view, job, view.language.t("Checking what will change"))
    elif job.result is not None:
        taken, found = job.result
        tn = view.language.tn
        said = [tn("{n} row goes.", "{n} rows go.", taken.gone)]
        if taken.back:
            said.append(
                tn("{n} row of an earlier load counts again.", "{n} rows of earlier loads count again.", taken.back)
            )
        st.html(joined([tag("p", " ".join(said), css="quiet"), effects.shown(view, found)]))


def _undo(view: View, import_id: int) -> None:
    if st.session_state.get(UNDO) is None:
        return
    _forget()
    work.begin(view, UNDOING, view.language.t("Taking it back"), lambda _tell: view.store.undo(import_id))


def _forget() -> None:
    asked: tuple[int, Job] | None = st.session_state.get(UNDO)
    if asked is not None:
        asked[1].cancel()
    st.session_state[UNDO] = None
