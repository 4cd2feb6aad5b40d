"""Hiring: are places filled fast, with people who stay? One KPI in depth where the address names one."""

import streamlit as st

from pages._ui import address, area, filters, frame
from pages._ui.hiring import screen
from pages._ui.hiring.asked import PAGE
from pages._ui.markup import link, tag
from pages._ui.navigation import href
from pages._ui.session import View

USUAL = "last_12_months"
"""Hiring is rare: a month says little."""


def hiring(view: View) -> None:
    """The whole of hiring, or its KPIs one by one."""
    chosen, t = filters.chosen(view, USUAL), view.language.t
    in_depth = address.one("kpi") is not None
    first = next(kpi.id for kpi in view.kpis.area("hiring"))
    tabs = (
        link(href(PAGE, address.link(kpi=None)), t("Hiring at a glance"), on=not in_depth),
        link(href(PAGE, address.link(kpi=first)), t("KPI by KPI"), on=in_depth),
    )
    st.html(tag("nav", *tabs, css="lenses tight", aria_label=t("Hiring")))
    if in_depth:
        area.screen(view, "hiring", chosen)
    else:
        screen.show(view, chosen)


frame.show(hiring)
