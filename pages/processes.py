"""Processes: the map of how cases go, what is superfluous and what it costs, and what would change."""

import streamlit as st

from data.message import say
from kpi.process import NoLog
from pages._ui import filters, frame, markup
from pages._ui.process import flow_map, headline, kpis, tabs, ways
from pages._ui.process.asked import Asked, asked, sources
from pages._ui.session import View

PART = say("You see only some of the steps: what others do in between counts as waiting.")


def processes(view: View) -> None:
    """The sentence, the map, and what looks closer; without a log what would make one."""
    chosen = filters.chosen(view)
    filters.row(view, chosen)
    found = asked(view, chosen)
    try:
        with st.spinner(view.language.t("Going through the log")):
            told = headline.sentence(found)
            found.ask_all()
    except NoLog:
        _nothing(view)
        return
    _screen(found, told)


def _screen(found: Asked, told: str) -> None:
    part = [markup.quiet(found.view.language.render(PART))] if found.is_part else []
    st.html(markup.tag("div", frame.said(told), *part, *kpis.tiles(found), *ways.narrowed(found), css="apart"))
    flow_map.show(found)
    tabs.show(found)


def _nothing(view: View) -> None:
    """Why there is no map."""
    t = view.language.t
    if sources(view):
        frame.headline(t("No case ended in this period with these filters. Choose another period."))
        return
    frame.headline(t("There is no process log yet: load a table with cases, steps and times."))
    frame.quiet(t("For example: number of the order, what was done, when, by whom. CSV, XLSX or XES."))


frame.show(processes)
