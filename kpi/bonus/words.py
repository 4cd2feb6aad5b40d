"""Bonuses in words: money to the kopeck, what a target is, what a step is, what is wrong.

Invariant: a number that is counted with is written with every figure it has, so a reader can count it again.
"""

from collections.abc import Mapping
from decimal import Decimal

from data.message import Message, say, say_n
from kpi.bonus.curve import Curve
from kpi.bonus.inputs import Side, Why
from kpi.bonus.steps import Ahead
from kpi.bonus.warnings import Warned
from kpi.language import Language
from kpi.model import Unit

MOST_NAMES = 4
"""People named in a warning."""
WHY: Mapping[Why, Message] = {
    "unavailable": say("cannot be computed for one person here"),
    "no_value": say("there is nothing to count"),
    "too_few": say("too few cases to judge"),
    "no_target": say("no target is set"),
    "no_team": say("the person is in no such group"),
    "not_asked": say("does not count in this scheme"),
}
"""Why a KPI cannot be paid."""
OVER: Mapping[str, Message] = {
    "company": say("the whole business"),
    "branch": say("the branch"),
    "team": say("the team"),
    "role": say("the role"),
}
"""Whose result it is."""


def money(words: Language, amount: Decimal) -> str:
    """«30 276 ₽», with kopecks where there are any."""
    return words.value(float(amount), "money", exact=True)


def signed(words: Language, amount: Decimal) -> str:
    """«+159 ₽», «−2 000 ₽», «0 ₽»."""
    return ("+" if amount > 0 else "") + money(words, amount)


def percent(words: Language, value: Decimal) -> str:
    """«138,63 %»."""
    return words.value(float(value), "percent", exact=True)


def counted(words: Language, value: Decimal | None, unit: Unit) -> str:
    """A value as it is counted with; «—» for none."""
    return words.value(None if value is None else float(value), unit, exact=True)


def levels(words: Language, curve: Curve | None, unit: Unit) -> str:
    """«10 – 20 – 40 %»: where it begins to pay, pays in full and pays no more."""
    if curve is None:
        return "—"
    points = [curve.threshold, curve.target, curve.cap, *([curve.outer] if curve.outer is not None else [])]
    *first, last = [counted(words, point, unit) for point in points]
    return " – ".join([*(words.number(float(point), 4) for point in points[: len(first)]), last])


def why(words: Language, side: Side) -> str:
    """Why a side cannot be paid; empty: it can."""
    return words.render(WHY[side.why]) if side.why else ""


def step(words: Language, one: Ahead, unit: Unit) -> str:
    """«one more of the counted jobs: +159 ₽; up to 40 %: +796 ₽»."""
    told = words.t("{step}: {pays}", step=_step_name(words, one, unit), pays=signed(words, one.pays))
    if one.point is None:
        return words.t("pays no more: the cap is reached")
    reached = words.t(
        "up to {point}: {pays}", point=counted(words, one.point, unit), pays=signed(words, one.point_pays)
    )
    return f"{told}; {reached}"


def _step_name(words: Language, one: Ahead, unit: Unit) -> str:
    by = words.difference(float(one.by), 0.0, unit)
    if one.step == "one_of":
        better = one.by > 0
        return words.t("one more such case ({by})", by=by) if better else words.t("one such case less ({by})", by=by)
    if one.step == "one_average":
        return words.t("one more of average size ({by})", by=by)
    return words.t("one more") if one.step == "one" else words.t("1% of the target ({by})", by=by)


def warning(words: Language, warned: Warned, title: str) -> str:
    """One thing that is wrong with a scheme, as a sentence."""
    more = len(warned.people) > MOST_NAMES
    names = ", ".join(warned.people[:MOST_NAMES]) + "…" if more else words.list(warned.people)
    return f"{title}: {words.render(_WARNINGS[warned.kind])} " + words.render(
        say_n("({n} of {all} people: {names})", "({n} of {all} people: {names})", len(warned.people), all=warned.of,
              names=names)
    )  # fmt: skip


_WARNINGS: Mapping[str, Message] = {
    "beyond_limits": say("the target lies beyond what the person ever comes to: it needs another way of working."),
    "always_paid": say("the target is met in every ordinary month: it is paid without effort."),
    "not_personal": say("cannot be told person by person: nobody can influence it alone. Let the team's part pay it."),
    "same_for_all": say("the differences between people are no larger than chance: it pays for luck."),
    "small_sample": say("too few cases in most months: the result is chance."),
    "one_row_moves": say("one case more or less moves the payout by a quarter or more."),
    "no_target": say("no target is set, so its weight goes to the others."),
    "no_fund": say("no bonus fund in the staff list, so nothing is paid."),
}
