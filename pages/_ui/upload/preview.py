"""What loading a file would change, told before anybody agrees.

Invariant: it is told by the import itself, run by the writer in a transaction that is rolled back, never by a second
way of counting; what was told belongs to exactly the reading, the options and the data it was computed for.
"""

from collections.abc import Sequence

import streamlit as st

from data.model import IngestReport
from data.store.store import Store
from data.store.watched import Progress
from data.store.writer import Cancelled
from kpi.catalogue import Catalogue
from kpi.effect import Effects, comparer
from pages._ui import errors
from pages._ui.escape import markdown
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.session import View
from pages._ui.titles import fact_title
from pages._ui.upload import effects, report
from pages._ui.upload.reading import Check, Reading

AUTOMATIC = 200_000
"""Rows of a file above which the check is offered, not begun."""

Told = tuple[tuple[IngestReport, ...], Effects | None]
"""Reports of the rehearsal, and what it does to the key KPIs."""


def show(view: View, items: Sequence[Reading]) -> bool:
    """What each file would change; whether all of it is told. A question goes when what it was about is changed."""
    for item in items:
        if item.asks and item.check is not None and item.check.question != _question(view, item):
            item.problem = None
            st.rerun()
    items = [item for item in items if item.problem is None]
    for item in items:
        _keep_up(view, item)
    if any(item.check is not None and item.check.running for item in items):
        _watch(view, items)
        return False
    for item in items:
        _told(view, item)
    if len(items) > 1:
        st.html(quiet(view.language.t("Each file is compared with what is loaded now, not with the other files.")))
    return all(item.check is not None for item in items)


def cancel(item: Reading) -> None:
    """Nobody waits for it any more."""
    if item.check is not None:
        item.check.job.cancel()
        item.check = None


def _keep_up(view: View, item: Reading) -> None:
    """Begins the check where there is none for what the person sees now."""
    question = _question(view, item)
    if item.check is not None and item.check.question == question:
        return
    cancel(item)
    if sum(table.rows for table in item.tables) <= AUTOMATIC or st.session_state.pop(
        f"_check-{item.arrival.id}", False
    ):
        _begin(view.store, view.kpis, item, question)


def _question(view: View, item: Reading) -> str:
    return repr((item.mappings, item.options, view.reader.data_version))


def _begin(store: Store, definitions: Catalogue, item: Reading, question: str) -> None:
    path, mappings, options = item.arrival.path, item.mappings, item.options

    def work(tell: Progress) -> Told:
        return store.rehearse(path, mappings, options, comparer(store, definitions).imported, progress=tell)

    item.check = Check(question, store.writer.submit(item.arrival.name, work))


def _watch(view: View, items: Sequence[Reading]) -> None:
    @st.fragment(run_every=0.4)
    def bars() -> None:
        running = [item.check for item in items if item.check is not None and item.check.running]
        for check in running:
            text = view.language.t("Checking what will change; nothing is loaded yet")
            st.progress(check.job.progress, f"{markdown(check.job.label)} — {markdown(text)}")
        if not running:
            st.rerun()

    bars()


def _told(view: View, item: Reading) -> None:
    if item.check is None:
        _offer(view, item)
    elif item.check.job.error is not None:
        _failed(item, item.check.job.error)
    else:
        reports, found = item.check.job.result
        st.html(tag("div", *sentences(view, reports), effects.shown(view, found), css="change-preview"))


def _offer(view: View, item: Reading) -> None:
    """A large file: the check takes as long as the import."""
    t = view.language.t
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            quiet(t("{file} is large: to say what will change takes as long as to load it.", file=item.arrival.name))
        )
        st.button(t("Check what will change"), key=f"check-{item.arrival.id}", on_click=_ask_for, args=(item,))


def _ask_for(item: Reading) -> None:
    st.session_state[f"_check-{item.arrival.id}"] = True


def _failed(item: Reading, error: BaseException) -> None:
    """A question or mistake is told where the file is; the data are as they were."""
    if isinstance(error, Cancelled) or item.problem is not None:
        return
    item.problem = errors.as_told(error)
    st.rerun()


def sentences(view: View, reports: Sequence[IngestReport]) -> list[Html]:
    """«Orders: 12 new, 3 changed, 40 already there», and what needs a look; one table after the other."""
    return [joined([tag("p", _kinds(view, one)), *_warnings(view, one)]) for one in reports]


def _kinds(view: View, one: IngestReport) -> str:
    t, tn = view.language.t, view.language.tn
    told = [
        tn("{n} new", "{n} new", one.new) if one.new else "",
        tn("{n} changed", "{n} changed", one.changed) if one.changed else "",
        tn("{n} already there", "{n} already there", one.same) if one.same else "",
        tn("{n} twice in the file", "{n} twice in the file", twice) if (twice := one.duplicates - one.same) else "",
        tn("{n} older version", "{n} older versions", one.superseded) if one.superseded else "",
        tn("{n} will not be loaded", "{n} will not be loaded", one.rejected) if one.rejected else "",
    ]
    parts = ", ".join(part for part in told if part)
    if not one.rows_out and not one.replaced:
        return t("{fact}: nothing will change ({parts}).", fact=fact_title(view, one.fact), parts=parts or t("no rows"))
    return t("{fact}: {parts}.", fact=fact_title(view, one.fact), parts=parts)


def _warnings(view: View, one: IngestReport) -> list[Html]:
    """What speaks of the rows already there, and what was not taken as it stands."""
    gone = one.replaced - one.changed
    told = [view.language.tn("{n} earlier row gives way.", "{n} earlier rows give way.", gone)] if gone > 0 else []
    told += [
        report.finding_text(view, finding)
        for finding in one.findings
        if finding.rule in ("same_file", "newer_version", "overlapping_periods") or finding.severity != "info"
    ]
    return [quiet(text) for text in told]
