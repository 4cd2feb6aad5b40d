"""An experiment in plain words.

Invariant: an arm stands under its own description in quotes, so that no language has to inflect it; an effect never
stands without its interval.
"""

import math
from collections.abc import Mapping
from datetime import timedelta

from data.message import Message, say
from data.store.entries import Design
from data.store.entries.experiments import Choice, State, Version
from kpi.experiment.course import FIRST_LOOK
from kpi.experiment.judging import GuardState, Judged, is_early
from kpi.experiment.study import Guarded, Plan, Study
from kpi.experiment.worth import Worth
from kpi.language import Language

STATES: Mapping[State, Message] = {
    "planned": say("planned"), "running": say("is running"), "decided": say("decided"), "stopped": say("stopped"),
}  # fmt: skip
GUARDS: Mapping[GuardState, Message] = {
    "held": say("● not worse than allowed"),
    "broken": say("▲ worse than allowed"),
    "worse": say("▲ worse; perhaps within what is allowed"),
    "not_yet": say("○ not told yet"),
}
CHOICES: Mapping[Choice, Message] = {
    "a": say("A is better"), "b": say("B is better"), "none": say("No difference that matters"),
}  # fmt: skip
ACTIONS: Mapping[str, Message] = {
    "create": say("entered"), "change": say("changed"), "decide": say("decided"), "stop": say("stopped"),
    "reopen": say("reopened"), "note": say("what was learned"), "remove": say("removed"),
}  # fmt: skip
FIELDS: Mapping[str, Message] = {
    "title": say("Title"), "hypothesis": say("Hypothesis"), "kpi": say("Main KPI"), "dimension": say("Made of"),
    "a": say("Members of A"), "b": say("Members of B"), "a_is": say("What is done in A"),
    "b_is": say("What is done in B"), "where": say("Only"), "start": say("First day"), "end": say("Last day"),
    "guards": say("Must not suffer"), "baseline": say("Days before the start"),
    "matters": say("Smallest difference that matters"), "matters_in": say("Unit of the difference"),
    "alpha": say("Chance of a false winner"), "power": say("Chance of finding the difference"),
    "worth": say("What one more is worth"),
}  # fmt: skip
"""Field of a design → its name."""


def arm(design: Design, side: str, language: Language) -> str:
    """An arm by its description, else by its letter."""
    told = design.a_is if side == "a" else design.b_is
    inside = told.replace("«", "„").replace("»", "“")
    return language.t("«{text}»", text=inside) if told else side.upper()


def change(value: float, language: Language) -> str:
    """A change in percent, signed."""
    return language.delta(1 + value / 100, 1.0, "count") if math.isfinite(value) else "—"


def interval(found: Judged, language: Language) -> str:
    """«from −29 % to −10 %»."""
    if found.last is None or not found.is_told:
        return "—"
    low, high = (change(found.relative(float(end)), language) for end in (found.last.low, found.last.high))
    return language.t("from {low} to {high}", low=low, high=high)


def effect(found: Judged, language: Language) -> str:
    """«−20 % (from −29 % to −10 %)»."""
    if found.last is None or not found.is_told:
        return "—"
    return f"{change(found.relative(float(found.last.effect)), language)} ({interval(found, language)})"


def sentence(study: Study, language: Language) -> str:
    """What is known, so that it can be read aloud."""
    t, design = language.t, study.design
    if study.silent is not None:
        return t("Nothing can be told: {why}", why=language.render(study.silent))
    if study.experiment.state(study.today) == "planned":
        return t("Begins on {day}.", day=design.start) + _plan_sentence(study.plan, language)
    if study.main is None or study.main.last is None:
        return _early(study, language)
    parts = [_verdict(study, study.main, language), money_sentence(study, language), _guards(study, language)]
    if study.verdict != "not_yet" and any(check.severity == "bad" for check in study.checks):
        parts.append(t("Do not rely on it before the checks below are cleared."))
    return " ".join(filter(None, parts))


def _early(study: Study, language: Language) -> str:
    if study.main is not None and is_early(study.main) and study.days:
        return language.tn(
            "{n} day of {least} has passed: before that nothing is said, lest a novelty be taken for an effect.",
            "{n} days of {least} have passed: before that nothing is said, lest a novelty be taken for an effect.",
            study.days, least=FIRST_LOOK,
        )  # fmt: skip
    return language.t("No day of it is loaded yet.")


def _verdict(study: Study, found: Judged, language: Language) -> str:
    t = language.t
    params = {"kpi": language.catalogue(found.series.kpi.title), "effect": effect(found, language)}
    if study.verdict == "none":
        return t("No difference that matters. {kpi}: {effect} with the change.", **params)
    if study.verdict in ("a", "b"):
        better = arm(study.design, study.verdict, language)
        return t("{arm} is better. {kpi}: {effect} with the change.", arm=better, **params)
    if not found.is_told:
        return t("Not told yet: there is too little of «{kpi}» in the arms to say anything.", **params)
    return t("Not told yet. {kpi}: {effect} with the change.", **params) + " " + left(study, language)


