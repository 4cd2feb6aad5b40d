"""The people with an account: their role and part, letting somebody in, a new password, closing an account."""

from typing import get_args

import streamlit as st

from data.access.address import public_address
from data.access.people import Membership, Person
from data.errors import UserError
from data.model import Role
from pages._ui import errors, frame, session, who
from pages._ui.access import part
from pages._ui.access.part import WHOM
from pages._ui.markup import Html, quiet, tag
from pages._ui.server.door.provider import providers
from pages._ui.session import View

_INVITED = "invited"
_WRONG = "people_wrong"


def show(view: View) -> None:
    """The form, the one-time link that was just made, the list."""
    t = view.language.t
    if session.visitor().person is None:
        frame.quiet(t("On this computer nobody has to sign in. Accounts count where the dashboard is hosted."))
    _just_invited(view)
    _form(view)
    if services := ", ".join(one.title for one in providers()):
        frame.quiet(t("Whoever is let in under an e-mail address may sign in with {services} too.", services=services))
    _list(view)
    st.html(tag("p", tag("a", t("Several businesses: choose one, or make another"), href="/businesses"), css="quiet"))


def role_name(view: View, role: Role) -> str:
    """The word of a role."""
    t = view.language.t
    return {"owner": t("Owner"), "lead": t("Team lead"), "viewer": t("Viewer")}[role]


def _just_invited(view: View) -> None:
    made: tuple[str, str] | None = st.session_state.get(_INVITED)
    if made is None:
        return
    t = view.language.t
    frame.section(t("One-time link for {name}", name=made[0]), t("copy it now: it cannot be shown again"))
    st.code(f"{public_address(session.folder())}/welcome/{made[1]}", language=None, wrap_lines=True)
    frame.quiet(t("Send it to them alone: with it they choose a password. It is good once."))


def _form(view: View) -> None:
    t = view.language.t
    wrong: UserError | None = st.session_state.pop(_WRONG, None)
    with st.expander(t("Let somebody in"), icon=":material/person_add:", expanded=wrong is not None):
        if wrong is not None:
            errors.show(view.language, wrong)
        left, middle, right = st.columns(3)
        left.text_input(t("E-mail or name to sign in with"), key="person_login", max_chars=120)
        middle.text_input(t("What are they called?"), key="person_name", max_chars=120)
        right.selectbox(
            t("Role"), get_args(Role), index=2, key="person_role", format_func=lambda role: role_name(view, role),
            help=t("The owner may do everything. A lead explores, keeps views and events. A viewer only looks."),
        )  # fmt: skip
        if st.session_state.get("person_role", "viewer") != "owner":
            part.whom(view, "person", {})
            part.money(view, "person")
        st.button(t("Let them in"), key="person_add", type="primary", on_click=_add)


def _list(view: View) -> None:
    t, business = view.language.t, session.visitor().business
    everybody = session.people().persons.of_business(business)
    frame.section(t("User accounts"), str(len(everybody)) if everybody else "")
    if not everybody:
        frame.quiet(t("Nobody has an account yet."))
    for person, mine in everybody:
        with st.container(key=f"person-{person.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, person, mine), width="stretch")
            st.button(t("New password"), key=f"reset-{person.id}", type="tertiary", on_click=_reset, args=(person,))
            st.button(
                t("Close the account"), key=f"close-{person.id}", type="tertiary", on_click=_close, args=(person,)
            )


def _told(view: View, person: Person, mine: Membership) -> Html:
    t = view.language.t
    parts = [role_name(view, mine.role), *who.limits(view, mine.scope)]
    state = "" if person.has_password else t("has not come in yet")
    devices = len(session.people().sessions.of(person.id))
    signed = view.language.tn("signed in on {n} device", "signed in on {n} devices", devices) if devices else state
    login = [] if person.login == person.name else [" ", tag("small", person.login)]
    return tag("div", tag("p", tag("b", person.name), *login, css="finding"), quiet(" · ".join([*parts, signed])))


def _add() -> None:
    state, people, business = st.session_state, session.people(), session.visitor().business
    role = state["person_role"]
    where = tuple((name, tuple(state[f"person_whom-{name}"])) for name in WHOM if state.get(f"person_whom-{name}"))
    membership = Membership(business, role, () if role == "owner" else where, None, state.get("person_money", "shown"))
    try:
        number, token = people.let_in(state["person_login"], state["person_name"], membership)
        known = people.persons.get(number)
        if token is not None and known is not None:
            state[_INVITED] = (known.name, token)
    except UserError as error:
        state[_WRONG] = error
        return
    state["person_login"] = state["person_name"] = ""


def _reset(person: Person) -> None:
    people = session.people()
    token = people.invitations.make("reset", person.id, session.visitor().business)
    people.sessions.end_all(person.id)
    st.session_state[_INVITED] = (person.name, token)


def _close(person: Person) -> None:
    try:
        session.people().persons.leave(person.id, session.visitor().business)
    except UserError as error:
        st.session_state[_WRONG] = error
