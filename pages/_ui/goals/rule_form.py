"""A target from past data: what it starts from, how much on top, and what that comes to now.

Invariant: what is shown beside the form is the number that would be stored.
"""

from datetime import date

import streamlit as st

from data.store.entries import NewTarget
from kpi.compile.windows import floor
from kpi.model import Kpi
from kpi.planning import Rule, rule_to_json
from kpi.planning.rule import told
from kpi.rules import bases_of
from pages._ui import frame, session
from pages._ui.session import View


def show(view: View, kpi: Kpi, scope: tuple[str, str] | None) -> list[NewTarget]:
    """The fields of a rule and its number for the running period."""
    t = view.language.t
    names = {
        ("last_year", "month"): t("The same month a year before"),
        ("last_year", "quarter"): t("The same quarter a year before"),
        ("best", "quarter"): t("The best of the last quarters"), ("best", "month"): t("The best of the last months"),
        ("median", "month"): t("The median of the last months"), ("average", "month"): t("The mean of the last months"),
        ("previous", "month"): t("The month before"),
    }  # fmt: skip
    base, grain = st.selectbox(
        t("Starts from"), list(names), key=f"rule-base-{kpi.id}", format_func=names.__getitem__
    ) or ("last_year", "month")  # fmt: skip
    one, two, three, four = st.columns(4, vertical_alignment="bottom")
    looks = base in ("best", "median", "average")
    usual = 4 if grain == "quarter" else 12
    periods = one.number_input(t("How many"), 2, 36, usual, key=f"rule-n-{kpi.id}-{grain}", disabled=not looks)
    usual_percent = 10.0 if kpi.better == "higher" else -10.0
    percent = two.number_input(
        t("Per cent on top"), -90.0, 500.0, usual_percent, 1.0, "%g", key=f"rule-percent-{kpi.id}"
    )
    slack = three.number_input(t("May be missed by, %"), 0.0, 90.0, 10.0, 1.0, "%g", key=f"rule-slack-{kpi.id}")
    since = four.date_input(t("From"), value=view.today.replace(day=1), format="DD.MM.YYYY", key=f"rule-since-{kpi.id}")
    if not isinstance(since, date):
        return []
    rule = Rule(base, grain, int(periods), float(percent), float(slack) or None)  # type: ignore[arg-type]
    _comes_to(view, kpi, scope, rule)
    return [NewTarget(kpi.id, "rule", scope, since, grain=grain, rule=rule_to_json(rule))]


def _comes_to(view: View, kpi: Kpi, scope: tuple[str, str] | None, rule: Rule) -> None:
    """The sentence with the number of the running period."""
    words, first = view.language, floor(view.today, rule.grain)

    def ask() -> object:
        return bases_of(view.reader, view.kpis, kpi, scope, rule, [first])

    found = session.kept(view, ("rule", kpi.id, scope, rule, first), ask)
    name = words.period(first, rule.grain)
    if not found:
        frame.quiet(words.t("{period}: no number yet — too little is loaded before it.", period=name))
        return
    base = found[0].value  # type: ignore[index]
    bounds = rule.bounds(base, kpi.better)
    frame.quiet(
        words.t(
            "{period}: {target} — {rule}, which was {base}. The number is stored when its period begins and stays.",
            period=name, target=words.target(bounds.good_low, bounds.good_high, kpi.unit),
            rule=words.render(told(rule)), base=words.value(base, kpi.unit),
        )
    )  # fmt: skip
