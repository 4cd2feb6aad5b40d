"""The tables and lists of one experiment."""

import math

from data.store.entries import Experiment
from kpi.experiment import Study
from kpi.experiment import words as said
from kpi.experiment.checks import Check
from kpi.experiment.judging import Judged
from kpi.experiment.study import Guarded
from kpi.experiment.study import Plan as Planned
from pages._ui.markup import Html, folded, quiet, section, tag
from pages._ui.people import parts
from pages._ui.session import View

MARKS = {"bad": ("▲", "missed"), "warning": ("◐", "acceptable"), "info": ("○", "none")}


def arms(view: View, study: Study) -> list[Html]:
    """Both arms before and since, the effect, and where roubles come from."""
    t, words, main = view.language.t, view.language, study.main
    if main is None or not main.series.arms.before:
        return []
    unit = main.series.kpi.unit
    note = words.catalogue(main.series.kpi.title) + (" · " + t("a day") if main.series.is_sum else "")
    rows = []
    for side in ("a", "b"):
        before, during = main.level(side, during=False), main.level(side, during=True)
        moved = 100 * (during / before - 1) if before > 0 and during >= 0 else math.nan
        rows.append((
            said.arm(study.design, side, words), words.value(before, unit), words.value(during, unit),
            said.change(moved, words),
        ))  # fmt: skip
    found = [
        section(t("Both arms"), note),
        parts.figures((t("Arm"), t("Before"), t("Since the start"), t("Change")), rows),
    ]
    if study.days:
        found.append(quiet(said.worth_sentence(study.worth, words)))
    return found


def guards(view: View, study: Study) -> list[Html]:
    """What must not suffer."""
    t = view.language.t
    if not study.guards:
        return []
    head = (t("Must not suffer"), t("Worse by at most"), t("Effect of the change"), t("What it says"))
    rows = [_guard(view, one) for one in study.guards]
    return [section(t("Guard KPIs")), parts.figures(head, rows, frozenset({3}))]


def _guard(view: View, one: Guarded) -> tuple[str, ...]:
    words, id_ = view.language, one.guard.kpi
    title = words.catalogue(view.kpis.get(id_).title) if id_ in view.kpis else id_
    told = words.render(one.silent) if one.silent is not None else words.render(said.GUARDS[one.state])
    effect = said.effect(one.found, words) if one.found is not None else "—"
    return title, words.value(one.guard.allowed, "percent"), effect, told


def checks(view: View, study: Study) -> list[Html]:
    """What to mistrust, with what to do."""
    t = view.language.t
    if study.main is None:
        return []
    if not study.checks:
        return [section(t("Checks")), quiet(t("● Nothing speaks against the comparison."))]
    return [section(t("Checks"), t("what could make the verdict wrong")), *(_check(view, one) for one in study.checks)]


def _check(view: View, one: Check) -> Html:
    mark, css = MARKS[one.severity]
    todo = [quiet(view.language.render(one.todo))] if one.todo is not None else []
    text = tag("p", tag("span", f"{mark} ", css=css), view.language.render(one.text), css="finding")
    return tag("div", text, *todo)


def plan(view: View, study: Study) -> list[Html]:
    """The plan beside what came of it."""
    t, found = view.language.t, study.plan
    if found is None:
        return []
    title = t("The plan, from {n} days before the start", n=found.before)
    return [section(title), *planned(view, found), quiet(_course(study, view)), *_method(view, study.main)]


def planned(view: View, found: Planned) -> list[Html]:
    """How long it takes, and what can be seen by when."""
    t, words = view.language.t, view.language
    head = (t("By then"), t("Smallest difference that is seen"))
    rows = [
        (words.tn("{n} week", "{n} weeks", seen.days // 7), words.value(seen.percent, "percent")) for seen in found.seen
    ]  # fmt: skip
    once = said.span(found.once, words) if found.once is not None else t("more than five years")
    return [
        tag("p", said.plan_sentence(found, words), css="finding"),
        quiet(t("Looked at only once, at the end, it would take {time}.", time=once)),
        *([parts.figures(head, rows)] if rows else []),
    ]


def _course(study: Study, view: View) -> str:
    """Plan against what came."""
    t = view.language.t
    told = t("Planned: {planned} days; so far: {days}.", planned=study.design.days, days=study.days)
    if study.told_on is not None:
        told += " " + t("Told for the first time after {day}.", day=study.told_on)
    return told


def _method(view: View, main: Judged | None) -> list[Html]:
    """How it is computed, behind a click."""
    t, words = view.language.t, view.language
    if main is None or main.last is None or not main.is_told:
        return []
    days = words.value(float(main.last.independent), "count")
    text = t(
        "The daily difference between the arms, less what it was before the start, with an interval that holds on all "
        "days together (mixture sequential test, Lindon et al. 2022; Howard et al. 2021). Neighbouring days resemble "
        "each other: {days} independent days are behind it.", days=days,
    )  # fmt: skip
    return [folded(t("How this is computed"), quiet(text))]


def learned(view: View, note: str) -> list[Html]:
    """What was learned, where it cannot be changed."""
    return [section(view.language.t("What was learned")), tag("p", note, css="lead")]


def history(view: View, experiment: Experiment) -> list[Html]:
    """Who changed what when, behind a click."""
    t, words = view.language.t, view.language
    lines, before = [], None
    for version in experiment.history:
        what = words.render(said.ACTIONS[version.action])
        fields = [words.render(said.FIELDS[name]) for name in said.changed(before, version)]
        if version.action == "decide" and version.decided is not None:
            fields.append(words.render(said.CHOICES[version.decided]))
        told = f"{what}: {', '.join(fields)}" if fields else what
        lines.append(
            tag("p", tag("b", words.day(version.at.date(), year=True)), f" {told} · {version.who}", css="finding")
        )
        before = version
    return [folded(t("History"), *lines)]
