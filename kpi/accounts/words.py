"""What the comparison says in words.

Invariant: every sentence names the figures it rests on; a member is called dearer only where chance does not explain
it.
"""

import math
from collections.abc import Mapping
from datetime import date

from kpi.accounts.model import PERIODS, Comparison, Difference, Member, Ratio
from kpi.accounts.steps import RATES, STEP, STEPS, Rate
from kpi.language import Language
from kpi.why.telling import dimension_title, member_title

MAIN = ("cost_per_contact", "cost_per_view", "cost_per_1000_impressions", "cost_per_done_order")
"""What the sentence is about: the first that is known."""
TWICE = (1.8, 2.3)
"""What is called twice as much."""


def name(comparison: Comparison, member: Member, words: Language) -> str:
    """A member as people read it."""
    if member.together:
        return words.tn("{n} other together", "{n} others together", member.together)
    if comparison.asked.by in PERIODS and member.member is not None:
        return words.period(date.fromisoformat(member.member), comparison.asked.by)
    if comparison.asked.by == "ad_id" and member.title:
        return f"{member.member} · {member.title}"
    return member_title(comparison.asked.by, member.member, words)


def slice_title(by: str, words: Language) -> str:
    """What the members are, as people call it."""
    own = {"month": words.t("Month"), "week": words.t("Week")}
    return own.get(by) or dimension_title(by, words)


def main_rate(comparison: Comparison) -> Rate | None:
    """The cost the page is about; None: no cost is known."""
    known = [one for one in MAIN if any(one in member.rates for member in comparison.named)]
    return RATES[known[0]] if known else None


def headline(comparison: Comparison, words: Language) -> str:
    """What matters, so that it can be read aloud."""
    parts = [_first(comparison, words), *_returns(comparison, words)]
    return f"{_capital(words.span(comparison.since, comparison.until))}: " + ". ".join(parts) + "."


def _first(comparison: Comparison, words: Language) -> str:
    t, rate, named = words.t, main_rate(comparison), comparison.named
    if rate is None:
        return t("what the advertisements cost is not known here")
    told = [member for member in named if rate.id in member.rates]
    what = _what(rate, words)
    if len(told) < 2:
        price = words.value(told[0].rate(rate.id), rate.unit)
        only = name(comparison, told[0], words)
        return t(
            "{what} costs {value} in «{name}», and there is nothing to compare it with",
            what=what,
            value=price,
            name=only,
        )
    dear = dearest(comparison, rate)
    if dear is not None:
        return _dear(comparison, dear, rate, words)
    values = [value for member in told if (value := member.rate(rate.id)) is not None]
    least, most = (words.value(end, rate.unit) for end in (min(values), max(values)))
    if all(_verdict(member, rate) == "too_few" for member in told):
        return t(
            "{what} costs {low} to {high}; the days are too few to say who is dearer", what=what, low=least, high=most
        )
    return t("{what} costs {low} to {high}: no difference beyond chance", what=what, low=least, high=most)


def dearest(comparison: Comparison, rate: Rate) -> Member | None:
    """The member whose contacts cost most money more than the others', beyond chance."""
    worse = [member for member in comparison.named if _verdict(member, rate) == "worse"]
    return max(worse, key=lambda member: member.differences[rate.id].money or 0.0, default=None)


def _verdict(member: Member, rate: Rate) -> str:
    return member.differences[rate.id].verdict if rate.id in member.differences else "too_few"


def _dear(comparison: Comparison, member: Member, rate: Rate, words: Language) -> str:
    """«Контакт в «Авито Область» стоит вдвое дороже, чем в «Авито Центр»: 330 ₽ против 165 ₽ — 41 000 ₽ в месяц»."""
    t, told = words.t, member.differences[rate.id]
    others = [one for one in comparison.members if one is not member and rate.id in one.rates]
    beside = t("«{name}»", name=name(comparison, others[0], words)) if len(others) == 1 else t("all others together")
    parts = {
        "what": _what(rate, words), "name": name(comparison, member, words), "beside": beside,
        "own": words.value(told.own, rate.unit), "others": words.value(told.others, rate.unit),
        "money": words.value(told.money, "money"),
    }  # fmt: skip
    if comparison.asked.by in PERIODS:
        return t("{what} was dearest in {name}: {own} against {others} in the rest of the time", **parts)
    ratio = told.own / told.others if told.others > 0 else math.inf
    if TWICE[0] <= ratio <= TWICE[1]:
        return t(
            "{what} costs twice as much in «{name}» as in {beside}: {own} against {others} — {money} a month", **parts
        )
    return t("{what} costs more in «{name}» than in {beside}: {own} against {others} — {money} a month", **parts)


