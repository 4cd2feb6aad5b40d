"""To whom: people by role or by name, and addresses of others.

Invariant: an address that is typed here becomes an addressee who sees everything, as is said beside it; whom to show
less is entered under «Channels».
"""

from typing import get_args

import streamlit as st

from data.model import Role
from data.store.entries import Audience, ChannelEntry
from kpi.delivery.kinds import kind_of
from pages._ui import session
from pages._ui.session import View

NOBODY = Audience()


def show(view: View) -> None:
    """The people to choose from, and the field for an address."""
    t, offered = view.language.t, _offered(view)
    if offered:
        st.multiselect(
            t("To whom"), tuple(offered), key="schedule_whom", format_func=offered.__getitem__,
            default=[one for one in ("role:owner", "role:lead") if one in offered] or list(offered)[:1],
            placeholder=t("Choose"),
        )  # fmt: skip
    label = t("E-mail of somebody without an account") if _by_mail(view) else t("Chat of somebody without an account")
    st.text_input(label, key="schedule_address", max_chars=120, help=t("They see everything, as you do."))


def audience(view: View) -> Audience:
    """Who was chosen; a typed address is entered as an addressee."""
    chosen = st.session_state.get("schedule_whom") or []
    typed = st.session_state.get("schedule_address", "").strip()
    numbers = [int(one.partition(":")[2]) for one in chosen if one.startswith("addressee:")]
    if typed:
        known = {one.email if _by_mail(view) else one.chat: one.id for one in view.store.entries.addressees.all()}
        told = {"email": typed} if _by_mail(view) else {"chat": typed}
        numbers.append(known.get(typed) or view.store.entries.addressees.add(typed, **told))
        st.session_state["schedule_address"] = ""
    roles: list[Role] = [role for role in get_args(Role) if f"role:{role}" in chosen]
    persons = [int(one.partition(":")[2]) for one in chosen if one.startswith("person:")]
    return Audience(tuple(roles), tuple(persons), tuple(dict.fromkeys(numbers)))


def channels(view: View) -> tuple[ChannelEntry, ...]:
    """The channels, the first that was set up first."""
    return tuple(sorted(view.store.entries.channels.all(), key=lambda one: one.id))


def _offered(view: View) -> dict[str, str]:
    """Code → name: the roles somebody has, everybody with an account, and addressees."""
    t = view.language.t
    everybody = session.people().persons.of_business(session.visitor().business)
    roles = {"owner": t("All owners"), "lead": t("All team leads"), "viewer": t("All viewers")}
    held = {mine.role for _, mine in everybody}
    return {
        **{f"role:{role}": name for role, name in roles.items() if role in held},
        **{f"person:{person.id}": person.name for person, _ in everybody},
        **{f"addressee:{one.id}": one.name for one in view.store.entries.addressees.all()},
    }


def _by_mail(view: View) -> bool:
    known = channels(view)
    number = st.session_state.get("schedule_channel")
    entry = next((one for one in known if one.id == number), known[0])
    return kind_of(entry.kind).reach == "email"
