"""What a value pays: nothing below the threshold, all at the target, no more from the cap on (pure).

Invariant: a better value never pays less; the result is a percentage with two decimals.
"""

from dataclasses import dataclass
from decimal import Decimal

from kpi.bonus.money import CENTI, HUNDRED, ONE, ZERO, rounded
from kpi.bonus.scheme import Brake
from kpi.model import Better


@dataclass(frozen=True, slots=True)
class Curve:
    """The payout of one KPI for one person or team, with every level in the KPI's unit."""

    better: Better
    """Which way is good."""
    threshold: Decimal
    """Where it begins to pay; of a band its outer lower end."""
    target: Decimal
    """Where it pays 100 %; of a band the lower end of good."""
    cap: Decimal
    """Where it pays no more; of a band the upper end of good."""
    pays_threshold: Decimal
    """Per cent paid at the threshold."""
    pays_cap: Decimal
    """Per cent paid at the cap; of a band unused."""
    steps: bool = False
    """No slope between the points."""
    outer: Decimal | None = None
    """Of a band: its outer upper end."""

    def payout(self, value: Decimal) -> Decimal:
        """Per cent paid for a value."""
        if self.better == "band":
            return self._in_band(value)
        if self.better == "higher":
            return self._risen(value, self.threshold, self.target, self.cap)
        return self._risen(-value, -self.threshold, -self.target, -self.cap)

    def _risen(self, at: Decimal, threshold: Decimal, target: Decimal, cap: Decimal) -> Decimal:
        if at < threshold:
            return ZERO
        if at < target:
            return self._between(at, threshold, target, self.pays_threshold, HUNDRED)
        return self._between(at, target, cap, HUNDRED, self.pays_cap) if at < cap else self.pays_cap

    def _between(self, at: Decimal, low: Decimal, high: Decimal, pays_low: Decimal, pays_high: Decimal) -> Decimal:
        if self.steps:
            return pays_low
        return rounded(pays_low + (pays_high - pays_low) * (at - low) / (high - low), CENTI)

    def _in_band(self, value: Decimal) -> Decimal:
        if self.target <= value <= self.cap:
            return HUNDRED
        outer = self.cap if self.outer is None else self.outer
        return self.pays_threshold if self.threshold <= value <= outer else ZERO

    def next_point(self, value: Decimal) -> Decimal | None:
        """The level after the value: threshold, target or cap; None: it pays no more than it does."""
        if self.better == "band":
            return None if self.target <= value <= self.cap else (self.target if value < self.target else self.cap)
        sign = ONE if self.better == "higher" else -ONE
        levels = (self.threshold, self.target, self.cap)
        return next((level for level in levels if sign * level > sign * value), None)


def left_by(brake: Brake, value: Decimal) -> Decimal:
    """Per cent that a brake leaves at a value of quality."""
    sign = ONE if brake.ends > brake.begins else -ONE
    at, begins, ends = sign * value, sign * brake.begins, sign * brake.ends
    if at <= begins:
        return HUNDRED
    if at >= ends:
        return brake.least
    return rounded(HUNDRED - (HUNDRED - brake.least) * (at - begins) / (ends - begins), CENTI)
