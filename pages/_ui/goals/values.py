"""The target values: the KPI, what is in force, the suggestion, the form for a new one, and a plan from a file."""

import streamlit as st

from data.store.entries import TargetRow
from kpi import target_words
from kpi.figures import phrases
from kpi.model import Bounds, Kpi
from pages._ui import address, frame, markup, session
from pages._ui.goals import plan_upload, reach, target_form
from pages._ui.markup import joined, quiet
from pages._ui.session import View


def show(view: View) -> None:
    """The KPI, what is in force, the form, and the plan."""
    t = view.language.t
    kpis = session.computable(view) or view.kpis.visible()
    frame.section(t("Target values"))
    names = [kpi.id for kpi in kpis]
    st.session_state["w_target_kpi"] = address.one("kpi", names) or names[0]
    st.selectbox(
        t("KPI"), names, key="w_target_kpi", label_visibility="collapsed", on_change=_choose,
        format_func=lambda name: view.language.catalogue(view.kpis.get(name).title),
    )  # fmt: skip
    kpi = view.kpis.get(st.session_state["w_target_kpi"])
    frame.quiet(view.language.catalogue(kpi.question))
    _in_force(view, kpi)
    target_form.show(view, kpi)
    plan_upload.show(view)


def _choose() -> None:
    address.write("kpi", st.session_state["w_target_kpi"])


def _in_force(view: View, kpi: Kpi) -> None:
    """The default with its source, and every target that stands or stood."""
    t, words = view.language.t, view.language
    default = view.targets.default(kpi)
    lines: list[tuple[str, str]] = []
    if default:
        source = words.catalogue(default.source) if default.source else t("catalogue")
        told = reach.told(view, kpi, default, None)
        given = phrases.default_target(view.language, kpi, default)
        lines.append((t("Default"), joined([given, quiet(source), quiet(told)])))
    rows = [row for row in view.store.entries.targets() if row.kpi == kpi.id]
    running = [row for row in rows if row.valid_to is None or row.valid_to >= view.today]
    lines += [_line(view, kpi, row) for row in running]
    if not lines:
        frame.quiet(t("No target yet: set your own."))
    else:
        st.html(markup.table(lines))
    past = [row for row in rows if row not in running]
    if past:
        with st.expander(view.language.tn("{n} past target", "{n} past targets", len(past))):
            st.html(markup.table([_line(view, kpi, row) for row in reversed(past)]))


def _line(view: View, kpi: Kpi, row: TargetRow) -> tuple[str, str]:
    """For whom, what, and when; of a rule with what it comes to now."""
    words = view.language
    when = target_words.days(words, row) or words.t("for this period only")
    text = target_words.whole(words, kpi, row)
    if row.kind == "fixed" and (row.valid_to is None or row.valid_to >= view.today):
        told = reach.told(view, kpi, Bounds(row.good_low, row.good_high), row.scope)
        return target_words.scope(words, row), joined([text, quiet(when), quiet(told)])
    if row.kind != "rule":
        return target_words.scope(words, row), joined([text, quiet(when)])
    last = row.numbers[-1] if row.numbers else None
    number = words.t("no number yet: too little is loaded before it")
    if last is not None:
        now = words.target(last.sides[0], last.sides[1], kpi.unit)
        number = f"{words.period(last.first, row.grain or 'month')}: {now}"
    told = reach.told(view, kpi, Bounds(*last.sides[:2]), row.scope) if last and row.grain in (None, "month") else ""
    return target_words.scope(words, row), joined([f"{text} — {number}", quiet(when), quiet(told)])
