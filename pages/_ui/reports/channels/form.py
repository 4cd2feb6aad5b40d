"""A new channel, or another setting of one: the fields of its kind, with where to find what they ask for.

Invariant: a secret is typed into a field that hides it, and is out of the session as soon as it was entered.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.errors import UserError
from kpi.delivery.channels.mail import PORTS, SECURITIES
from kpi.delivery.kinds import KINDS, TITLES, set_up
from pages._ui import errors
from pages._ui.session import View

PROVIDERS: Mapping[str, tuple[str, int]] = {
    "Яндекс": ("smtp.yandex.ru", 465), "Mail.ru": ("smtp.mail.ru", 465), "Gmail": ("smtp.gmail.com", 465),
}  # fmt: skip
"""Mail service → its server and port; all encrypt from the first byte."""
OTHER = "other"
_WRONG = "channel_form_wrong"
_FIELD = "channel_f_"


def show(view: View) -> None:
    """The choice of the kind, its fields, the click."""
    t = view.language.t
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    is_first = not view.store.entries.channels.all()
    with st.expander(t("A new channel"), icon=":material/outgoing_mail:", expanded=is_first or wrong is not None):
        if wrong is not None:
            errors.show(view.language, wrong)
        titles = {code: view.language.render(kind.title) for code, kind in KINDS.items()}
        kind = st.segmented_control(
            t("By what"), tuple(titles), default="mail", required=True, key="channel_kind",
            format_func=titles.__getitem__,
        )  # fmt: skip
        left, _ = st.columns([3, 2])
        with left:
            {"mail": _mail, "telegram": _telegram, "folder": _folder, "webhook": _webhook}[kind or "mail"](view)
            st.text_input(
                t("What it is called here"), key="channel_name", max_chars=60, placeholder=titles[kind or "mail"],
                help=t("A channel of the same name is changed."),
            )  # fmt: skip
            st.button(t("Set it up"), key="channel_enter", type="primary", on_click=_enter, args=(view, titles))


def _field(view: View, name: str, about: str | None = None, *, is_secret: bool = False) -> None:
    st.text_input(
        view.language.render(TITLES[name]), key=_FIELD + name, max_chars=500, help=about,
        type="password" if is_secret else "default", autocomplete="off" if is_secret else None,
    )  # fmt: skip


def _mail(view: View) -> None:
    t = view.language.t
    names = {**{name: name for name in PROVIDERS}, OTHER: t("Another one")}
    chosen = st.segmented_control(
        t("Mail service"), tuple(names), default=next(iter(PROVIDERS)), required=True, key="channel_provider",
        format_func=names.__getitem__,
    )  # fmt: skip
    _field(view, "sender", t("The address that reports come from."))
    if chosen == OTHER:
        _field(view, "host")
        left, right = st.columns(2)
        with left:
            words = {"tls": "TLS", "starttls": "STARTTLS", "none": t("none")}
            st.selectbox(view.language.render(TITLES["security"]), SECURITIES, key=_FIELD + "security",
                         format_func=words.__getitem__)  # fmt: skip
        with right:
            usual = PORTS[st.session_state.get(_FIELD + "security", "tls")]
            st.text_input(view.language.render(TITLES["port"]), key=_FIELD + "port", placeholder=str(usual))
        _field(view, "user", t("Usually the whole address; empty where the server asks for none."))
    about = t(
        "A password for programs, made in the settings of the mailbox: Yandex, Mail.ru and Gmail do not take the one"
        " you sign in with."
    )
    _field(view, "password", about, is_secret=True)
    _field(view, "sender_name")


def _telegram(view: View) -> None:
    t = view.language.t
    _field(view, "token", t("@BotFather in Telegram gives it: send him /newbot, and copy the line with the token."),
           is_secret=True)  # fmt: skip
    _field(view, "address", t("Only where Telegram is reached through a server of your own."))


def _folder(view: View) -> None:
    _field(view, "path", view.language.t("The whole path of a folder on the computer where the dashboard runs."))


def _webhook(view: View) -> None:
    t = view.language.t
    _field(view, "url", t("It is posted to; every try of one report carries the same Idempotency-Key."), is_secret=True)
    _field(view, "secret", t("Each post is signed with it; the receiver can check who sent it."), is_secret=True)
    st.checkbox(
        t("It is within this network, and may do without https"), key=_FIELD + "allows_private",
        help=t("Otherwise only addresses that all the internet reaches are asked."),
    )  # fmt: skip


def _enter(view: View, titles: Mapping[str, str]) -> None:
    state = st.session_state
    kind = state.get("channel_kind") or "mail"
    told: dict[str, Any] = {name: state.get(_FIELD + name) for name in (*KINDS[kind].settings, *KINDS[kind].secrets)}
    provider = str(state.get("channel_provider"))
    if kind == "mail" and provider in PROVIDERS:
        host, port = PROVIDERS[provider]
        told |= {"host": host, "port": port, "security": "tls", "user": told["sender"]}
    try:
        set_up(view.store, state.get("channel_name", "").strip() or titles[kind], kind, told)
    except UserError as error:
        state[_WRONG] = error
        return
    finally:
        for name in KINDS[kind].secrets:
            state[_FIELD + name] = ""
    state["channel_name"] = ""
