"""Your data: everything copied in one click, everything deleted in one click that was meant.

Invariant: both run in the writer; nothing is deleted unless the word was typed.
"""

import streamlit as st

from data.store.taking.export import export
from data.store.taking.tables import PLAIN, RUSSIAN
from data.store.watched import Progress
from data.store.writer import Job
from pages._ui import deeds, errors, frame, session, work
from pages._ui.errors import as_told
from pages._ui.markup import quiet, tag
from pages._ui.server import exports
from pages._ui.session import View

EXPORT = "_export"
"""Session key: the token of an export and the job that makes it."""
ERASE = "_erase"
"""Session key: the job that deletes everything."""


def show(view: View) -> None:
    """Both, at the very end of the page."""
    t = view.language.t
    frame.section(t("Your data are yours"))
    st.html(quiet(t("A zip with your files, every row as CSV and Parquet, and all that was entered by hand.")))
    with st.container(key="taking", horizontal=True, vertical_alignment="center"):
        st.button(t("Export everything"), key="export", icon=":material/archive:", on_click=_export, args=(view,))
        with st.popover(t("Delete everything"), icon=":material/delete_forever:"):
            _ask(view)
    _watch_export(view)
    _watch_erasing(view)


def _export(view: View) -> None:
    if work.runs(EXPORT):
        return
    store, words = view.store, view.language
    token, path = exports.new(store.workspace.folder)
    dialect = RUSSIAN if words.code == "ru" else PLAIN

    deeds.noting("exported", "everything")()

    def copy(tell: Progress) -> None:
        export(store, path, render=words.render, dialect=dialect, progress=tell)

    st.session_state[EXPORT] = (token, store.writer.submit(words.t("Copying everything"), copy))


def _watch_export(view: View) -> None:
    """The progress, then the link; a failure is told."""
    begun: tuple[str, Job] | None = st.session_state.get(EXPORT)
    if begun is None:
        return
    token, job = begun
    if work.is_running(job):
        work.bar(view, job, view.language.t("Copying everything"))
    elif job.error is not None:
        errors.show(view.language, as_told(job.error))
    elif (path := exports.path(view.store.workspace.folder, token)) is not None:
        size = view.language.number(max(0.1, path.stat().st_size / 1e6), decimals=1)
        label = view.language.t("Download the copy ({size} MB)", size=size)
        st.html(tag("a", label, href=exports.address(token), download=exports.FILE_NAME, css="take"))


def _ask(view: View) -> None:
    """The word, then the button."""
    t = view.language.t
    word = t("DELETE")
    st.markdown(t("Files, rows, targets and settings will be gone for ever. Export them first if you may need them."))
    typed = st.text_input(t("To confirm, type {word}", word=word), key="erase_word")
    meant = typed.strip().casefold() == word.casefold()
    st.button(
        t("Delete everything for ever"), key="erase", type="primary", disabled=not meant, on_click=_erase, args=(view,)
    )


def _erase(view: View) -> None:
    work.begin(view, ERASE, view.language.t("Deleting everything"), lambda _tell: view.store.erase())


def _watch_erasing(view: View) -> None:
    """Once it is over nothing remembered is left, in this session either."""
    if work.watch(view, ERASE) != "done":
        return
    if not view.store.imports():
        session.forget()
        st.rerun()