def _what(rate: Rate, words: Language) -> str:
    t = words.t
    return {
        "cost_per_contact": t("a contact"), "cost_per_view": t("a view"),
        "cost_per_1000_impressions": t("a thousand impressions"), "cost_per_done_order": t("a done order"),
    }[rate.id]  # fmt: skip


def _returns(comparison: Comparison, words: Language) -> list[str]:
    """What a rouble brings, of the two that are furthest apart beyond chance."""
    rate = RATES["return_per_rouble"]
    judged = [one for one in comparison.named if _verdict(one, rate) in ("better", "worse")]
    if len(judged) < 2:
        return []
    ranked = sorted(judged, key=lambda one: one.rate("return_per_rouble") or 0.0)
    last, first = ranked[0], ranked[-1]
    parts = {
        "least": words.value(last.rate("return_per_rouble"), "money"), "last": name(comparison, last, words),
        "most": words.value(first.rate("return_per_rouble"), "money"), "first": name(comparison, first, words),
    }  # fmt: skip
    return [words.t("A rouble of spend brings {least} of revenue in «{last}» and {most} in «{first}»", **parts)]


def saving(comparison: Comparison, words: Language) -> str:
    """What would be saved, with its assumption; empty where nobody is dearer, and of months: none can be had again."""
    rate = None if comparison.asked.by in PERIODS else main_rate(comparison)
    dear = dearest(comparison, rate) if rate is not None else None
    if rate is None or dear is None:
        return ""
    told = dear.differences[rate.id]
    money = words.value(told.money, "money")
    if told.low is None or told.high is None or not told.own - told.others:
        return words.t("Assumed: as many contacts at the others' price. {money} in 30 days.", money=money)
    scale = (told.money or 0.0) / (told.own - told.others)
    low, high = (words.value(max(end * scale, 0.0), "money") for end in (told.low, told.high))
    return words.t(
        "{money} in 30 days ({low} to {high} with 95 % confidence) would be saved if «{name}» got as many at the "
        "others' price. Whether it can is not known: other cities and services have other prices.",
        money=money, low=low, high=high, name=name(comparison, dear, words),
    )  # fmt: skip


def verdict_text(rate: Rate, told: Difference | None, words: Language) -> str:
    """«▲ дороже остальных: 308 ₽ против 145 ₽ (+156…+169 ₽)»; empty where there is nothing to compare with."""
    t = words.t
    if told is None:
        return ""
    parts = {"own": words.value(told.own, rate.unit), "others": words.value(told.others, rate.unit)}
    if told.verdict == "too_few":
        return t("○ too few days to say: {own} against {others}", **parts)
    if rate.unit == "percent" and rate.better == "lower":
        word = {"worse": t("▲ higher than the others"), "better": t("● lower than the others")}.get(told.verdict)
        return t("{word}: {own} against {others}", word=word or t("○ no difference beyond chance"), **parts)
    word = {
        ("worse", "lower"): t("▲ dearer than the others"), ("better", "lower"): t("● cheaper than the others"),
        ("worse", "higher"): t("▲ lower than the others"), ("better", "higher"): t("● higher than the others"),
    }.get((told.verdict, rate.better), t("○ no difference beyond chance"))  # fmt: skip
    return t("{word}: {own} against {others}", word=word, **parts)


def interval(ratio: Ratio, words: Language) -> str:
    """«298–318»; empty where nothing is said of chance."""
    if ratio.low is None or ratio.high is None:
        return ""
    return f"{words.value(ratio.low, 'count')}–{words.value(ratio.high, 'count')}"


def counted(step: str, value: float | None, words: Language) -> str:
    """A step's sum as it is written."""
    return words.value(None if value is None else round(value, 2), STEP[step].unit)


def step_titles(words: Language) -> Mapping[str, str]:
    """Step → its name."""
    return {step.id: words.t(step.title.text) for step in (STEP["spend"], *STEPS)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
