"""What is open now: each with its reason, what to do, the way to it, and a button that says that one knows.

Invariant: what stands in the journal is shown as it is told to others; where no rule is followed it is looked for now,
and nothing of it is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from data.store.entries.alerts import AlertRule, Noted
from kpi.alerts import Place, inquiry, rights
from kpi.alerts import found as looked_for
from kpi.alerts.due import stands
from kpi.alerts.model import Said
from kpi.alerts.record import record
from kpi.alerts.standing import in_order
from kpi.command.alerts import state_word
from pages._ui import address, cards, filters, frame, navigation, session
from pages._ui.markup import Html, quiet, tag
from pages._ui.session import View

SHOWN = 12
"""Alerts shown at first."""
MARKS = {"open": "▲", "acknowledged": "◐", "over": "○"}
COLOURS = {"open": "missed", "acknowledged": "acceptable", "over": "no_target"}


@dataclass(frozen=True)
class Shown:
    """One alert as it is shown."""

    said: Said
    """What is said of it."""
    subject: str
    """What it is about."""
    kind: str
    """What it is."""
    place: Place
    """Whose it is."""
    noted: Noted | None
    """How it stands; None: it was only looked for."""


def is_followed(view: View) -> bool:
    """Whether anybody is told of anything."""
    return any(rule.active for rule in view.store.entries.alerts.rules.all())


def found(view: View) -> tuple[Shown, ...]:
    """What is open for whoever is looking, each thing once, those somebody knows of last."""
    known: dict[tuple[str, str, str, str], Noted] = {}
    for one in view.store.entries.alerts.journal.seen_by(rights(view.reader.scope)):
        known.setdefault((one.kind, one.subject, one.place, one.period), one)
    ordered = sorted(in_order(tuple(known.values())), key=lambda one: stands(one) != "open")
    return tuple(
        Shown(record(one).said(view.language), one.subject, one.kind, record(one).place, one) for one in ordered
    )


def left(view: View) -> int:
    """How many things are open for whoever is looking."""
    if not is_followed(view):
        return 0
    known = view.store.entries.alerts.journal.seen_by(rights(view.reader.scope))
    return len({(one.kind, one.subject, one.place, one.period) for one in known if stands(one) == "open"})


def preview(view: View) -> None:
    """Where no rule is followed: what would be told now."""
    if is_followed(view):
        return
    t = view.language.t
    asked = inquiry(view.store, AlertRule(), view.reader.scope)
    with st.spinner(t("Looking through the key KPIs")):
        alerts = session.kept(view, "alerts", lambda: looked_for(asked))
    shown = tuple(
        Shown(one.said[view.language.code], one.key.subject, one.key.kind, one.key.place, None) for one in alerts
    )
    frame.section(t("What would be told now"))
    if not shown:
        frame.quiet(t("Nothing is open."))
    _list(view, shown)


def sentence(view: View, shown: Sequence[Shown]) -> str:
    """How many are open."""
    t, tn = view.language.t, view.language.tn
    if not is_followed(view):
        return t("Nobody is told of anything yet.") if view.may("owner") else t("Alerts are switched off.")
    left = sum(one.noted is not None and stands(one.noted) == "open" for one in shown)
    if not left:
        return t("Nothing is open: you know of everything there is to know.")
    return tn("{n} alert is open.", "{n} alerts are open.", left)


def show(view: View, shown: Sequence[Shown]) -> None:
    """The list."""
    if not shown:
        return
    frame.section(view.language.t("Open now"), _looked(view))
    _list(view, shown)


def _list(view: View, every: Sequence[Shown]) -> None:
    before = ["", *(one.said.advice for one in every)]
    shown = [
        replace(one, said=replace(one.said, advice="")) if one.said.advice == last else one
        for one, last in zip(every, before, strict=False)
    ]
    with st.container(key="alerts_open"):
        for place, one in enumerate(shown[:SHOWN]):
            _one(view, place, one)
        if len(shown) > SHOWN:
            with st.expander(view.language.tn("{n} more", "{n} more", len(shown) - SHOWN)):
                for place, one in enumerate(shown[SHOWN:], SHOWN):
                    _one(view, place, one)


def _looked(view: View) -> str:
    looks = view.store.entries.alerts.looks
    moments = [at for rule in view.store.entries.alerts.rules.all() if (at := looks.at(rule.id)) is not None]
    return view.language.t("looked for on {moment}", moment=max(moments)) if moments else ""


def _one(view: View, place: int, one: Shown) -> None:
    with st.container(key=f"alert-{place}", horizontal=True, vertical_alignment="top"):
        st.html(told(view, one), width="stretch")
        with st.container(key=f"alert_do-{place}", width="content"):
            _way(view, one)
            if one.noted is not None and stands(one.noted) == "open" and view.may("lead"):
                st.button(
                    view.language.t("I know of it"), key=f"know-{one.noted.id}", on_click=_acknowledge,
                    args=(view, one.noted.id),
                )  # fmt: skip


def told(view: View, one: Shown) -> Html:
    """What is said of an alert."""
    t = view.language.t
    state = stands(one.noted) if one.noted is not None else "open"
    mark = tag("span", f"{MARKS[state]} ", css=COLOURS[state])
    word = f" — {state_word(one.noted, view.language)}" if one.noted is not None and state != "open" else ""
    parts = [tag("p", mark, tag("b", one.said.title), word, css="finding"), tag("p", one.said.text, css="finding")]
    if one.said.why:
        parts.append(quiet(tag("b", t("Why"), ": "), one.said.why))
    if one.said.advice:
        parts.append(quiet(tag("b", t("What to do"), ": "), one.said.advice))
    return tag("div", *parts, css="alert")


def _way(view: View, one: Shown) -> None:
    """The way to where it can be seen."""
    t, allowed = view.language.t, view.reader.scope.pages
    if one.kind in ("silence", "import"):
        page, label, params = "data", t("To the data"), address.link()
    elif one.kind == "review":
        page, label, params = "quality", t("To the reviews"), address.link(kpi="rating")
    elif one.subject in view.kpis:
        kpi = view.kpis.get(one.subject)
        narrowed = {name: list(members) for name, members in one.place if name in filters.DIMENSIONS}
        lens = "signals" if one.kind == "signal" else None
        page, label, params = cards.page(kpi), t("Open the KPI"), address.link(kpi=kpi.id, lens=lens, **narrowed)
    else:
        return
    if allowed is None or page in allowed:
        navigation.link(page, label, params)


def _acknowledge(view: View, number: int) -> None:
    view.store.entries.alerts.journal.acknowledge([number], session.visitor().name)
