"""What a forecast says in words: the same on the screen and in the terminal.

Invariant: a chance is whole per cent and never «0 %» or «100 %» while anything is open.
"""

import math
from collections.abc import Mapping

from data.message import Message, say
from kpi.forecast.asking import Told
from kpi.forecast.chance import chance_of_meeting
from kpi.forecast.model import SHARE, Forecast, Method, Past
from kpi.language import Language

METHOD_NAMES: Mapping[Method, Message] = {
    "pace": say("fact ÷ days passed × days"),
    "pace_by_weekday": say("the pace of this period, each weekday by its weight"),
    "weekdays": say("the level of the last eight weeks, each weekday by its weight"),
    "steady_weekdays": say("the level of the last quarter, each weekday by its weight"),
    "last_year": say("the level of the last weeks by weekday, times last year's course"),
    "month_days": say("the same days of the last six months"),
    "so_far": say("the value so far"),
    "mixed": say("the value so far, and the rest as in the last periods"),
    "usual": say("the value the last periods ended with"),
    "grown": say("the value so far, growing on as in the last periods"),
}
"""Method → its name."""


def chance_text(told: Told, words: Language) -> str | None:
    """The chance of meeting the target; None where there is no target, or nothing to tell it by."""
    if told.forecast is None or told.bounds is None:
        return None
    chance = chance_of_meeting(told.forecast, told.bounds)
    if math.isnan(chance):
        return None
    whole = chance in (0.0, 1.0)
    return words.value(100 * chance if whole else float(min(max(round(100 * chance), 1), 99)), "percent")


def target_text(told: Told, words: Language) -> str:
    """The target of the period; empty where none is set."""
    return words.target(told.bounds.good_low, told.bounds.good_high, told.kpi.unit) if told.bounds else ""


def sentence(told: Told, found: Forecast, words: Language) -> str:
    """«By 30 Nov about 412 is expected (390 to 431). The target, at least 400, will be met with a chance of 82 %.»"""
    t, unit = words.t, told.kpi.unit
    shown = {"day": words.day(told.span.until), "expected": words.value(found.expected, unit)}
    if found.low is None or found.high is None:
        parts = [t("By {day} about {expected} is expected; there is too little history for an interval.", **shown)]
    else:
        ends = {"low": words.value(found.low, unit), "high": words.value(found.high, unit)}
        parts = [t("By {day} about {expected} is expected, most likely {low} to {high}.", **shown, **ends)]
    chance = chance_text(told, words)
    if chance is not None:
        parts.append(
            t(
                "The target, {target}, will be met with a chance of {chance}.",
                target=target_text(told, words),
                chance=chance,
            )
        )
    if told.due is not None:
        due, fact = words.value(told.due, unit), words.value(found.fact, unit)
        parts.append(
            t("On {day} it should be at {due}; it is at {fact}.", day=words.day(found.now), due=due, fact=fact)
        )
    return " ".join(parts)


def record(told: Told, past: Past, words: Language) -> list[str]:
    """How well the method did before, a sentence each."""
    t, tn = words.t, words.tn

    def off(error: float) -> str:
        if told.kpi.additive:
            return words.value(100 * error, "percent")
        return words.difference(error, 0.0, told.kpi.unit).lstrip("+") if error else words.value(0.0, told.kpi.unit)

    said = [
        tn(
            "Tried on {n} past period at several points, half of its forecasts were off by {error} at most;"
            " the simple pace by {pace}.",
            "Tried on {n} past periods at several points of each, half of its forecasts were off by {error} at most;"
            " the simple pace by {pace}.",
            past.periods, error=off(past.error), pace=off(past.pace_error),
        )
    ]  # fmt: skip
    if past.now_error is not None and past.now_pace_error is not None:
        said.append(
            t(
                "At the same point of a period as now: {error}, the simple pace {pace}.",
                error=off(past.now_error), pace=off(past.now_pace_error),
            )
        )  # fmt: skip
    if past.held is not None:
        held, share = words.value(float(round(100 * past.held)), "percent"), words.value(100 * SHARE, "percent")
        said.append(t("Its interval held {held} of what came; it promises {share}.", held=held, share=share))
    return said
