"""The schedules there are: when each goes out next, to whom, and what can be done with it."""

from collections.abc import Callable

import streamlit as st

from data.errors import UserError
from data.message import Message
from data.store.entries import Schedule
from data.store.zone import OFFERED, choose_zone, instant, zone_of
from kpi.delivery import words as told
from kpi.delivery.occasions import next_time
from kpi.delivery.scheduling import send_now, take_away
from pages._ui import errors, frame
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_WRONG, _DONE = "schedule_wrong", "schedule_done"


def sentence(view: View) -> str:
    """What goes out next."""
    now = instant(view.store.clock)
    coming = [(at, one) for one in view.store.entries.schedules.all() if (at := next_time(view.store, one, now))]
    if not coming:
        return view.language.t("No report goes out by itself yet.")
    at, one = min(coming, key=lambda pair: pair[0])
    zone, words = zone_of(view.store.entries.settings), view.language
    what = words.render(told.named(one))
    return words.t("Next on {moment}: {what}.", moment=told.moment(at, zone, words), what=what)


def show(view: View) -> None:
    """The list, and the clock they go by."""
    t, found = view.language.t, view.store.entries.schedules.all()
    if found:
        frame.section(t("Schedules"), str(len(found)))
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    if st.session_state.pop(_DONE, False):
        st.html(quiet(t("It goes out within a minute; the sending log tells what became of it.")))
    for one in found:
        with st.container(key=f"finding-schedule-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_line(view, one), width="stretch")
            _buttons(view, one)
    _zone(view)


def _line(view: View, one: Schedule) -> Html:
    words, t = view.language, view.language.t
    name = words.render(told.named(one))
    title = tag("b", name[:1].upper() + name[1:])
    when = ", ".join(words.render(part) for part in (told.when(one.rhythm), told.moved(one.rhythm)) if part is not None)
    entry = view.store.entries.channels.get(one.channel)
    whom = [_name(view, name) for name in told.whom(view.store, one.audience)]
    parts = [words.list(whom)] if whom else []
    parts.append(entry.name if entry is not None else t("the channel was taken away"))
    coming = next_time(view.store, one, instant(view.store.clock))
    zone = zone_of(view.store.entries.settings)
    parts.append(t("next: {moment}", moment=told.moment(coming, zone, words)) if coming else t("paused"))
    return tag("div", tag("p", title, " ", when, css="finding"), quiet(" · ".join(parts)))


def _name(view: View, name: str | Message) -> str:
    return name if isinstance(name, str) else view.language.render(name)


def _buttons(view: View, one: Schedule) -> None:
    t, schedules = view.language.t, view.store.entries.schedules
    is_paused = one.paused_at is not None
    _button(t("Send now"), f"send-{one.id}", lambda: _send(view, one))
    change = schedules.go_on if is_paused else schedules.pause
    label = t("Go on") if is_paused else t("Pause")
    _button(label, f"pause-{one.id}", lambda: change(one.id, instant(view.store.clock)))
    _button(t("Remove"), f"remove-{one.id}", lambda: take_away(view.store, one))


def _button(label: str, key: str, work: Callable[[], None]) -> None:
    st.button(label, key=f"schedule-{key}", type="tertiary", on_click=_tried, args=(work,))


def _tried(work: Callable[[], None]) -> None:
    try:
        work()
    except UserError as error:
        st.session_state[_WRONG] = error


def _send(view: View, one: Schedule) -> None:
    send_now(view.store, one)
    st.session_state[_DONE] = True


def _zone(view: View) -> None:
    name = zone_of(view.store.entries.settings).key
    offered = OFFERED if name in OFFERED else (name, *OFFERED)
    st.selectbox(
        view.language.t("Time zone of the business"), offered, index=offered.index(name), key="schedule_zone",
        on_change=_keep_zone, args=(view,), width=300,
    )  # fmt: skip


def _keep_zone(view: View) -> None:
    choose_zone(view.store.entries.settings, st.session_state["schedule_zone"])
