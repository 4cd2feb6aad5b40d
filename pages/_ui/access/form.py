"""A new link: what it opens, whom it shows, what of money, for how long.

Invariant: what is filled in comes from the view that is shared; nothing is given out before the click.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from urllib.parse import parse_qs

import streamlit as st

from data.access.people import KPI_PAGES, passwords
from data.errors import UserError
from data.model import Where
from data.store.entries import NewLink
from pages._ui import address, errors, frame, navigation, session
from pages._ui.access import part
from pages._ui.session import View

SHARE = "share"
"""The part of the address that holds the view to share: `finance?kpi=revenue`."""
LASTS: tuple[timedelta | None, ...] = (*(timedelta(days=days) for days in (1, 7, 30, 90)), None)
_WRONG = "share_wrong"

Made = Callable[[int, str, str | None], None]
"""Gets a new link's number, token and password."""


def show(view: View, made: Made) -> None:
    """The form; open where a view was chosen to be shared."""
    t = view.language.t
    page, params = _asked()
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    with st.expander(t("New link"), icon=":material/add_link:", expanded=address.one(SHARE) is not None or bool(wrong)):
        if wrong is not None:
            errors.show(view.language, wrong)
        st.text_input(t("Name"), key="share_title", max_chars=80, placeholder=t("For the partner"))
        _pages(view, page)
        where = part.whom(view, "share", params)
        if not where and any(session.members(view, name) for name in part.WHOM):
            frame.quiet(t("Whoever has the link sees the figures of the whole business."))
        left, middle, right = st.columns(3)
        part.money(view, "share", left)
        middle.selectbox(
            t("Opens for"), LASTS, index=2, key="share_lasts", format_func=lambda lasts: _lasts(view, lasts)
        )
        days = right.date_input(
            t("Days it shows"), value=[], key="share_days", format="DD.MM.YYYY", help=t("Empty: all.")
        )
        st.toggle(t("Ask for a password"), key="share_password", help=t("It is made for you and shown once."))
        st.button(
            t("Make the link"), key="share_make", type="primary", on_click=_make,
            args=(view, page, params, where, days if isinstance(days, tuple) else (days,), made),
        )  # fmt: skip


def _asked() -> tuple[str, dict[str, tuple[str, ...]]]:
    """Page and address of the view to share."""
    page, _, query = (address.one(SHARE) or "overview").partition("?")
    params = {name: tuple(values) for name, values in parse_qs(query).items()}
    return (page, params) if page in KPI_PAGES else ("overview", {})


def _pages(view: View, page: str) -> None:
    others = [code for code in navigation.PAGES if code in KPI_PAGES and code != page]
    st.multiselect(
        view.language.t("Opens «{page}» and these pages", page=navigation.title(page, view.language)), others,
        key=f"share_pages-{page}", format_func=lambda code: navigation.title(code, view.language),
        placeholder=view.language.t("this page alone"),
    )  # fmt: skip


def _lasts(view: View, lasts: timedelta | None) -> str:
    if lasts is None:
        return view.language.t("until withdrawn")
    return view.language.tn("{n} day", "{n} days", lasts.days)


def _make(
    view: View, page: str, params: Mapping[str, tuple[str, ...]], where: Where, days: tuple[date, ...], made: Made
) -> None:
    state = st.session_state
    password = passwords.made() if state["share_password"] else None
    limited = {name for name, _ in where}
    new = NewLink(
        frozenset({page, *state[f"share_pages-{page}"]}), page, where, state["share_title"] or "",
        {name: values for name, values in params.items() if name not in limited and name != "lang"},
        days[0] if days else None, days[1] if len(days) > 1 else None, state["share_money"], state["share_lasts"],
        passwords.hashed(password) if password else None, session.visitor().name,
    )  # fmt: skip
    try:
        number, token = view.store.entries.links.create(new)
    except UserError as error:
        state[_WRONG] = error
        return
    address.write(SHARE, None)
    made(number, token, password)
