"""The coach beside the choice of key KPIs: what it says, what it proposes, sets by trade, and what data would bring.

Invariant: a proposal is accepted in one click and can be taken back in the choice above it.
"""

from collections.abc import Sequence

import streamlit as st

from data.store.entries import KeyKpi
from kpi.coach import Action, Advice, Template, advise, gather, templates, unlocks
from kpi.key import MOST
from pages._ui import area, frame, markup, session
from pages._ui.escape import markdown
from pages._ui.markup import quiet, tag
from pages._ui.session import View

ACTIONS = 3
"""Proposals that one piece of advice shows."""
UNLOCKS = 8
"""Lines of what data would bring."""


def show(view: View) -> None:
    """The advice, each with what can be done about it."""
    entries, today = view.store.entries, view.today
    known = gather(entries, view.kpis, session.available(view), lambda query: session.ask(view, query), today)
    found = advise(known)
    for place, one in enumerate(found):
        _advice(view, place, one)
    if known.chosen and not found:
        frame.quiet(view.language.t("Nothing to say: the set is balanced, and every KPI in it is alive."))


def more(view: View, chosen: Sequence[str]) -> None:
    """The sets by trade, open while nothing is chosen, and what more data would bring."""
    with st.expander(view.language.t("Start from a set for your trade"), expanded=not chosen):
        _templates(view)
    _unlocks(view)


def _advice(view: View, place: int, one: Advice) -> None:
    words = view.language
    why = [quiet(words.render(one.why))] if one.why else []
    with st.container(key=f"advice-{place}"):
        st.html(tag("div", tag("p", words.render(one.message)), *why, css="advice"))
        if one.actions:
            with st.container(horizontal=True):
                for number, action in enumerate(one.actions[:ACTIONS]):
                    key = f"advice-{place}-{number}"
                    icon = ":material/add:" if action.add else ":material/remove:"
                    st.button(_label(view, action), key=key, icon=icon, on_click=_accept, args=(view, action))


def _label(view: View, action: Action) -> str:
    names = [view.language.catalogue(view.kpis.get(name).title) for name in action.add or action.remove]
    return markdown(view.language.list(names))


def _accept(view: View, action: Action) -> None:
    before = view.store.entries.key_kpis()
    kept = [key for key in before if key.kpi not in action.remove]
    view.store.entries.choose_key_kpis([*kept, *(KeyKpi(name, None) for name in action.add)])


def _templates(view: View) -> None:
    """The sets by trade: each KPI with its reason, and whether it can be computed here."""
    words = view.language
    known = {template.id: template for template in templates()}
    chosen = st.pills(
        words.t("Trade"), list(known), key="template", label_visibility="collapsed",
        format_func=lambda name: words.catalogue(known[name].title),
    )  # fmt: skip
    if chosen is None:
        frame.quiet(words.t("Choose your trade: you will see the KPIs and why each is among them."))
        return
    template = known[chosen]
    possible = {kpi.id for kpi in session.computable(view)}
    frame.quiet(words.catalogue(template.note))
    st.html(markup.table([_line(view, kpi, why, kpi in possible) for kpi, why in template.kpis]))
    ready = [kpi for kpi, _ in template.kpis if kpi in possible]
    label = words.tn(
        "Take {n} KPI that can be computed here", "Take the {n} KPIs that can be computed here", len(ready)
    )
    if view.store.entries.key_kpis():
        label = words.tn(
            "Replace the chosen ones by {n} KPI that can be computed here",
            "Replace the chosen ones by {n} KPIs that can be computed here", len(ready),
        )  # fmt: skip
    st.button(
        label, key="take_template", type="primary", disabled=not ready, on_click=_take, args=(view, template, ready)
    )


def _line(view: View, kpi: str, why: str, possible: bool) -> tuple[str, str, str]:
    """Name, reason, and ● or what is missing."""
    words = view.language
    title = words.catalogue(view.kpis.get(kpi).title)
    if possible:
        return title, words.catalogue(why), "●"
    missing = area.needs(view, session.available(view)[kpi].missing)
    return title, words.catalogue(why), words.t("○ needs {columns}", columns=missing)


def _take(view: View, _template: Template, ready: Sequence[str]) -> None:
    before = {key.kpi: key.goal for key in view.store.entries.key_kpis()}
    view.store.entries.choose_key_kpis([KeyKpi(name, before.get(name)) for name in ready[:MOST]])


def _unlocks(view: View) -> None:
    words = view.language
    gained = unlocks(session.available(view).values())
    if not gained:
        return
    with st.expander(words.t("What more data would bring")):
        lines = []
        for one in gained[:UNLOCKS]:
            names = [words.catalogue(view.kpis.get(name).title) for name in one.kpis]
            lines.append((area.needs(view, one.columns), words.list(names)))
        st.html(markup.table(lines, (words.t("Missing column"), words.t("What it would bring"))))
