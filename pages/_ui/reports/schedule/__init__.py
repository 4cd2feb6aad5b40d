"""When reports go out by themselves: a new schedule in a minute, and those there are."""

import streamlit as st

from pages._ui import frame
from pages._ui.markup import link, tag
from pages._ui.reports import faults, tabs
from pages._ui.reports.schedule import form, listing
from pages._ui.session import View


def show(view: View) -> None:
    """The sentence, the form, the list."""
    frame.headline(listing.sentence(view))
    faults.show(view)
    if not view.store.entries.channels.all():
        t = view.language.t
        way = link(tabs.where("channels"), t("Set a channel up: mail, Telegram or a folder"))
        st.html(tag("p", t("First say by what reports go out."), " ", way, css="finding"))
        return
    form.show(view)
    listing.show(view)
