"""The form of a target: for whom, of which kind, with which numbers, from when, and why.

Invariant: a target is never overwritten: a new one begins on its day and the old one keeps judging the days before.
"""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.store.entries import NewTarget, TargetRow
from kpi.attainability import words as attainability
from kpi.model import Bounds, Kpi
from pages._ui import filters, frame, session
from pages._ui.goals import plan_form, reach, rule_form
from pages._ui.session import View

SCOPES = ("team", "employee", "branch", "account")
"""Dimensions a target can be set for here."""


def show(view: View, kpi: Kpi) -> None:
    """For whom, the kind, its fields, why, and the button."""
    t = view.language.t
    scope = _scope(view)
    kind = _kind(view, kpi)
    if kind == "fixed":
        _suggestion(view, kpi)
    form = {"fixed": _number, "plan": plan_form.periods, "cumulative": plan_form.one_sum, "rule": rule_form.show}[kind]
    wanted = form(view, kpi, scope)
    note = st.text_input(t("Why (for the history)"), key=f"note-{kpi.id}", max_chars=300, placeholder=t("optional"))
    _about_the_past(view, wanted)
    with st.container(horizontal=True):
        if st.button(t("Set the target"), key="set_target", type="primary", disabled=not wanted):
            view.store.entries.change_targets(wanted, note=note or "")
            st.rerun()
        if any(row.kpi == kpi.id and row.scope == scope and not row.is_cell for row in _running(view)):
            label = t("Back to the default from today on")
            st.button(
                label, key="remove_target", type="tertiary", on_click=_remove, args=(view, kpi.id, scope, note or "")
            )


def _remove(view: View, kpi: str, scope: tuple[str, str] | None, note: str) -> None:
    view.store.entries.remove_target(kpi, scope, note=note)


def _running(view: View) -> list[TargetRow]:
    rows = view.store.entries.targets()
    return [row for row in rows if row.valid_to is None or row.valid_to >= view.today]


def _kind(view: View, kpi: Kpi) -> str:
    """The kinds this KPI can have, in plain words."""
    t = view.language.t
    names = {"fixed": t("One number"), "plan": t("By month or quarter")}
    if kpi.additive:
        names["cumulative"] = t("A sum by a date, with pace")
    if kpi.better != "band":
        names["rule"] = t("From past data")
    chosen: str | None = st.segmented_control(
        t("Kind"), list(names), key=f"kind-{kpi.id}", default="fixed", required=True, format_func=names.__getitem__
    )
    return chosen or "fixed"


def _about_the_past(view: View, wanted: Sequence[NewTarget]) -> None:
    """What is over stays judged as it was: said where the first day lies before the running month."""
    days = [new.valid_from for new in wanted if new.valid_from is not None]
    first, began = min(days, default=view.today), view.targets.began
    if days and began is not None and first < view.today.replace(day=1) and began < view.today.replace(day=1):
        frame.quiet(
            view.language.t(
                "Periods that are over and were judged by a target stay judged as they were; this one judges what is "
                "still running, and past periods that had no target."
            )
        )


def _suggestion(view: View, kpi: Kpi) -> None:
    """A target worth trying in one click, with its reason."""
    found = reach.suggestion(view, kpi)
    if found is None:
        return
    label = attainability.suggested(found, kpi, view.language)
    st.button(
        view.language.t("Take {suggestion}", suggestion=label), key="take_suggestion",
        icon=":material/trending_up:", on_click=_take, args=(kpi.id, kpi.better, found.value),
    )  # fmt: skip


def _number(view: View, kpi: Kpi, scope: tuple[str, str] | None) -> list[NewTarget]:
    """What is good, what is still acceptable, from when."""
    t = view.language.t
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
    drafted = reach.told(view, kpi, Bounds(good.get("low"), good.get("high")), scope)
    if drafted:
        frame.quiet(t("This target: {reach}.", reach=drafted))
    if kpi.additive:
        frame.quiet(t("The target is for one month; it scales with the period that is shown."))
    if not any(value is not None for value in good.values()) or not isinstance(since, date):
        return []
    low_ok = acceptable if kpi.better == "higher" else None
    high_ok = acceptable if kpi.better == "lower" else None
    sides_of = (good.get("low"), good.get("high"), low_ok, high_ok)
    return [NewTarget(kpi.id, "fixed", scope, since, None, None, *sides_of)]


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
