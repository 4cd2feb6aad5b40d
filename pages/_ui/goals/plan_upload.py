"""A plan from a spreadsheet: what is in it, what was not understood, and entering it as one step."""

from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.errors import UserError
from kpi import plan_import, target_words
from kpi.plan_sheet import PlanCell, PlanSheet
from pages._ui import errors, frame, markup, session
from pages._ui.markup import joined, quiet
from pages._ui.session import View
from pages._ui.upload import inbox

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"]
SHOWN = 40
"""Lines of a preview."""
_TIMES = "_plans"
"""How often a plan was entered: the drop place is emptied by becoming another one."""


def show(view: View) -> None:
    """The drop place, and the preview of what lies in it."""
    t = view.language.t
    with st.expander(t("Load a plan from a spreadsheet")):
        frame.quiet(
            t("KPI × months, or the columns «KPI», «period», «value» and, if needed, «for whom» and «acceptable».")
        )
        file = st.file_uploader(
            t("Plan"), TYPES, key=f"plan-{st.session_state.setdefault(_TIMES, 0)}", label_visibility="collapsed"
        )
        if file is None:
            return
        try:
            plan = session.kept(view, ("plan", file.file_id), lambda: _read(view, file))
        except UserError as error:
            errors.show(view.language, error)
            return
        _preview(view, plan, Path(file.name).name)


def _read(view: View, file: UploadedFile) -> PlanSheet:
    """The plan in a dropped file; nothing of the file stays."""
    arrival = inbox.keep(file)
    try:
        return plan_import.preview(view.store, view.reader, view.kpis, arrival.path)
    finally:
        inbox.put_away(arrival)


def _preview(view: View, plan: PlanSheet, name: str) -> None:
    """What was not understood first, then what would be entered."""
    words = view.language
    if plan.problems:
        lines = [
            (words.t("line {line}", line=one.line) if one.line else words.t("table"), words.render(one.message))
            for one in plan.problems
        ]  # fmt: skip
        st.warning(words.tn("{n} thing is not in the plan", "{n} things are not in the plan", len(lines)))
        st.html(markup.table(lines[:SHOWN]))
    if not plan.cells:
        frame.quiet(words.t("There is nothing to enter."))
        return
    st.html(markup.table([_line(view, cell) for cell in plan.cells[:SHOWN]]))
    if len(plan.cells) > SHOWN:
        frame.quiet(words.t("and {n} more", n=len(plan.cells) - SHOWN))
    label = words.tn("Enter {n} target", "Enter {n} targets", len(plan.cells))
    st.button(
        label, key="enter_plan", type="primary", icon=":material/check:", on_click=_enter, args=(view, plan, name)
    )


def _line(view: View, cell: PlanCell) -> tuple[str, str]:
    """The KPI, and beside it the number, for which period and for whom."""
    words, target = view.language, cell.target("")
    period = words.period(cell.period.first, cell.period.grain)
    place = quiet(f"{period} · {target_words.scope(words, target)}")
    return words.catalogue(cell.kpi.title), joined([target_words.number(words, cell.kpi, target), place])


def _enter(view: View, plan: PlanSheet, name: str) -> None:
    plan_import.enter(view.store, plan, name)
    st.session_state[_TIMES] += 1