def left(study: Study, language: Language) -> str:
    """How long it takes still."""
    days, design = study.days_left, study.design
    if study.experiment.state(study.today) != "running":
        return language.t("It was ended before it could be told.")
    if days is None:
        return language.t("If it stays so, it will not be told within five years.")
    told = language.tn("About {n} more day if it stays so.", "About {n} more days if it stays so.", days)
    last = (study.until or study.today) + timedelta(days=days)
    if last <= design.end:
        return told
    return f"{told} " + language.t("The plan ends on {day}: extend it, or accept that it is not told.", day=design.end)


def money_sentence(study: Study, language: Language) -> str:
    """What B is worth a month."""
    found = study.money
    if found is None or study.verdict not in ("a", "b"):
        return ""
    value, low, high = (language.value(amount, "money") for amount in (found.value, found.low, found.high))
    if found.value >= 0:
        return language.t(
            "On both arms that is {money} a month (from {low} to {high}).", money=value, low=low, high=high
        )
    return language.t("On both arms the change costs {money} a month (from {low} to {high}).",
                      money=language.value(-found.value, "money"), low=language.value(-found.high, "money"),
                      high=language.value(-found.low, "money"))  # fmt: skip


def _guards(study: Study, language: Language) -> str:
    """The guards that speak against the change; and, where it won, those still open."""
    told = {state: tuple(_title(one, language) for one in study.guards if one.state == state) for state in GUARDS}
    broken = (*told["broken"], *told["worse"])
    if broken:
        return language.t("But this got worse: {kpis}.", kpis=language.list(broken))
    if told["not_yet"] and study.verdict == "b":
        return language.t("Not told yet whether this suffers: {kpis}.", kpis=language.list(told["not_yet"]))
    return ""


def _title(one: Guarded, language: Language) -> str:
    return language.catalogue(one.found.series.kpi.title) if one.found is not None else one.guard.kpi


def _plan_sentence(plan: Plan | None, language: Language) -> str:
    return " " + plan_sentence(plan, language) if plan is not None else ""


def plan_sentence(plan: Plan, language: Language) -> str:
    """How long it will take."""
    t = language.t
    percent = language.value(plan.percent, "percent")
    if plan.daily is None:
        told = t("A difference of {percent} cannot be told within five years.", percent=percent)
        told += " " + t("Take more members into the arms, a KPI earlier in the funnel, or a larger difference.")
    else:
        told = t("A difference of {percent} takes up to {time}.", percent=percent, time=span(plan.daily, language))
        told = f"{told} {volume(plan, plan.daily, language)}"
    if plan.longer is not None and (plan.daily is None or plan.longer < 0.8 * plan.daily):
        told += " " + t("With half a year before the start instead of {before} days: {time}.", before=plan.before,
                        time=span(plan.longer, language))  # fmt: skip
    return told


def span(days: int, language: Language) -> str:
    """«24 days», «8 weeks», «14 months»."""
    if days <= 28:
        return language.tn("{n} day", "{n} days", days)
    if days <= 26 * 7:
        return language.tn("{n} week", "{n} weeks", math.ceil(days / 7))
    return language.tn("{n} month", "{n} months", math.ceil(days / 30.4375))


def volume(plan: Plan, days: int, language: Language) -> str:
    """«That is 4 200 rows, 21 000 in the denominator.»"""
    rows = language.value(plan.rows * days, "count")
    if plan.traffic is None:
        return language.t("That is about {rows} rows.", rows=rows)
    return language.t("That is about {rows} rows with {traffic} in the denominator.", rows=rows,
                      traffic=language.value(plan.traffic * days, "count"))  # fmt: skip


def worth_sentence(one: Worth | None, language: Language) -> str:
    """Where roubles come from."""
    if one is None:
        return language.t("In roubles it cannot be told: enter what one more is worth.")
    if one.source == "money":
        return language.t("The KPI is in roubles: the gain is the effect times the volume of both arms in a month.")
    value = language.value(one.value, "money")
    if one.source == "entered":
        return language.t("One more is worth {value}, as you entered.", value=value)
    counted = {
        "orders": language.t("One more order is worth {value}", value=value),
        "contacts": language.t("One more contact is worth {value}", value=value),
        "views": language.t("One more view is worth {value}", value=value),
        "impressions": language.t("One more impression is worth {value}", value=value),
    }[one.of]
    if one.source == "gross_profit":
        return language.t("{worth}: by the gross profit of an order in the 90 days before the start.", worth=counted)
    return language.t("{worth}: by the average ticket in the 90 days before the start; costs are not loaded.",
                      worth=counted)  # fmt: skip


def changed(before: Version | None, after: Version) -> tuple[str, ...]:
    """Names of the fields that a version of the history changed."""
    if before is None:
        return ()
    return tuple(name for name in FIELDS if getattr(before.design, name) != getattr(after.design, name))


def days_text(design: Design, language: Language) -> str:
    """«5 сент. – 28 окт. 2026»."""
    return language.span(design.start, design.end)
