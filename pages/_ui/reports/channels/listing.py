"""The channels there are, each with a test that goes out at once."""

import streamlit as st

from data.errors import UserError
from data.store.entries import ChannelEntry
from kpi.delivery.kinds import kind_of, take_away
from kpi.delivery.testing import send_test
from pages._ui import errors, frame
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_TRIED = "channel_tried"


def sentence(view: View) -> str:
    """By what things go out."""
    names = [one.name for one in view.store.entries.channels.all()]
    if not names:
        return view.language.t("Say by what reports go out: mail, Telegram, a folder or a web address.")
    return view.language.t("Reports and alerts go out by: {names}.", names=view.language.list(names))


def show(view: View) -> None:
    """A row for each."""
    lost = {one.name.split(".")[1] for one in view.store.entries.secrets.known("channel.") if not one.is_readable}
    for one in view.store.entries.channels.all():
        with st.container(key=f"finding-channel-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, one, is_lost=str(one.id) in lost), width="stretch")
            _test(view, one)
            st.button(view.language.t("Remove"), key=f"channel-remove-{one.id}", type="tertiary", on_click=take_away,
                      args=(view.store, one.id))  # fmt: skip
        _outcome(view, one)


def _told(view: View, one: ChannelEntry, *, is_lost: bool) -> Html:
    t, kind = view.language.t, kind_of(one.kind)
    shown = [str(one.settings[name]) for name in ("host", "sender", "address", "path") if one.settings.get(name)]
    parts = [quiet(" · ".join([view.language.render(kind.title), *shown]))]
    if is_lost:
        told = t("Its password was sealed on another computer: enter it again below, under the same name.")
        parts.append(tag("p", tag("span", "▲ ", css="missed"), told, css="finding"))
    return tag("div", tag("p", tag("b", one.name), css="finding"), *parts)


def _test(view: View, one: ChannelEntry) -> None:
    """A test: to an address that is asked for, where the channel reaches several."""
    t, reach = view.language.t, kind_of(one.kind).reach
    if reach == "place":
        if st.button(t("Send a test"), key=f"channel-test-{one.id}", type="tertiary"):
            _send(view, one, "")
        return
    with st.popover(t("Send a test"), type="tertiary"):
        label = t("To which address?") if reach == "email" else t("To which chat?")
        to = st.text_input(label, key=f"channel-to-{one.id}", max_chars=120)
        if st.button(t("Send"), key=f"channel-test-{one.id}", type="primary", disabled=not to.strip()):
            _send(view, one, to.strip())


def _send(view: View, one: ChannelEntry, to: str) -> None:
    t = view.language.t
    with st.spinner(t("Sending…")):
        try:
            view.store.gate.require("owner", "channels")
            st.session_state[_TRIED] = (one.id, send_test(view.store, one, to, view.language))
        except UserError as error:
            st.session_state[_TRIED] = (one.id, error)


def _outcome(view: View, one: ChannelEntry) -> None:
    number, outcome = st.session_state.get(_TRIED, (None, None))
    if number != one.id:
        return
    del st.session_state[_TRIED]
    if isinstance(outcome, UserError):
        errors.show(view.language, outcome)
    else:
        frame.quiet(view.language.t("The test was taken. Look whether it arrived."))
