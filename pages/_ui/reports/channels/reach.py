"""Where people are reached: an e-mail address and a chat for everybody with an account, and those without one.

Invariant: of those without an account it is said what they see.
"""

import streamlit as st

from data.access.people import Person
from data.errors import UserError
from data.model import Scope
from data.store.entries import Addressee
from pages._ui import errors, frame, session, who
from pages._ui.access import part
from pages._ui.access.part import WHOM
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

_WRONG = "reach_wrong"


def show(view: View) -> None:
    """The list, and somebody new."""
    t = view.language.t
    frame.section(t("Who is reached where"))
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    for person, _ in session.people().persons.of_business(session.visitor().business):
        _person(view, person)
    for one in view.store.entries.addressees.all():
        with st.container(key=f"finding-addressee-{one.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, one), width="stretch")
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
