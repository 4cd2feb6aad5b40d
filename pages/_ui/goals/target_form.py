"""Targets: what is good and what is still acceptable, for whom, and from which day.

Invariant: a target is never overwritten: a new one begins on its day and the old one keeps judging the days before.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from kpi import targets
from kpi.model import Grain, Kpi, Query, Target
from pages._ui import address, filters, frame, markup, period, phrases, session
from pages._ui.session import View

SCOPES = ("team", "employee", "branch")
"""Dimensions a target can be set for."""


@dataclass(frozen=True)
class Draft:
    """What the form holds."""

    kpi: Kpi
    """The KPI."""
    scope: tuple[str, str] | None
    """For whom; None: the whole business."""
    good: tuple[float | None, float | None]
    """Low and high of good."""
    acceptable: float | None
    """The further side of acceptable."""
    since: date
    """First day it judges."""


def show(view: View) -> None:
    """The KPI, what is in force, the suggestion, and the form."""
    kpis = session.computable(view) or view.kpis.visible()
    frame.section(view.language.t("Target values"))
    names = [kpi.id for kpi in kpis]
    st.session_state["w_target_kpi"] = address.one("kpi", names) or names[0]
    st.selectbox(
        view.language.t("KPI"), names, key="w_target_kpi", label_visibility="collapsed", on_change=_choose,
        format_func=lambda name: view.language.catalogue(view.kpis.get(name).title),
    )  # fmt: skip
    kpi = view.kpis.get(st.session_state["w_target_kpi"])
    frame.quiet(view.language.catalogue(kpi.question))
    _in_force(view, kpi)
    _suggestion(view, kpi)
    _form(view, kpi)


def _choose() -> None:
    address.write("kpi", st.session_state["w_target_kpi"])


def _in_force(view: View, kpi: Kpi) -> None:
    """The default with its source, and every target that was set."""
    t = view.language.t
    default = view.targets.default(kpi)
    mine = sorted((target for target in view.targets.targets if target.kpi == kpi.id), key=_order)
    lines = []
    if default:
        source = view.language.catalogue(default.source) if default.source else t("catalogue")
        lines.append((t("Default"), phrases.default_target(view, kpi, default), source))
    lines += [(_whom(view, x), phrases.default_target(view, kpi, x), _days(view, x)) for x in mine]
    if not lines:
        frame.quiet(t("No target yet: set your own."))
        return
    st.html(markup.table(lines))


def _order(target: Target) -> tuple[tuple[str, str], date]:
    return target.scope or ("", ""), target.valid_from or date.min


def _whom(view: View, target: Target) -> str:
    if target.scope is None:
        return view.language.t("Whole business")
    return f"{filters.dimension_name(view, target.scope[0])}: {target.scope[1]}"


def _days(view: View, target: Target) -> str:
    t = view.language.t
    since = t("from {day}", day=target.valid_from) if target.valid_from else t("always")
    return f"{since} {t('until {day}', day=target.valid_to)}" if target.valid_to else since


def _suggestion(view: View, kpi: Kpi) -> None:
    """The level of the best quarter of the last twelve months in one click, and how far it is within reach."""
    now, _ = filters.bounds(view)
    quarters = _complete(view, kpi, period.back(now, "quarter", 5), now, "quarter")
    level = targets.suggest([v / 3 for v in quarters] if kpi.additive else quarters, kpi.better)
    if level is None:
        return
    months = _complete(view, kpi, period.back(now, "month", 14), now, "month")
    value = view.language.value(level, kpi.unit)
    label = view.language.t("Take the best quarter of the last twelve months: {value}", value=value)
    st.button(
        f"{label}{_reach(view, targets.reach(level, kpi.better, months))}", key="take_suggestion",
        icon=":material/trending_up:", on_click=_take, args=(kpi.id, kpi.better, level),
    )  # fmt: skip


def _reach(view: View, reach: targets.Reach | None) -> str:
    t = view.language.t
    known = {
        "met": t("reached nearly always"), "reachable": t("within reach"), "ambitious": t("ambitious"),
        "out_of_reach": t("out of reach without changing how the work is done"),
    }  # fmt: skip
    return f" — {known[reach]}" if reach else ""


def _complete(view: View, kpi: Kpi, since: date, until: date, grain: Grain) -> list[float]:
    """The values of the periods that are over."""
    rows = session.ask(view, Query((kpi.id,), since, until, grain, compare=())).frame
    over = rows["is_total"].astype(bool) & ~rows["is_partial"].astype(bool)
    return [float(value) for value in rows.loc[over, "value"]]


def _form(view: View, kpi: Kpi) -> None:
    """For whom, what is good, what is still acceptable, from when."""
    t, scope = view.language.t, _scope(view)
    sides = {"band": ("low", "high"), "higher": ("low",), "lower": ("high",)}[kpi.better]
    columns = st.columns(len(sides) + 2, vertical_alignment="bottom")
    names = {"low": t("At least"), "high": t("At most")}
    good = {
        side: columns[i].number_input(names[side], value=None, key=f"{side}-{kpi.id}") for i, side in enumerate(sides)
    }
    acceptable: float | None = None
    if kpi.better != "band":
        label, hint = t("Still acceptable"), t("optional")
        acceptable = columns[-2].number_input(label, value=None, key=f"ok-{kpi.id}", placeholder=hint)
    first = view.today.replace(day=1)
    since = columns[-1].date_input(t("From"), value=first, format="DD.MM.YYYY", key=f"since-{kpi.id}")
    if kpi.additive:
        frame.quiet(t("The target is for one month; it scales with the period that is shown."))
    ready = any(value is not None for value in good.values()) and isinstance(since, date)
    if st.button(t("Set the target"), key="set_target", type="primary", disabled=not ready) and isinstance(since, date):
        _save(view, Draft(kpi, scope, (good.get("low"), good.get("high")), acceptable, since))
        st.rerun()


def _take(kpi: str, better: str, suggested: float) -> None:
    st.session_state[f"{'low' if better == 'higher' else 'high'}-{kpi}"] = suggested


def _scope(view: View) -> tuple[str, str] | None:
    """For whom: the whole business, or one member."""
    t = view.language.t
    options: list[tuple[str, str] | None] = [None]
    for dimension in SCOPES:
        options += [(dimension, member) for member in session.members(view, dimension)]
    chosen: tuple[str, str] | None = st.selectbox(
        t("For whom"), options, key="target_scope",
        format_func=lambda s: t("Whole business") if s is None else f"{filters.dimension_name(view, s[0])}: {s[1]}",
    )  # fmt: skip
    return chosen


def _save(view: View, draft: Draft) -> None:
    """Enters the target; the one before judges until the day before."""
    low, high = draft.good
    view.store.entries.set_target(
        draft.kpi.id, good_low=low, good_high=high, scope=draft.scope, valid_from=draft.since,
        ok_low=draft.acceptable if draft.kpi.better == "higher" else None,
        ok_high=draft.acceptable if draft.kpi.better == "lower" else None,
    )  # fmt: skip
