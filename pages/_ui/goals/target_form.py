"""Targets: what is good and what is still acceptable, for whom, and from which day.

Invariant: a target is never overwritten: a new one begins on its day and the old one keeps judging the days before.
"""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from kpi import targets
from kpi.model import Kpi, Query, Target
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
    frame.section(view.language.t("Targets"))
    names = [kpi.id for kpi in kpis]
    st.session_state["w_target_kpi"] = address.one("kpi", names) or names[0]
    st.selectbox(
        view.language.t("KPI"), names, key="w_target_kpi", label_visibility="collapsed", on_change=_choose,
        format_func=lambda name: view.language.catalogue(view.kpis.get(name).title),
    )  # fmt: skip
    kpi = view.kpis.get(st.session_state["w_target_kpi"])
    frame.quiet(view.language.catalogue(kpi.question))
    _in_force(view, kpi)
    _form(view, kpi, _suggestion(view, kpi))


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


def _suggestion(view: View, kpi: Kpi) -> float | None:
    """The level of the best quarter of the last twelve months, with how far it is within reach."""
    now, _ = filters.bounds(view)
    since = period.back(now, "quarter", 5)
    answer = session.ask(view, Query((kpi.id,), since, now, "quarter", compare=()))
    frame_ = answer.frame[answer.frame["is_total"] & ~answer.frame["is_partial"]] if len(answer.frame) else answer.frame
    values = [float(v) for v in frame_["value"]] if len(frame_) else []
    return targets.suggest([v / 3 for v in values] if kpi.additive else values, kpi.better)


def _form(view: View, kpi: Kpi, suggested: float | None) -> None:
    t = view.language.t
    if suggested is not None:
        value = view.language.value(suggested, kpi.unit)
        label = t("Take the best quarter of the last twelve months: {value}", value=value)
        st.button(
            label,
            key="take_suggestion",
            icon=":material/trending_up:",
            on_click=_take,
            args=(kpi.id, kpi.better, suggested),
        )
    scope = _scope(view)
    bounds = {"band": ("low", "high"), "higher": ("low",), "lower": ("high",)}[kpi.better]
    columns = st.columns(len(bounds) + 2, vertical_alignment="bottom")
    good = {side: _number(columns[i], view, kpi, side) for i, side in enumerate(bounds)}
    acceptable = None
    if kpi.better != "band":
        acceptable = columns[-2].number_input(
            t("Still acceptable"), value=None, key=f"ok-{kpi.id}", placeholder=t("optional")
        )
    since = columns[-1].date_input(
        t("From"), value=view.today.replace(day=1), format="DD.MM.YYYY", key=f"since-{kpi.id}"
    )
    if kpi.additive:
        frame.quiet(t("The target is for one month; it scales with the period that is shown."))
    ready = any(value is not None for value in good.values()) and isinstance(since, date)
    if st.button(t("Set the target"), key="set_target", type="primary", disabled=not ready) and isinstance(since, date):
        draft = Draft(kpi, scope, (good.get("low"), good.get("high")), acceptable, since)
        _save(view, draft)
        st.rerun()


def _number(place, view: View, kpi: Kpi, side: str) -> float | None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    label = view.language.t("At least") if side == "low" else view.language.t("At most")
    value: float | None = place.number_input(
        label, value=None, key=f"{side}-{kpi.id}", placeholder=view.language.value(None, kpi.unit)
    )
    return value


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
