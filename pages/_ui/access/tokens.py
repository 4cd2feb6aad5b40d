"""Tokens for programs and for cards on other sites: the one that was just made, the form for another, the list."""

import html
from dataclasses import dataclass

import streamlit as st

from data.access.address import public_address
from data.access.visitor import of_token
from data.store.entries import ApiToken
from kpi.api.address import PREFIX
from pages._ui import frame, session, who
from pages._ui.access import token_form
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_MADE = "token_made"
FRAME = '<iframe src="{url}" width="340" height="270" style="border:0" loading="lazy" title="{title}"></iframe>'
"""What a site writes to show a card."""


@dataclass(frozen=True)
class Made:
    """A token that was just made."""

    number: int
    """Its number."""
    text: str
    """The token."""


def show(view: View) -> None:
    """The form, what was just made, the list."""
    t = view.language.t
    made: Made | None = st.session_state.get(_MADE)
    found = {one.id: one for one in view.store.entries.api_tokens.all()}
    if made is not None and made.number in found and found[made.number].answers(view.store.clock()):
        _just_made(view, found[made.number], made.text)
    token_form.show(view, lambda number, text: _keep(Made(number, text)))
    _list(view, tuple(found.values()))
    frame.quiet(t("What can be asked, with examples: docs/api.md. The description for programs: {address}",
                  address=f"{public_address(session.folder())}{PREFIX}/openapi.json"))  # fmt: skip


def _keep(made: Made) -> None:
    """Show it from now on, until another is made or the page is left."""
    st.session_state[_MADE] = made


def _just_made(view: View, one: ApiToken, text: str) -> None:
    t, address = view.language.t, public_address(session.folder())
    frame.section(t("Your new token"), t("copy it now: it cannot be shown again"))
    if one.card is None:
        st.code(text, language=None, wrap_lines=True)
        frame.quiet(t("Try it on a command line:"))
        st.code(f'curl -H "Authorization: Bearer {text}" {address}{PREFIX}/freshness', language=None, wrap_lines=True)
        return
    url = f"{address}{PREFIX}/embed/{text}"
    frame.quiet(t("Put this into the page of your site where the card is to stand:"))
    title = html.escape(view.language.catalogue(view.kpis.get(one.card.kpi).title))
    st.code(FRAME.format(url=url, title=title), language=None, wrap_lines=True)
    st.html(tag("p", tag("a", t("Look at the card"), href=url, target="_blank", rel="noopener"), css="finding"))
    if not one.sites:
        frame.quiet(t("You named no site: the card opens by its address, but no page may show it in a frame."))
    frame.quiet(t("Whoever sees the card can read its address, and with it this card and nothing else."))


def _list(view: View, tokens: tuple[ApiToken, ...]) -> None:
    now, t = view.store.clock(), view.language.t
    latest = tokens[::-1]
    answering, over = [one for one in latest if one.answers(now)], [one for one in latest if not one.answers(now)]
    frame.section(t("Tokens that answer"), str(len(answering)) if answering else "")
    if not answering:
        frame.quiet(t("There are no tokens yet. With one a spreadsheet, a program or your site reads figures."))
    for one in answering:
        with st.container(key=f"shared-token-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, one), width="stretch")
            st.button(
                t("Withdraw"), key=f"withdraw-token-{one.id}", type="tertiary", on_click=_withdraw, args=(view, one.id)
            )
    if over:
        title = view.language.tn("{n} token that is over", "{n} tokens that are over", len(over))
        st.html(tag("details", tag("summary", title), *(_told(view, one) for one in over), css="folded"))


def _told(view: View, one: ApiToken) -> Html:
    t, words = view.language.t, view.language
    when = [
        t("of {day}", day=one.created_at.date()),
        *([one.created_by] if one.created_by else []),
        words.tn("used {n} time", "used {n} times", one.used) if one.used else t("not used yet"),
        *([t("last on {day}", day=one.used_at.date())] if one.used_at is not None else []),
        *([t("answers until {day}", day=one.expires_at.date())] if one.expires_at is not None else []),
    ]
    what = [_what(view, one), *who.limits(view, of_token(view.store.entries, one)), *one.sites]
    name = one.title or t("Token {n}", n=one.id)
    return tag("div", tag("p", tag("b", name), css="finding"), quiet(" · ".join(what)), quiet(" · ".join(when)))


def _what(view: View, one: ApiToken) -> str:
    """The card it is for, else the areas it answers for."""
    if one.card is not None:
        known = one.card.kpi in view.kpis
        title = view.language.catalogue(view.kpis.get(one.card.kpi).title) if known else one.card.kpi
        return view.language.t("card «{title}»", title=title)
    return view.language.list(token_form.area_title(view, area) for area in token_form.AREAS if area in one.areas)


def _withdraw(view: View, number: int) -> None:
    view.store.entries.api_tokens.revoke(number)
    st.session_state.pop(_MADE, None)
