"""Loading: the work runs in the store's writer, the page watches it.

Invariant: nothing is imported inside a page's script; a click or a closed tab never cuts an import, and a second click
on the same button never loads a file twice.
"""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from data.ingest.column_map import signature
from data.model import IngestReport
from data.store.watched import Progress
from data.store.writer import Job
from pages._ui import errors, session
from pages._ui.session import View
from pages._ui.upload import arrived, inbox, preview, progress, reading
from pages._ui.upload.reading import Reading

RUNNING = "_loading"
DONE = "_loaded"


@dataclass
class Loading:
    """One file that is being loaded."""

    reading: Reading
    """What the person agreed to."""
    job: Job
    """The work in the writer."""


def start(view: View, chosen: list[Reading]) -> None:
    """Puts files into the writer's queue and remembers their mappings for the next time."""
    running: list[Loading] = st.session_state.setdefault(RUNNING, [])
    begun = {loading.reading.arrival.id for loading in running}
    waiting = reading.readings()
    chosen = [item for item in chosen if item.arrival.id in waiting and item.arrival.id not in begun]
    if not chosen:
        return
    st.session_state[DONE] = ()
    before = {kpi.id for kpi in session.computable(view)}
    st.session_state["_computable_before"] = before
    for item in chosen:
        preview.cancel(item)
        _remember(view, item)
        running.append(Loading(item, view.store.writer.submit(item.arrival.name, _work(view, item))))


def _remember(view: View, item: Reading) -> None:
    for table in item.tables:
        if table.mapping is not None:
            view.store.entries.mappings.remember(signature(table.header), (table.mapping,))


def _work(view: View, item: Reading) -> Callable[..., tuple[IngestReport, ...]]:
    store, path, mappings, options = view.store, item.arrival.path, item.mappings, item.options

    def work(tell: Progress) -> tuple[IngestReport, ...]:
        reports = store.publish(path, mappings, options, progress=tell)
        if item.instead_of is not None:
            store.undo(item.instead_of)
        return reports

    return work


def watch(view: View) -> None:
    """The progress of what is being loaded; when all is done the page shows the reports."""
    if not st.session_state.get(RUNNING):
        return

    @st.fragment(run_every=0.4)
    def bars() -> None:
        running: list[Loading] = st.session_state.get(RUNNING, [])
        for loading in running:
            progress.bar(view, loading.job, loading.reading.arrival.path, loading.reading.arrival.id)
        if all(loading.job.state in ("done", "failed") for loading in running):
            _finish(view, running)
            st.rerun()

    bars()


def _settle(view: View, loading: Loading) -> None:
    """A file that came by itself waits no more."""
    if loading.reading.collected is not None:
        made: tuple[IngestReport, ...] = loading.job.result or ()
        imports = tuple(report.import_id for report in made if report.import_id is not None)
        arrived.loaded(view.store, loading.reading.collected[0], imports, sum(report.rows_in for report in made))


def is_running() -> bool:
    """Whether something is being loaded."""
    return bool(st.session_state.get(RUNNING))


def _finish(view: View, running: list[Loading]) -> None:
    """Keeps the reports; what failed stays in the list with the reason."""
    reports: list[IngestReport] = []
    for loading in running:
        if loading.job.state == "done":
            reports += loading.job.result or ()
            _settle(view, loading)
            reading.readings().pop(loading.reading.arrival.id, None)
            inbox.put_away(loading.reading.arrival)
        else:
            loading.reading.problem = errors.as_told(loading.job.error)
    st.session_state[RUNNING] = []
    st.session_state[DONE] = tuple(reports)
