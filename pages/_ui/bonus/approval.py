"""Approval of a month, and corrections of what was approved. For who may see everybody's bonuses."""

from decimal import Decimal

import streamlit as st

from kpi.bonus import Answer
from pages._ui import frame
from pages._ui.bonus import asked, person, telling
from pages._ui.session import View


def show(view: View, answer: Answer) -> None:
    """The files of all; the button that approves, or the form of a correction."""
    t = view.language.t
    telling.show(view)
    if not answer.sheet.slips:
        return
    person.files(view, answer, answer.sheet.slips, answer.scheme.id)
    if answer.approved is not None:
        _correction(view, answer)
    elif not answer.sheet.given.is_running:
        st.button(t("Approve these bonuses"), key="bonus_approve", type="primary", on_click=_approve, args=(view,))
        frame.quiet(
            t("What is approved never changes, whatever becomes of data and scheme; corrections are entered beside it.")
        )


def _approve(view: View) -> None:
    name, month = asked.name(view), asked.month(view)
    telling.carry_out(lambda: asked.bonuses(view).approve(name, month), view.language.t("Approved."))


def _correction(view: View, answer: Answer) -> None:
    t = view.language.t
    with st.expander(t("Enter a correction")), st.form("bonus_correction", border=False):
        names = [slip.person.name for slip in answer.sheet.slips]
        st.selectbox(t("Whose bonus"), names, key="w_correct_name")
        st.number_input(t("Roubles, below 0 to take"), key="w_correct_amount", step=100.0, format="%.2f", value=0.0)
        st.text_input(t("Reason"), key="w_correct_reason", max_chars=300)
        st.form_submit_button(t("Enter the correction"), on_click=_correct, args=(view,))


def _correct(view: View) -> None:
    amount = Decimal(f"{st.session_state['w_correct_amount']:.2f}")
    who, reason = st.session_state["w_correct_name"], st.session_state["w_correct_reason"]
    name, month = asked.name(view), asked.month(view)
    telling.carry_out(
        lambda: asked.bonuses(view).correct(name, month, who, amount, reason), view.language.t("Entered.")
    )
