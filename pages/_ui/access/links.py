"""The links that were given out, the one that was just made, and the form for another."""

from dataclasses import dataclass

import streamlit as st

from data.access.address import public_address
from data.access.visitor import of_link
from data.store.entries import Link
from pages._ui import address, frame, navigation, session, who
from pages._ui.access import form
from pages._ui.markup import Html, link, quiet, tag
from pages._ui.qr import picture
from pages._ui.session import View

_MADE = "shared_made"


@dataclass(frozen=True)
class Made:
    """A link that was just made."""

    number: int
    """Its number."""
    token: str
    """Its token."""
    password: str | None
    """Its password, where it has one."""


def show(view: View) -> None:
    """The form, what was just made, the list."""
    made: Made | None = st.session_state.get(_MADE)
    if made is not None and view.store.entries.links.get(made.number) is not None:
        _just_made(view, made)
    form.show(view, lambda number, token, password: keep(Made(number, token, password)))
    _list(view)


def keep(made: Made) -> None:
    """Show it from now on, until another is made or the page is left."""
    st.session_state[_MADE] = made


def _just_made(view: View, made: Made) -> None:
    t, url = view.language.t, f"{public_address(session.folder())}/l/{made.token}"
    frame.section(t("Your new link"), t("copy it now: it cannot be shown again"))
    with st.container(key="link_made", horizontal=True, vertical_alignment="center"):
        st.html(picture(url, t("QR code of the link")), width="content")
        with st.container():
            st.code(url, language=None, wrap_lines=True)
            if made.password is not None:
                frame.quiet(t("Its password; send it by another way than the link:"))
                st.code(made.password, language=None)
            if session.visitor().person is None and "localhost" in url:
                note = t("On your own computer it opens for you alone. The README says how to host the dashboard.")
                st.html(tag("p", tag("span", "▲ ", css="acceptable"), note, css="finding"))


def _list(view: View) -> None:
    now, links = view.store.clock(), list(reversed(view.store.entries.links.all()))
    opening, over = [one for one in links if one.opens(now)], [one for one in links if not one.opens(now)]
    frame.section(view.language.t("Links that open"), str(len(opening)) if opening else "")
    if not opening:
        frame.quiet(view.language.t("There are no links yet. Make one above, or press «Share» on any page."))
    for one in opening:
        with st.container(key=f"shared-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, one), width="stretch")
            st.button(
                view.language.t("Withdraw"), key=f"withdraw-{one.id}", type="tertiary", on_click=_withdraw,
                args=(view, one.id),
            )  # fmt: skip
    if over:
        title = view.language.tn("{n} link that is over", "{n} links that are over", len(over))
        st.html(tag("details", tag("summary", title), *(_told(view, one) for one in over), css="folded"))


def _told(view: View, one: Link) -> Html:
    t, scope = view.language.t, of_link(view.store.entries, one)
    pages = view.language.list(navigation.title(code, view.language) for code in navigation.PAGES if code in one.pages)
    parts = [pages, *who.limits(view, scope)]
    opened = view.language.tn("opened {n} time", "opened {n} times", one.opened) if one.opened else t("not opened yet")
    when = [t("of {day}", day=one.created_at.date()), *([one.created_by] if one.created_by else []), opened]
    if one.opened_at is not None:
        when.append(t("last on {day}", day=one.opened_at.date()))
    if one.expires_at is not None:
        when.append(t("opens until {day}", day=one.expires_at.date()))
    if one.password is not None:
        when.append(t("with a password"))
    name = one.title or t("Link {n}", n=one.id)
    preview = [] if not one.opens(view.store.clock()) else [" ", link(_as(one), t("Look as they see it"))]
    told = " · ".join(view.language.render(part) if not isinstance(part, str) else part for part in when)
    return tag("div", tag("p", tag("b", name), *preview, css="finding"), quiet(" · ".join(parts)), quiet(told))


def _as(one: Link) -> str:
    """The address of what a link shows, seen as they see it."""
    return navigation.href(one.page, {**one.view, session.SEEN_AS: [str(one.id)], **address.language()})


def _withdraw(view: View, number: int) -> None:
    view.store.entries.links.revoke(number)
    st.session_state.pop(_MADE, None)
