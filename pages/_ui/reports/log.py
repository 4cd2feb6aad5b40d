"""What went out by itself, to whom, and what became of it; what needs a person's decision comes first."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby

import streamlit as st

from data.errors import UserError
from data.store.entries import Delivery
from data.store.zone import instant, zone_of
from kpi.delivery.occasions import EVERYBODY
from kpi.delivery.words import MARKS, STATES, moment, named, recipient_name
from pages._ui import errors, frame, session
from pages._ui.markup import Html, joined, quiet, tag
from pages._ui.reports import faults
from pages._ui.session import View

SHOWN = 100
_WRONG = "log_wrong"


def show(view: View) -> None:
    """A sentence, what is open, the log."""
    t, mine = view.language.t, _of(view)
    found = view.store.entries.deliveries.latest(SHOWN, mine)
    waiting = [one for one in found if is_open(one)] if view.may("owner") else []
    frame.headline(_sentence(view, found, len(waiting)))
    if view.may("owner"):
        faults.show(view)
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    if waiting:
        frame.section(t("For you to decide"), str(len(waiting)))
        for one in waiting:
            _decide(view, one)
    if found:
        frame.section(t("Sending log"))
        st.html(joined(_occasion(view, [*group]) for _, group in groupby(_in_order(found), _of_one_occasion)))


def is_open(one: Delivery) -> bool:
    """Whether a person has to decide: nothing more comes of it by itself."""
    return one.state == "uncertain" or (one.state == "failed" and one.next_at is None)


def _of(view: View) -> frozenset[str] | None:
    """The recipients whose log is shown; None: everybody's."""
    return None if view.may("owner") else frozenset({f"person:{session.visitor().person}"})


def _sentence(view: View, found: tuple[Delivery, ...], waiting: int) -> str:
    t, tn = view.language.t, view.language.tn
    if not found:
        return t("Nothing has gone out yet.")
    if waiting:
        return tn("{n} delivery waits for your decision.", "{n} deliveries wait for your decision.", waiting)
    sent = sum(one.state == "sent" for one in found)
    return tn("{n} delivery went out.", "{n} deliveries went out.", sent)


def _decide(view: View, one: Delivery) -> None:
    t, log = view.language.t, view.store.entries.deliveries
    again = partial(log.resend, one.id, instant(view.store.clock))
    with st.container(key=f"finding-delivery-{one.id}", horizontal=True, vertical_alignment="center"):
        name = view.language.render(recipient_name(one.recipient, one.name))
        first = tag("p", tag("b", name), " ", _what(view, one), css="finding")
        st.html(tag("div", first, quiet(_when(view, one), " · ", *_outcome(view, one))), width="stretch")
        st.button(t("Send again"), key=f"again-{one.id}", type="tertiary", on_click=_tried, args=(again,))
        st.button(t("Done with"), key=f"settle-{one.id}", type="tertiary", on_click=_tried,
                  args=(partial(log.settle, one.id),))  # fmt: skip


def _tried(work: Callable[[], None]) -> None:
    try:
        work()
    except UserError as error:
        st.session_state[_WRONG] = error


def _of_one_occasion(one: Delivery) -> tuple[str, str, int]:
    return one.source, one.occasion, one.channel


def _in_order(found: Iterable[Delivery]) -> list[Delivery]:
    """The latest occasion first; those of one occasion together, what did not go out first."""
    latest: dict[tuple[str, str, int], int] = {}
    for place, one in enumerate(found):
        latest.setdefault(_of_one_occasion(one), place)
    return sorted(found, key=lambda one: (latest[_of_one_occasion(one)], one.state == "sent", one.name))


def _occasion(view: View, deliveries: list[Delivery]) -> Html:
    """What went out on an occasion: its name, then a line for each outcome with whom it befell."""
    first = deliveries[0]
    names = {channel.id: channel.name for channel in view.store.entries.channels.all()}
    by = names.get(first.channel, view.language.t("the channel was taken away"))
    title = tag("p", tag("b", _when(view, first)), " ", _what(view, first), tag("small", " · ", by), css="finding")
    outcomes: dict[tuple[Html, str], list[str]] = {}
    for one in deliveries:
        whom = view.language.render(recipient_name(one.recipient, one.name))
        outcomes.setdefault(_outcome(view, one), []).append(whom)
    lines = [
        tag("p", mark, tag("b", view.language.list(whom)), " — ", told, css="outcome")
        for (mark, told), whom in outcomes.items()
    ]
    return tag("div", title, *lines, css="sending")


def _when(view: View, one: Delivery) -> str:
    return moment(one.due_at, zone_of(view.store.entries.settings), view.language)


def _what(view: View, one: Delivery) -> str:
    known = {schedule.source: schedule for schedule in view.store.entries.schedules.all()}
    if one.what == "report":
        found = known.get(one.source)
        return view.language.render(named(found)) if found is not None else view.language.t("report")
    return view.language.t("alerts") if one.what == "alert" else view.language.t("test")


def _outcome(view: View, one: Delivery) -> tuple[Html, str]:
    """Its mark; its word, reason, and when it is tried next."""
    t, (mark, status) = view.language.t, MARKS[one.state]
    parts = [view.language.render(STATES[one.state])]
    if one.reason is not None and one.state != "sent":
        parts.append(view.language.render(one.reason))
    if one.next_at is not None and one.state in ("due", "failed") and (one.attempts or one.state == "due"):
        zone = zone_of(view.store.entries.settings)
        parts.append(t("next try: {moment}", moment=moment(one.next_at, zone, view.language)))
    if one.state == "missed" and one.recipient != EVERYBODY:
        parts.append(t("the report can be taken from this page"))
    return tag("span", mark, " ", css=f"mark {status}"), " · ".join(parts)
