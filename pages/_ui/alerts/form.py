"""The settings of one rule: what is looked for, whom it is told, by what, when not.

Invariant: what is filled in is the rule as it stands; nothing changes before the click.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

import streamlit as st

from data.model import Role
from data.store.entries.alerts import KINDS, AlertRule, Kind, QuietHours
from data.store.entries.alerts.model import DIMENSIONS, Language
from kpi.delivery.audience import people_of
from pages._ui import session
from pages._ui.access.people import role_name
from pages._ui.session import View
from pages._ui.titles import column_title

__all__ = ["KINDS", "kind_title", "show"]
LANGUAGES: Mapping[str, str] = {"ru": "Русский", "en": "English"}


def kind_title(view: View, kind: Kind) -> str:
    """What is looked for, in words."""
    t = view.language.t
    return {
        "signal": t("signals"), "missed": t("targets missed"), "endangered": t("targets in danger"),
        "silence": t("silence of the data"), "review": t("bad reviews"), "import": t("imports that lost rows"),
    }[kind]  # fmt: skip


def show(view: View, rule: AlertRule, change: Callable[[AlertRule], None], remove: Callable[[], None]) -> None:
    """The form."""
    t, key = view.language.t, f"rule{rule.id}"
    with st.form(key=f"{key}_form", border=False):
        st.pills(
            t("What is looked for"), KINDS, selection_mode="multi", default=[k for k in KINDS if k in rule.kinds],
            format_func=lambda kind: kind_title(view, kind), key=f"{key}_kinds",
        )  # fmt: skip
        _what(view, rule, key)
        _whom(view, rule, key)
        _when(view, rule, key)
        with st.container(horizontal=True):
            saved = st.form_submit_button(t("Save"), type="primary")
            removed = st.form_submit_button(t("Remove the rule"), type="tertiary")
    if removed:
        remove()
        st.rerun()
    if saved:
        change(_entered(rule, key))
        st.rerun()


def _what(view: View, rule: AlertRule, key: str) -> None:
    t, known = view.language.t, {kpi.id: kpi for kpi in session.computable(view)}
    left, right = st.columns(2)
    left.multiselect(
        t("KPIs"), list(known), default=[kpi for kpi in rule.kpis if kpi in known], key=f"{key}_kpis",
        format_func=lambda kpi: view.language.catalogue(known[kpi].title), placeholder=t("the key KPIs"),
    )  # fmt: skip
    right.multiselect(
        t("Also looked at"), DIMENSIONS, default=list(rule.dimensions), key=f"{key}_dimensions",
        format_func=lambda name: column_title(view, name), placeholder=t("the whole only"),
    )  # fmt: skip


def _whom(view: View, rule: AlertRule, key: str) -> None:
    t = view.language.t
    with people_of(view.store) as (people, business):
        persons = {person.id: person.name for person, _ in people.persons.of_business(business)}
    addressees = {one.id: one.name for one in view.store.entries.addressees.all()}
    channels = {entry.id: entry.name for entry in view.store.entries.channels.all()}
    left, right = st.columns(2)
    left.multiselect(
        t("Whom: everybody of a role"), get_args(Role), default=list(rule.roles), key=f"{key}_roles",
        format_func=lambda role: role_name(view, role), placeholder=t("nobody"),
    )  # fmt: skip
    _several(right, t("By what"), channels, rule.channels, f"{key}_channels", t("on this page only"))
    if persons:
        _several(left, t("People besides"), persons, rule.persons, f"{key}_persons", t("nobody"))
    if addressees:
        _several(right, t("Without an account"), addressees, rule.addressees, f"{key}_addressees", t("nobody"))


def _several(place: Any, label: str, names: Mapping[int, str], chosen: tuple[int, ...], key: str, nothing: str) -> None:
    place.multiselect(
        label, list(names), default=[one for one in chosen if one in names], key=key, placeholder=nothing,
        format_func=lambda number: names[number],
    )  # fmt: skip


def _when(view: View, rule: AlertRule, key: str) -> None:
    t, quiet = view.language.t, rule.quiet or QuietHours()
    with st.container(horizontal=True):
        st.toggle(t("Quiet hours"), rule.quiet is not None, key=f"{key}_quiet")
        st.toggle(t("Quiet weekends"), quiet.weekends, key=f"{key}_weekends")
        st.toggle(t("Quiet holidays"), quiet.holidays, key=f"{key}_holidays")
    first, second, third, fourth, fifth = st.columns(5)
    first.time_input(t("Quiet from"), quiet.since, key=f"{key}_since")
    second.time_input(t("to"), quiet.until, key=f"{key}_until")
    third.number_input(
        t("Again after, days"), 0, 366, rule.cooldown, key=f"{key}_cooldown",
        help=t("The same is told again to the same person only after so many days, unless it got twice as bad."),
    )  # fmt: skip
    fourth.number_input(
        t("A bad review has at most"), 0.0, 100.0, rule.worst_rating, 0.5, format="%.1f", key=f"{key}_rating"
    )
    fifth.selectbox(
        t("Language of messages"), list(LANGUAGES), list(LANGUAGES).index(rule.language), key=f"{key}_language",
        format_func=lambda code: LANGUAGES[code],
    )  # fmt: skip


def _entered(rule: AlertRule, key: str) -> AlertRule:
    def told(name: str) -> Any:
        return st.session_state.get(f"{key}_{name}")

    quiet = QuietHours(told("since"), told("until"), told("weekends"), told("holidays")) if told("quiet") else None
    return replace(
        rule, kinds=frozenset(told("kinds") or ()), kpis=tuple(told("kpis")), dimensions=tuple(told("dimensions")),
        worst_rating=float(told("rating")), roles=cast("tuple[Role, ...]", tuple(told("roles"))),
        persons=tuple(told("persons") or ()), addressees=tuple(told("addressees") or ()),
        channels=tuple(told("channels")), cooldown=int(told("cooldown")), quiet=quiet,
        language=cast("Language", told("language")),
    )  # fmt: skip
