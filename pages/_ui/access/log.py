"""What was done, by whom, the latest first."""

import streamlit as st

from data.access.people import Deed
from pages._ui import frame, navigation, session
from pages._ui.markup import table
from pages._ui.session import View

SHOWN = 200


def show(view: View) -> None:
    """The log."""
    deeds = session.people().deeds.latest(session.visitor().business, SHOWN)
    if not deeds:
        frame.quiet(view.language.t("Nothing was done yet."))
        return
    t = view.language.t
    rows = [(_when(view, deed), deed.who or t("at this computer"), _what(view, deed)) for deed in deeds]
    st.html(table(rows, (t("When"), t("Who"), t("What"))))


def _when(view: View, deed: Deed) -> str:
    return f"{view.language.day(deed.at.date(), year=True)}, {deed.at:%H:%M}"


def _what(view: View, deed: Deed) -> str:
    t = view.language.t
    done = {
        "signed_in": t("signed in"), "password_chosen": t("chose a password"), "changed": t("changed"),
        "opened_link": t("opened a link"), "signed_out_everywhere": t("signed out everywhere"),
        "exported": t("exported"), "opened": t("opened"),
    }.get(deed.what, deed.what)  # fmt: skip
    things = {
        "targets": t("targets"), "goals": t("goals and key KPIs"), "data": t("the data"), "links": t("links"),
        "api_tokens": t("tokens of programs"),
        "people": t("people"), "marks": t("events"), "comments": t("comments"), "views": t("saved views"),
        "settings": t("settings"), "alerts": t("alerts"),
        "bonus": t("bonuses"), "kpis": t("KPIs of one's own"), "surveys": t("surveys"), "audits": t("audits"),
        "mappings": t("how tables are read"), "merges": t("names of people"), "process": t("the process"),
        "experiments": t("experiments"), "everything": t("everything was deleted"),
    }  # fmt: skip
    pages = {code: navigation.title(code, view.language) for code in navigation.PAGES}
    named = pages if deed.what == "opened" else things
    return f"{done}: {named.get(deed.detail, deed.detail)}" if deed.detail else done
