"""Roubles without a binary fraction, and sums that add up.

Invariant: parts of an amount add up to it to the last unit, whatever their weights; what is rounded is rounded half
away from zero, as a calculator and a spreadsheet round.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
KOPECK = Decimal("0.01")
CENTI = Decimal("0.01")
"""Values and percentages are taken with two decimals, so that what is shown is what is counted with."""
FINE = Decimal("0.0001")
"""Points of a pool and KPIs per person need more of them."""


def rounded(value: Decimal, unit: Decimal = KOPECK) -> Decimal:
    """To the nearest whole number of units, halves away from zero."""
    if unit <= ONE:  # a power of ten: nothing to divide by
        return value.quantize(unit, rounding=ROUND_HALF_UP)
    return (value / unit).quantize(ONE, rounding=ROUND_HALF_UP) * unit


def of_float(value: float, unit: Decimal = CENTI) -> Decimal:
    """A measured value as it is counted with: its shortest decimal spelling, rounded."""
    return rounded(Decimal(f"{value:.12g}"), unit)


def percent_of(value: Decimal, *percents: Decimal) -> Decimal:
    """The percentages of a value one after the other, unrounded."""
    for percent in percents:
        value = value * percent / HUNDRED
    return value


def apportioned(amount: Decimal, weights: Sequence[Decimal], unit: Decimal = KOPECK) -> list[Decimal]:
    """The amount divided by the weights in whole units: the largest remainders get what is left, earlier ones first.

    The amount is a whole number of units. All weights 0: nothing is given to anybody.
    """
    total = sum(weights, ZERO)
    if total <= 0:
        return [ZERO for _ in weights]
    units = amount / unit
    exact = [units * weight / total for weight in weights]
    whole = [share.to_integral_value(rounding=ROUND_FLOOR) for share in exact]
    left = int(units - sum(whole, ZERO))
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[:left]:
        whole[place] += 1
    return [share * unit for share in whole]
