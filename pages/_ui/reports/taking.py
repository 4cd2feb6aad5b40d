"""The report to take away, in each form.

Invariant: a file is made when it is asked for, of the very report on the screen.
"""

from functools import partial

import streamlit as st

from kpi.report import words as said
from kpi.report.forms import FORMS
from kpi.report.model import Report
from pages._ui.session import View

OFFERED = ("pdf", "html", "xlsx", "pptx")
"""Forms of a whole report."""


def show(view: View, report: Report) -> None:
    """A button for each form."""
    t, words = view.language.t, view.language
    names = {"pdf": "PDF", "html": t("Web page"), "xlsx": "Excel", "pptx": "PowerPoint"}
    with st.container(horizontal=True, gap="small", key="report-files"):
        for name in OFFERED:
            form = FORMS[name]
            st.download_button(
                names[name], partial(form.write, report, words), said.file_name(report, words, form.suffix),
                form.media.partition(";")[0], key=f"report-{name}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
