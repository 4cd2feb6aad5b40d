"""The script Streamlit runs for every page: page settings, language, navigation, the page."""

from pathlib import Path

import streamlit as st

from kpi.language import Language
from pages._ui import address, navigation, seen_as, session, style, who
from pages._ui.markup import joined

ICON = Path(__file__).resolve().parents[2] / "assets" / "icon.png"


def main() -> None:
    """One rerun."""
    language = session.words()
    st.set_page_config(
        page_title=language.t("KPI dashboard"),
        page_icon=str(ICON) if ICON.exists() else None,
        layout="wide",
        initial_sidebar_state="collapsed",
        menu_items={"Get help": None, "Report a bug": None, "About": None},
    )
    seen_as.note()
    with session.asked_once():
        _page(language)


def _page(language: Language) -> None:
    allowed = session.scope().pages
    page = st.navigation(navigation.pages(language, allowed), position="top")
    address.restore(page.url_path or navigation.PAGES[0])
    if allowed and address.page() not in allowed:
        navigation.go(next(code for code in navigation.PAGES if code in allowed))
    st.html(joined([style.colours(session.theme()), who.corner()]))
    page.run()


main()
