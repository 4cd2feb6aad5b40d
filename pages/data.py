"""Data: upload, see and correct our reading, load, read the report; what is loaded, and taking it back."""

import streamlit as st

from pages._ui import demo, frame, markup
from pages._ui.health import health
from pages._ui.session import View
from pages._ui.upload import drop, ledger, loaded, publishing, report, taking


def data(view: View) -> None:
    """The way of a file from top to bottom."""
    t, facts = view.language.t, [r for r in view.reader.relations().values() if r.live_filter and r.rows]
    rows = sum(r.rows for r in facts)
    sentence = t("Nothing is loaded yet. Drop a spreadsheet: nothing is changed before you agree.")
    if facts:
        sentence = view.language.tn("{n} row is loaded.", "{n} rows are loaded.", rows)
    frame.headline(sentence)
    demo.banner(view)
    drop.show(view)
    publishing.watch(view)
    report.show(view, st.session_state.get(publishing.DONE, ()))
    health.show(view)
    loaded.show(view)
    ledger.imports(view)
    _next_columns(view)
    taking.show(view)


def _next_columns(view: View) -> None:
    """Which columns, and which other tables, would unlock which KPIs."""
    columns, tables = report.unlocks(view)
    t, said = view.language.t, view.language.catalogue
    for title, found in (
        (t("One more column would tell you more"), columns[:5]),
        (t("Another table would tell you more"), tables[:5]),
    ):
        if found:
            frame.section(title)
            rows = [(needed, view.language.list(said(kpi.title) for kpi in kpis)) for needed, kpis in found]
            st.html(markup.table(rows))


frame.show(data, needs_data=False)
