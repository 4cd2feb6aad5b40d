"""What of the work that is done by itself fails, for owners."""

import streamlit as st

from data.store.zone import zone_of
from kpi.delivery.words import moment
from pages._ui.markup import tag
from pages._ui.session import View


def show(view: View) -> None:
    """A line for each piece of work that fails now; nothing where all works."""
    t, zone = view.language.t, zone_of(view.store.entries.settings)
    works = {"delivery": t("Sending"), "alerts": t("Alerts"), "collection": t("Collection"),
             "greeting": t("Telegram bot")}  # fmt: skip
    for fault in view.store.entries.clockwork.faults():
        told = t(
            "{work} has failed since {moment}. The number in the program's log is {id}.",
            work=works.get(fault.name, fault.name), moment=moment(fault.since, zone, view.language), id=fault.id,
        )  # fmt: skip
        st.html(tag("p", tag("span", "▲ ", css="missed"), told, css="finding"))
