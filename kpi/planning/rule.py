"""A target from data: a rule that gives a number for every period it begins to judge.

Invariant: a number depends only on periods that were over before the one it is for; it is rounded to four significant
figures, so that it can be said.
"""

import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from data.errors import UserError
from data.message import Message, say
from kpi.model import Better, Bounds

Base = Literal["last_year", "best", "median", "average", "previous"]
RuleGrain = Literal["month", "quarter"]

BASES: tuple[Base, ...] = get_args(Base)
GRAINS: tuple[RuleGrain, ...] = get_args(RuleGrain)
MOST_PERIODS = 36
FIGURES = 4
"""Significant figures of a number."""


@dataclass(frozen=True)
class Rule:
    """How a number comes from the past."""

    base: Base
    """The same period a year before; the best, the median or the mean of the last periods; or the last one."""
    grain: RuleGrain = "month"
    """Length of the periods it gives numbers for and looks at."""
    periods: int = 12
    """How many periods back it looks (best, median, average)."""
    percent: float = 0.0
    """Per cent on top of the base; below zero: off it."""
    slack: float | None = None
    """Per cent of the number by which it may be missed and still be acceptable; None: by nothing."""

    @property
    def looks_back(self) -> int:
        """Periods before the one it is for that it may need."""
        if self.base == "last_year":
            return 12 if self.grain == "month" else 4
        return 1 if self.base == "previous" else self.periods

    def base_of(self, before: Sequence[float], better: Better) -> float | None:
        """What the number starts from, of the periods just before, in time order (NaN: no value).

        None: too little is known; of the last N periods at least half must have a value.
        """
        window = list(before)[-self.looks_back :]
        if self.base in ("last_year", "previous"):
            value = window[0] if len(window) == self.looks_back else math.nan
            return None if math.isnan(value) else value
        known = [value for value in window if not math.isnan(value)]
        if not known or 2 * len(known) < self.periods:
            return None
        if self.base == "best":
            return max(known) if better == "higher" else min(known)
        return statistics.median(known) if self.base == "median" else statistics.fmean(known)

    def bounds(self, base: float, better: Better) -> Bounds:
        """The bounds of a period whose base is known."""
        good = _rounded(base * (1 + self.percent / 100))
        away = -1 if better == "higher" else 1
        ok = None if self.slack is None else _rounded(good + away * abs(good) * self.slack / 100)
        return Bounds(good_low=good, ok_low=ok) if better == "higher" else Bounds(good_high=good, ok_high=ok)


def rule_to_json(rule: Rule) -> str:
    """The rule as it is stored."""
    return json.dumps(asdict(rule))


def rule_from_json(text: str) -> Rule:
    """The rule that was stored."""
    return checked(Rule(**json.loads(text)))


def checked(rule: Rule) -> Rule:
    """The rule; `UserError` says what is wrong with it."""
    if rule.base not in BASES:
        raise UserError(say("«{name}» is none of {known}.", name=rule.base, known=", ".join(BASES)))
    if rule.grain not in GRAINS:
        raise UserError(say("«{name}» is none of {known}.", name=rule.grain, known=", ".join(GRAINS)))
    if not 2 <= rule.periods <= MOST_PERIODS:
        raise UserError(say("A rule looks back over 2 to {most} periods.", most=MOST_PERIODS))
    if not -100 < rule.percent <= 1000 or not (rule.slack is None or 0 <= rule.slack < 100):
        raise UserError(say("The per cent of the rule are out of range."))
    return rule


def told(rule: Rule) -> Message:
    """The rule in words: «the best of the last 4 quarters + 10 %»."""
    base = _BASES[rule.base, rule.grain]
    named = Message(base.text, {"n": rule.periods})
    if not rule.percent:
        return named
    if rule.percent > 0:
        return say("{base} plus {percent}%", base=named, percent=rule.percent)
    return say("{base} minus {percent}%", base=named, percent=-rule.percent)


_BASES: dict[Any, Message] = {
    ("last_year", "month"): say("the same month a year before"),
    ("last_year", "quarter"): say("the same quarter a year before"),
    ("best", "month"): say("the best of the last {n} months"),
    ("best", "quarter"): say("the best of the last {n} quarters"),
    ("median", "month"): say("the median of the last {n} months"),
    ("median", "quarter"): say("the median of the last {n} quarters"),
    ("average", "month"): say("the mean of the last {n} months"),
    ("average", "quarter"): say("the mean of the last {n} quarters"),
    ("previous", "month"): say("the month before"),
    ("previous", "quarter"): say("the quarter before"),
}  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.{FIGURES}g}")
