"""One survey: where it stands, its links while it runs, its results, closing and deleting it."""

import streamlit as st

from data.errors import UserError
from data.store.entries.surveys import Survey, Told
from data.store.replaying import replay_soon
from kpi.surveys import results
from kpi.surveys.results import hidden_words
from pages._ui import address, errors, frame, navigation
from pages._ui.markup import joined, tag
from pages._ui.session import View
from pages._ui.surveys import outcome, sharing
from pages._ui.surveys.links import audience, days, to_list


def show(view: View, number: int) -> None:
    """The whole of it."""
    told = view.store.entries.surveys.answers.told(number)
    survey = told.survey
    came = view.language.tn("{n} answer", "{n} answers", told.people)
    line = f"{audience(view, survey)} · {days(view, survey)} · {came}"
    st.html(joined([to_list(view), tag("p", survey.title, css="headline"), tag("p", line, css="beside")]))
    parts = [_results, _links] if told.answers else [_links, _results]
    for part in parts:
        part(view, told)
    _end(view, survey)


def _links(view: View, told: Told) -> None:
    if not told.survey.is_over(view.today):
        sharing.show(view, told.survey)


def _results(view: View, told: Told) -> None:
    t, why = view.language.t, hidden_words(told)
    if told.survey.kind != "pain" or not told.answers:
        frame.section(t("Results"))
    if why is not None:
        st.html(tag("p", tag("span", "○ ", css="none"), view.language.render(why), css="lead"))
        return
    if not told.answers:
        frame.quiet(t("Nobody has answered yet."))
        return
    found = results(told)
    st.html(outcome.all_of(view, found))
    if found.kpi is not None:
        params, area = address.link(kpi=found.kpi, survey=None), view.kpis.get(found.kpi).area
        navigation.link(area, t("As a KPI, over time"), params, icon=":material/show_chart:")


def _end(view: View, survey: Survey) -> None:
    t = view.language.t
    with st.container(key="survey-end", horizontal=True):
        if not survey.is_over(view.today):
            label = t("Close it and show the results") if survey.is_private else t("Close it")
            st.button(label, key="survey_close", on_click=_close, args=(view, survey.id))
        with st.popover(t("Delete")):
            frame.quiet(t("The survey and everything that was answered will be gone for good."))
            st.button(
                t("Delete for good"), key="survey_delete", type="primary", on_click=_delete, args=(view, survey.id)
            )
    wrong: UserError | None = st.session_state.pop("survey_wrong", None)
    if wrong is not None:
        errors.show(view.language, wrong)


def _close(view: View, number: int) -> None:
    try:
        view.store.entries.surveys.close(number)
    except UserError as error:  # somebody else was faster
        st.session_state["survey_wrong"] = error
        return
    replay_soon(view.store)


def _delete(view: View, number: int) -> None:
    try:
        view.store.entries.surveys.delete(number)
    except UserError as error:
        st.session_state["survey_wrong"] = error
        return
    replay_soon(view.store)
    address.write("survey", None)
