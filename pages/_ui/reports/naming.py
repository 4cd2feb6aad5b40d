"""What the business is called in its reports."""

import streamlit as st

from kpi.report.composing.asked import NAME
from pages._ui.session import View

LONGEST = 80
"""Letters."""


def show(view: View) -> None:
    """The field, for the owner."""
    if not view.may("owner"):
        return
    st.text_input(
        view.language.t("What the business is called in reports"), max_chars=LONGEST, key="report_business",
        value=view.store.entries.settings.get(NAME, ""), on_change=_keep, args=(view,), width=400,
    )  # fmt: skip


def _keep(view: View) -> None:
    view.store.entries.settings.set(NAME, " ".join(st.session_state["report_business"].split()) or None)
