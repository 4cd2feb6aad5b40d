"""A new token: for a program or for a card on a site, what it answers for, whom it shows, what of money, for how long.

Invariant: nothing is given out before the click.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, get_args

import streamlit as st

from data.errors import UserError
from data.model import Where
from data.store.entries import Card, NewToken
from kpi.command.token import CARD_GRAINS
from kpi.key import key
from kpi.model import Area
from pages._ui import errors, frame, navigation, session
from pages._ui.access import part
from pages._ui.session import View

Kind = Literal["program", "card"]
AREAS: tuple[Area, ...] = get_args(Area)
LASTS: tuple[timedelta | None, ...] = (*(timedelta(days=days) for days in (30, 90, 365)), None)
_WRONG = "token_wrong"

Made = Callable[[int, str], None]
"""Gets a new token's number and text."""


def area_title(view: View, area: str) -> str:
    """What an area of KPIs is called."""
    return navigation.title("processes" if area == "process" else area, view.language)


def show(view: View, made: Made) -> None:
    """The form."""
    t = view.language.t
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    with st.expander(t("New token"), icon=":material/key:", expanded=wrong is not None):
        if wrong is not None:
            errors.show(view.language, wrong)
        kind: Kind = st.segmented_control(
            t("For what"), get_args(Kind), key="token_kind", default="program", required=True,
            format_func={"program": t("A program or spreadsheet"), "card": t("A card on a site")}.__getitem__,
        )  # fmt: skip
        st.text_input(
            t("Name"), key="token_title", max_chars=80,
            placeholder=t("For our site") if kind == "card" else t("For the accountant's program"),
        )  # fmt: skip
        (_card if kind == "card" else _areas)(view)
        where = part.whom(view, "token", {})
        if not where and any(session.members(view, name) for name in part.WHOM):
            whole = t("The card shows the figure of the whole business.")
            frame.quiet(whole if kind == "card" else t("Whoever has the token sees the figures of the whole business."))
        left, middle, right = st.columns(3)
        part.money(view, "token", left)
        middle.selectbox(
            t("Answers for"), LASTS, index=2, key="token_lasts", format_func=lambda lasts: _lasts(view, lasts)
        )
        days = right.date_input(
            t("Days it shows"), value=[], key="token_days", format="DD.MM.YYYY", help=t("Empty: all.")
        )
        st.button(
            t("Make the token"), key="token_make", type="primary", on_click=_make,
            args=(view, kind, where, days if isinstance(days, tuple) else (days,), made),
        )  # fmt: skip


def _areas(view: View) -> None:
    st.multiselect(
        view.language.t("KPIs it answers for"), AREAS, key="token_areas",
        format_func=lambda area: area_title(view, area), placeholder=view.language.t("all"),
    )  # fmt: skip


def _card(view: View) -> None:
    t, possible = view.language.t, session.computable(view)
    first = key(view.store.entries.key_kpis(), possible)
    known = (*first, *(kpi for kpi in possible if kpi not in first))
    left, middle, right = st.columns(3)
    left.selectbox(
        t("KPI"), [kpi.id for kpi in known], key="token_kpi",
        format_func=lambda kpi: view.language.catalogue(view.kpis.get(kpi).title),
    )  # fmt: skip
    names = {"week": t("Week"), "month": t("Month"), "quarter": t("Quarter"), "year": t("Year")}
    middle.selectbox(t("Period"), CARD_GRAINS, index=1, key="token_grain", format_func=names.__getitem__)
    right.selectbox(
        t("Which one"), (False, True), key="token_running",
        format_func=lambda running: t("the running one") if running else t("the last complete one"),
    )  # fmt: skip
    st.text_input(
        t("Sites that may show it"), key="token_sites", placeholder="https://example.org",
        help=t("Their addresses, separated by spaces. Browsers refuse to show the card anywhere else."),
    )  # fmt: skip


def _lasts(view: View, lasts: timedelta | None) -> str:
    if lasts is None:
        return view.language.t("until withdrawn")
    return view.language.tn("{n} day", "{n} days", lasts.days)


def _make(view: View, kind: Kind, where: Where, days: tuple[date, ...], made: Made) -> None:
    state = st.session_state
    card: Card | None = None
    sites: tuple[str, ...] = ()
    areas = frozenset(state.get("token_areas") or AREAS)
    if kind == "card":
        kpi = view.kpis.get(state["token_kpi"])
        card, areas = Card(kpi.id, state["token_grain"], state["token_running"]), frozenset({kpi.area})
        sites = tuple(site.rstrip("/") for site in (state["token_sites"] or "").replace(",", " ").split())
    new = NewToken(
        areas, state["token_title"] or "", where, days[0] if days else None, days[1] if len(days) > 1 else None,
        state["token_money"], state["token_lasts"], card, sites, session.visitor().name,
    )  # fmt: skip
    try:
        number, text = view.store.entries.api_tokens.create(new)
    except UserError as error:
        state[_WRONG] = error
        return
    made(number, text)
