"""The pages and the links between them.

Invariant: a page is named by its code everywhere (address, links, areas); its file is found from this file's place,
so only listed pages can be opened.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kpi.language import Language

FOLDER = Path(__file__).resolve().parents[1]

AREAS = ("quality", "operations", "finance", "team", "marketing", "hiring")
"""Areas of KPIs that have a page of their own."""

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "": ("overview", "quality", "operations", "finance", "team", "marketing", "alerts", "reports"),
    "deeper": ("accounts", "experiments", "processes", "hiring"),
    "people": ("people", "bonus", "surveys"),
    "business": ("data", "sources", "targets", "audit", "access", "catalogue"),
}
"""Pages as the navigation groups them; those of the first stand in it by themselves."""
PAGES = tuple(code for codes in SECTIONS.values() for code in codes)
FEW = 8
"""So many pages need no groups."""


def title(code: str, language: Language) -> str:
    """The page's name in the navigation."""
    return {
        "overview": language.t("Overview"),
        "alerts": language.t("Alerts"),
        "quality": language.t("Quality"),
        "operations": language.t("Operations"),
        "finance": language.t("Finance"),
        "team": language.t("Team"),
        "marketing": language.t("Marketing"),
        "accounts": language.t("Accounts"),
        "processes": language.t("Processes"),
        "experiments": language.t("Experiments"),
        "reports": language.t("Reports"),
        "people": language.t("People"),
        "hiring": language.t("Hiring"),
        "surveys": language.t("Surveys"),
        "audit": language.t("Audit"),
        "data": language.t("Data"),
        "sources": language.t("Sources"),
        "targets": language.t("Targets"),
        "bonus": language.t("Bonuses"),
        "access": language.t("Access"),
        "catalogue": language.t("Catalogue"),
    }[code]


def file(code: str) -> Path:
    """The page's script."""
    return FOLDER / f"{code}.py"


def pages(language: Language, allowed: frozenset[str] | None = None) -> dict[str, list[StreamlitPage]]:
    """The pages somebody may open, by group, all where nothing limits them; the overview first, unseen where it is not
    theirs. Each time others, for Streamlit notes in a page whether it may run."""
    return {name: [copy(page) for page in found] for name, found in _pages(language, allowed).items()}


@lru_cache(maxsize=64)
def _pages(language: Language, allowed: frozenset[str] | None) -> dict[str, list[StreamlitPage]]:
    """The same, made once: Streamlit looks for the file of every page it makes."""
    codes = [code for code in PAGES if allowed is None or code in allowed or code == PAGES[0]]
    if len(codes) <= FEW:
        return {"": [_page(code, language, allowed) for code in codes]}
    names = {
        "": "", "deeper": language.t("In depth"), "people": language.t("People"), "business": language.t("Set-up"),
    }  # fmt: skip
    return {
        names[section]: [_page(code, language, allowed) for code in mine if code in codes]
        for section, mine in SECTIONS.items()
        if set(mine) & set(codes)
    }


def _page(code: str, language: Language, allowed: frozenset[str] | None) -> StreamlitPage:
    """A page; to who may see their own alone, the people's page is called so."""
    visibility: Literal["visible", "hidden"] = "visible" if allowed is None or code in allowed else "hidden"
    named = language.t("My page") if allowed is not None and code == "people" else title(code, language)
    return st.Page(file(code), title=named, url_path=code, default=code == PAGES[0], visibility=visibility)


def link(code: str, label: str, params: dict[str, list[str]] | None = None, icon: str | None = None) -> None:
    """A link to another page that keeps the session; `params` are the parts of the address it opens with.

    Where the page is not open to whoever is looking, its words stand there alone.
    """
    from pages._ui import session  # which needs the names of the pages

    allowed = session.scope().pages
    if allowed is not None and code not in allowed:
        st.markdown(label)
        return
    st.page_link(str(file(code)), label=label, query_params=params or {}, icon=icon)


def href(code: str, params: Mapping[str, Sequence[str]]) -> str:
    """The address of a page, for `markup.link`."""
    query = urlencode(params, doseq=True)
    return f"./{'' if code == PAGES[0] else code}{'?' + query if query else ''}"


def go(code: str, params: dict[str, list[str]] | None = None) -> None:
    """Opens another page now."""
    st.switch_page(str(file(code)), query_params=params or {})
