"""What was told: when it was found, to whom it went, who knows of it, and whether it is over."""

from datetime import datetime, timedelta

import streamlit as st

from data.store.entries.alerts import Noted
from kpi.alerts import rights
from kpi.alerts.record import record
from kpi.command.alerts import state_word
from kpi.delivery.audience import PLACE, people_of
from pages._ui import frame
from pages._ui.markup import folded, table
from pages._ui.session import View

DAYS = 90
"""Days the journal goes back."""
SHOWN = 200
"""Alerts shown."""


def show(view: View) -> None:
    """The journal, folded."""
    t = view.language.t
    day = view.today - timedelta(days=DAYS)
    known = view.store.entries.alerts.journal.since(day, rights(view.reader.scope))[:SHOWN]
    if not known:
        return
    names = _names(view)
    rows = [
        (_moment(view, one.found_at), record(one).said(view.language).title, _told(view, one, names), _state(view, one))
        for one in known
    ]
    frame.section(t("Journal"), t("the last {n} days", n=DAYS))
    head = (t("Found"), t("Alert"), t("Told"), t("State"))
    count = view.language.tn("{n} alert", "{n} alerts", len(rows))
    st.html(folded(count, table(rows, head)))


def _names(view: View) -> dict[str, str]:
    """What recipients are called."""
    with people_of(view.store) as (people, business):
        names = {f"person:{person.id}": person.name for person, _ in people.persons.of_business(business)}
    names |= {f"addressee:{one.id}": one.name for one in view.store.entries.addressees.all()}
    return names | {PLACE: view.language.t("folder or web address")}


def _told(view: View, one: Noted, names: dict[str, str]) -> str:
    """To whom it went; of others than oneself only owners read."""
    sent = view.store.entries.alerts.messages.telling(one.id)
    if not sent:
        return "—"
    if not view.may("owner"):
        return _moment(view, sent[0].made_at)
    return ", ".join(
        dict.fromkeys(f"{names.get(each.recipient, '—')} · {_moment(view, each.made_at)}" for each in sent)
    )


def _state(view: View, one: Noted) -> str:
    known = one.acknowledged_at
    word = state_word(one, view.language)
    if one.over_at is not None:
        return f"{word} · {_moment(view, one.over_at)}"
    return f"{word} · {_moment(view, known)}" if known is not None else word


def _moment(view: View, moment: datetime) -> str:
    return f"{view.language.day(moment.date())}, {moment:%H:%M}"
