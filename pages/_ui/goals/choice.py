"""Which KPIs are key, and the goal each serves."""

import streamlit as st

from data.store.entries import Goal, KeyKpi
from pages._ui import frame, key_kpis, navigation, session
from pages._ui.escape import markdown
from pages._ui.goals import coaching, goals
from pages._ui.session import View


def show(view: View) -> None:
    """The choice in order, the goal of each, and what the coach says of it."""
    t = view.language.t
    frame.section(t("Key KPIs"), t("three to nine, shown on the overview in this order"))
    possible = {kpi.id: kpi for kpi in session.computable(view)}
    chosen = [name for name in key_kpis.chosen(view) if name in view.kpis]
    st.session_state["w_key"] = chosen
    st.multiselect(
        t("Key KPIs"), list(dict.fromkeys([*chosen, *possible])), key="w_key", label_visibility="collapsed", wrap=True,
        format_func=lambda name: _name(view, name), placeholder=t("Choose, or the overview chooses by itself"),
        on_change=_keep, args=(view,),
    )  # fmt: skip
    coaching.show(view)
    _serving(view, chosen)
    coaching.more(view, chosen)


def _name(view: View, name: str) -> str:
    kpi = view.kpis.get(name)
    area = navigation.title(kpi.area, view.language) if kpi.area in navigation.AREAS else kpi.area
    return f"{view.language.catalogue(kpi.title)} · {area}"


def _keep(view: View) -> None:
    before = {entry.kpi: entry.goal for entry in view.store.entries.key_kpis()}
    view.store.entries.choose_key_kpis([KeyKpi(name, before.get(name)) for name in st.session_state["w_key"]])


def _serving(view: View, chosen: list[str]) -> None:
    """The goal of every key KPI; one without is marked."""
    known = {goal.id: goal for goal in view.store.entries.goals()}
    if not chosen or not known:
        return
    before = {entry.kpi: entry.goal for entry in view.store.entries.key_kpis()}
    with st.expander(
        view.language.t("Which goal each of them serves"),
        expanded=any(before.get(name) not in known for name in chosen),
    ):
        _goals_of(view, chosen, known, before)


def _goals_of(view: View, chosen: list[str], known: dict[int, Goal], before: dict[str, int | None]) -> None:
    for name in chosen:
        left, right = st.columns([2, 3], vertical_alignment="center")
        mark = ":green[●]" if before.get(name) in known else ":orange[▲]"
        left.markdown(f"{mark} {markdown(view.language.catalogue(view.kpis.get(name).title))}")
        options = [None, *known]
        st.session_state[f"goal_of_{name}"] = before.get(name) if before.get(name) in known else None
        right.selectbox(
            view.language.t("Serves"), options, key=f"goal_of_{name}", label_visibility="collapsed",
            format_func=lambda number: goals.label(view, known.get(number)), on_change=_serve, args=(view, name),
        )  # fmt: skip


def _serve(view: View, name: str) -> None:
    goal = st.session_state[f"goal_of_{name}"]
    entries = view.store.entries.key_kpis()
    view.store.entries.choose_key_kpis([KeyKpi(e.kpi, goal if e.kpi == name else e.goal) for e in entries])
