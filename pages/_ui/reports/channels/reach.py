"""Where people are reached: an e-mail address and a chat for everybody with an account, and those without one.

Invariant: of those without an account it is said what they see.
"""

import streamlit as st

from data.access.people import Person
from data.errors import UserError
from data.model import Scope
from data.store.entries import Addressee, ChannelEntry
from kpi.delivery.greeting import link_to
from pages._ui import errors, frame, session, who
from pages._ui.access import part
from pages._ui.access.part import WHOM
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_WRONG, _LINK = "reach_wrong", "reach_link"


def show(view: View) -> None:
    """The list, and somebody new."""
    t = view.language.t
    frame.section(t("Who is reached where"))
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    if (made := st.session_state.get(_LINK)) is not None:
        frame.quiet(t("Send this link to {name}: they open it and press «Start». It is good for a week.", name=made[0]))
        st.code(made[1], language=None, wrap_lines=True)
    for person, _ in session.people().persons.of_business(session.visitor().business):
        _person(view, person)
    for one in view.store.entries.addressees.all():
        with st.container(key=f"finding-addressee-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, one), width="stretch")
            _linking(view, f"addressee:{one.id}", one.name, one.chat)
            st.button(t("Remove"), key=f"addressee-{one.id}", type="tertiary", on_click=_remove, args=(view, one))
    _new(view)


def _person(view: View, person: Person) -> None:
    """Somebody with an account; what is changed is kept when the field is left."""
    t, contact = view.language.t, session.people().contacts.of(person)
    with st.container(key=f"finding-reach-{person.id}", horizontal=True, vertical_alignment="center"):
        st.html(tag("div", tag("p", tag("b", person.name), css="finding")), width="stretch")
        for name, label, value in (("email", t("E-mail"), contact.email), ("chat", t("Telegram chat"), contact.chat)):
            st.text_input(
                label, value, key=f"reach_{name}_{person.id}", max_chars=120, placeholder=label,
                label_visibility="collapsed", on_change=_reach, args=(person.id, name), width=220,
            )  # fmt: skip
        _linking(view, f"person:{person.id}", person.name, contact.chat)


def _linking(view: View, recipient: str, name: str, chat: str) -> None:
    """The way to a link to the bot, where there is one and their chat is not known."""
    bots = [one for one in view.store.entries.channels.all() if one.kind == "telegram"]
    if bots and not chat:
        st.button(view.language.t("Link to the bot"), key=f"reach-link-{recipient}", type="tertiary", on_click=_link,
                  args=(view, bots[0], recipient, name))  # fmt: skip


def _link(view: View, bot: ChannelEntry, recipient: str, name: str) -> None:
    try:
        st.session_state[_LINK] = (name, link_to(view.store, bot, recipient))
    except UserError as error:
        st.session_state[_WRONG] = error


def _reach(number: int, name: str) -> None:
    typed = st.session_state[f"reach_{name}_{number}"]
    try:
        session.people().contacts.choose(number, **{name: typed})
    except UserError as error:
        st.session_state[_WRONG] = error


def _told(view: View, one: Addressee) -> Html:
    limits = who.limits(view, Scope("viewer", None, one.where, money=one.money))
    seen = "; ".join(limits) if limits else view.language.t("sees everything")
    reached = [address for address in (one.email, one.chat) if address]
    return tag("div", tag("p", tag("b", one.name), css="finding"), quiet(" · ".join([*reached, seen])))


def _remove(view: View, one: Addressee) -> None:
    view.store.entries.addressees.remove(one.id)


def _new(view: View) -> None:
    t = view.language.t
    with st.expander(t("Somebody without an account"), icon=":material/person_add:"):
        left, middle, right = st.columns(3)
        left.text_input(t("What are they called?"), key="addressee_name", max_chars=120)
        middle.text_input(t("E-mail"), key="addressee_email", max_chars=120)
        right.text_input(
            t("Telegram chat"), key="addressee_chat", max_chars=40,
            help=t("A number. Whoever it is writes to the bot first; @userinfobot tells them their number."),
        )  # fmt: skip
        part.whom(view, "addressee", {})
        part.money(view, "addressee")
        st.button(t("Add them"), key="addressee_add", type="primary", on_click=_add, args=(view,))


def _add(view: View) -> None:
    state = st.session_state
    where = tuple(
        (name, tuple(state[f"addressee_whom-{name}"])) for name in WHOM if state.get(f"addressee_whom-{name}")
    )
    try:
        view.store.entries.addressees.add(
            state["addressee_name"], email=state["addressee_email"], chat=state["addressee_chat"], where=where,
            money=state.get("addressee_money", "shown"),
        )  # fmt: skip
    except UserError as error:
        state[_WRONG] = error
        return
    state["addressee_name"] = state["addressee_email"] = state["addressee_chat"] = ""
