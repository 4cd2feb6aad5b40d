"""An experiment as figures for programs, and as lines for people."""

from typing import Any

from data.store.entries import Design, Experiment
from data.store.entries.experiment_design import body_of
from kpi.command.answer import as_table
from kpi.experiment import Study
from kpi.experiment import words as said
from kpi.experiment.judging import Judged
from kpi.experiment.study import Plan
from kpi.language import Language


def as_figures(study: Study, words: Language) -> dict[str, Any]:
    """Everything that is known of an experiment."""
    one, main = study.experiment, study.main
    return {
        "id": one.id, "state": one.state(study.today), "decided": one.decided, "decided_by": _who(one),
        "closed_on": one.closed_on, "note": one.note, "design": design(study.design), "until": study.until,
        "days": study.days, "verdict": study.verdict, "told_on": study.told_on, "days_left": study.days_left,
        "sentence": said.sentence(study, words), "silent": study.silent and words.render(study.silent),
        "effect": main and effect(main), "money_per_month": study.money and {
            "value": study.money.value, "low": study.money.low, "high": study.money.high,
        },
        "worth": study.worth and {"value": study.worth.value, "source": study.worth.source},
        "guards": [
            {"kpi": g.guard.kpi, "allowed": g.guard.allowed, "state": g.state, "effect": g.found and effect(g.found),
             "silent": g.silent and words.render(g.silent)}
            for g in study.guards
        ],
        "checks": [
            {"code": c.code, "severity": c.severity, "text": words.render(c.text),
             "todo": c.todo and words.render(c.todo)}
            for c in study.checks
        ],
        "plan": study.plan and plan(study.plan), "history": [
            {"version": v.number, "action": v.action, "who": v.who, "at": v.at.isoformat(timespec="seconds")}
            for v in one.history
        ],
    }  # fmt: skip


def _who(one: Experiment) -> str | None:
    return one.who if one.closed_on is not None else None


def design(of: Design) -> dict[str, Any]:
    """What was planned."""
    return {**body_of(of), "guards": {g.kpi: g.allowed for g in of.guards}, "where": dict(of.where)}


def effect(found: Judged) -> dict[str, Any]:
    """The effect of B against A, in percent and in the KPI's unit, with its confidence sequence."""
    last = found.last
    level = {arm: {"before": found.level(arm, during=False), "during": found.level(arm, during=True)} for arm in "ab"}
    told: dict[str, Any] = {"kpi": found.series.kpi.id, "scale": found.series.arms.scale, "level": level}
    if last is None:
        return {**told, "percent": None, "absolute": None, "sequence": []}
    places = (float(last.effect), float(last.low), float(last.high))
    before = found.series.arms.before
    return {
        **told,
        "percent": dict(zip(("value", "low", "high"), map(found.relative, places), strict=True)),
        "absolute": dict(zip(("value", "low", "high"), map(found.absolute, places), strict=True)),
        "independent_days": float(last.independent), "standard_error": float(last.error),
        "sequence": [
            {"day": found.series.days[before + look.days - 1], "effect": found.relative(float(look.effect)),
             "low": found.relative(float(look.low)), "high": found.relative(float(look.high))}
            for look in found.looks
        ],
    }  # fmt: skip


def plan(of: Plan) -> dict[str, Any]:
    """Duration and what can be seen by when."""
    return {
        "days_before": of.before, "level": {"a": of.level[0], "b": of.level[1]}, "matters_percent": of.percent,
        "matters_absolute": of.absolute, "days_looked_at_once": of.once, "days_looked_at_daily": of.daily,
        "days_with_half_a_year_before": of.longer, "rows_per_day": of.rows, "traffic_per_day": of.traffic,
        "detectable_percent": {str(seen.days): seen.percent for seen in of.seen},
    }  # fmt: skip


def listed(studies: list[Study], words: Language) -> str:
    """All experiments as a table."""
    t = words.t
    rows = [
        (
            str(s.experiment.id), s.design.title, words.render(said.STATES[s.experiment.state(s.today)]),
            f"{s.days} / {s.design.days}", said.effect(s.main, words) if s.main else "—",
            words.value(s.money.value, "money") if s.money else "—",
        )
        for s in studies
    ]  # fmt: skip
    return as_table(
        ("", t("Experiment"), t("State"), t("Days"), t("Effect of the change"), t("A month")),
        rows,
        frozenset({0, 3, 5}),
    )


def written(study: Study, words: Language) -> str:
    """One experiment as lines."""
    lines = [study.design.title, said.days_text(study.design, words), said.sentence(study, words)]
    for one in study.guards:
        told = f"{one.guard.kpi}: {words.render(said.GUARDS[one.state])}"
        lines.append(f"{told}, {said.effect(one.found, words)}" if one.found else told)
    lines += [
        f"{MARKS[c.severity]} {words.render(c.text)} {words.render(c.todo) if c.todo else ''}" for c in study.checks
    ]
    if study.plan is not None:
        lines.append(said.plan_sentence(study.plan, words))
    if study.experiment.note:
        lines.append(study.experiment.note)
    return "\n".join(line.strip() for line in lines)


MARKS = {"bad": "▲", "warning": "◐", "info": "○"}
"""Severity of a check → its mark."""
