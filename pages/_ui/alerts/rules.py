"""Whom it is told, and how: the rules, switched on with one click, each with its settings.

Invariant: for owners only; the gate asks again when one is entered.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.errors import UserError
from data.store.entries import ChannelEntry
from data.store.entries.alerts import AlertRule
from data.store.entries.alerts.model import Language
from data.store.zone import instant
from kpi.delivery.alerting import alert, is_due, reaches, stop, told_by
from kpi.delivery.audience import PLACE, Recipient
from kpi.delivery.kinds import kind_of
from pages._ui import address, errors, frame, navigation
from pages._ui.alerts import form
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

WRONG = "alerts_wrong"


def show(view: View) -> None:
    """The rules, or the one click that makes the first."""
    t, rules = view.language.t, view.store.entries.alerts.rules.all()
    frame.section(t("Who is told, and how"))
    wrong: UserError | None = st.session_state.pop(WRONG, None)
    if wrong is not None:
        errors.show(view.language, wrong)
    if not rules:
        frame.quiet(
            t(
                "Signals, targets missed or in danger, data that stop coming, bad reviews, imports that lost rows: "
                "owners and team leads hear of it once, each within what they may see, and not at night."
            )
        )
        st.button(
            t("Switch alerts on"), type="primary", icon=":material/notifications_active:", key="alerts_on",
            on_click=_begin, args=(view,),
        )  # fmt: skip
    for rule in rules:
        _rule(view, rule)
    if rules:
        st.button(t("Another rule"), key="alerts_more", type="tertiary", on_click=_another, args=(view,))


def _rule(view: View, rule: AlertRule) -> None:
    t = view.language.t
    with st.container(key=f"alert_rule-{rule.id}"):
        with st.container(key=f"alert_rule_head-{rule.id}", horizontal=True, vertical_alignment="center"):
            st.html(_told(view, rule), width="stretch")
            label, act = (t("Switch off"), _off) if rule.active else (t("Switch on"), _on)
            st.button(label, key=f"switch-{rule.id}", type="tertiary", on_click=act, args=(view, rule))
        if not rule.channels:
            navigation.link("reports", t("Set up mail or Telegram"), address.link(tab="channels"))
        with st.expander(t("Settings"), icon=":material/tune:"):
            form.show(view, rule, lambda changed: _change(view, changed), lambda: _remove(view, rule))


def _told(view: View, rule: AlertRule) -> Html:
    """One rule in two lines: whom it tells by what, and what keeps somebody from being reached."""
    t = view.language.t
    channels = [entry for entry in view.store.entries.channels.all() if entry.id in rule.channels]
    told = told_by(view.store, rule)
    names = ", ".join(one.name for one in told if one.key != PLACE)
    ways = ", ".join(entry.name for entry in channels) or t("nothing is sent: they stand on this page only")
    whom = names or (ways if any(one.key == PLACE for one in told) else t("nobody yet"))
    mark = tag("span", "● " if rule.active else "○ ", css="good" if rule.active else "no_target")
    kinds = ", ".join(form.kind_title(view, kind) for kind in form.KINDS if kind in rule.kinds)
    lines = [
        tag("p", mark, tag("b", whom), f" — {ways}" if whom != ways else "", css="finding"),
        quiet(_capital(kinds)),
    ]
    return tag("div", *lines, *(quiet(f"▲ {note}") for note in _notes(view, told, channels)))


def _notes(view: View, told: Sequence[Recipient], channels: Sequence[ChannelEntry]) -> list[str]:
    """Whom no channel of the rule reaches."""
    if not channels:
        return []
    missed = [
        one.name
        for one in told
        if one.key != PLACE and not any(reaches(kind_of(entry.kind).reach, one) for entry in channels)
    ]
    places = all(kind_of(entry.kind).reach == "place" for entry in channels)
    if not missed or places:
        return []
    return [view.language.t("No address is known of: {names}", names=", ".join(missed))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begin(view: View) -> None:
    """The usual rule, by every channel there is."""
    channels = tuple(entry.id for entry in view.store.entries.channels.all())
    language: Language = "en" if view.language.code == "en" else "ru"
    view.store.entries.alerts.rules.add(AlertRule(roles=("owner", "lead"), channels=channels, language=language))


def _another(view: View) -> None:
    view.store.entries.alerts.rules.add(AlertRule(active=False))


def _on(view: View, rule: AlertRule) -> None:
    view.store.entries.alerts.rules.change(replace(rule, active=True))


def _off(view: View, rule: AlertRule) -> None:
    stop(view.store, rule)


def _change(view: View, rule: AlertRule) -> None:
    try:
        view.store.entries.alerts.rules.change(rule)
    except UserError as error:
        st.session_state[WRONG] = error


def _remove(view: View, rule: AlertRule) -> None:
    stop(view.store, rule)
    view.store.entries.alerts.rules.remove(rule.id)


def look_now(view: View) -> None:
    """Look by the rules at once where something changed, as the clockwork does every minute; nothing is sent here."""
    if not view.may("owner") or not is_due(view.store):
        return
    with st.spinner(view.language.t("Looking through the key KPIs")), view.store.gate.itself():
        alert(view.store, instant(view.store.clock))
