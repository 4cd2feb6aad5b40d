"""From the levels of a scheme, and the target in force, to a curve in the KPI's unit.

Invariant: a level that was said stands as it was said; one that was not comes from the target that judges the value
everywhere else, so no page shows another target for the same person.
"""

from dataclasses import dataclass
from decimal import Decimal

from kpi.bonus.curve import Curve
from kpi.bonus.money import HUNDRED, of_float, percent_of, rounded
from kpi.bonus.scheme import Level, Levels, Measure
from kpi.model import Bounds, Kpi

SHORT, BEYOND = Decimal(80), Decimal(120)
"""Per cent of the target where payment begins and ends, where nobody says otherwise."""


@dataclass(frozen=True)
class InForce:
    """What a curve is made from."""

    levels: Levels
    """As the scheme says."""
    bounds: Bounds
    """The target in force for the same value."""
    scale: Decimal = HUNDRED
    """Per cent of the month worked, by which the levels of a sum shrink."""


def curve_of(measure: Measure, kpi: Kpi, force: InForce, unit: Decimal) -> Curve | None:
    """The curve; None: there is no target."""
    if kpi.better == "band":
        return _band(measure, kpi, force.bounds, unit)
    found = _target(kpi, force)
    if found is None:
        return None
    higher = kpi.better == "higher"
    threshold = _level(force.levels.threshold, found) or _acceptable(kpi, force, unit)
    if threshold is None or (threshold > found if higher else threshold < found):
        threshold = percent_of(found, SHORT if higher else BEYOND)
    cap = _level(force.levels.cap, found)
    if cap is None or (cap < found if higher else cap > found):
        cap = percent_of(found, BEYOND if higher else SHORT)
    scale = force.scale if kpi.additive else HUNDRED
    begins, full, ends = (rounded(percent_of(x, measure.stretch, scale), unit) for x in (threshold, found, cap))
    return Curve(kpi.better, begins, full, ends, measure.pays_threshold, measure.pays_cap, measure.steps)


def _target(kpi: Kpi, force: InForce) -> Decimal | None:
    if force.levels.target is not None:
        return force.levels.target.number
    side = force.bounds.good_low if kpi.better == "higher" else force.bounds.good_high
    return None if side is None else of_float(side, Decimal("0.0001"))


def _acceptable(kpi: Kpi, force: InForce, unit: Decimal) -> Decimal | None:
    """Where the target in force is still acceptable; it says nothing of another target."""
    if force.levels.target is not None:
        return None
    side = force.bounds.ok_low if kpi.better == "higher" else force.bounds.ok_high
    return None if side is None else of_float(side, unit)


def _level(level: Level | None, target: Decimal) -> Decimal | None:
    if level is None:
        return None
    return percent_of(target, level.number) if level.of_target else level.number


def _band(measure: Measure, kpi: Kpi, bounds: Bounds, unit: Decimal) -> Curve | None:
    if bounds.good_low is None or bounds.good_high is None:
        return None
    sides = (bounds.ok_low or bounds.good_low, bounds.good_low, bounds.good_high, bounds.ok_high or bounds.good_high)
    levels = [rounded(percent_of(of_float(side, unit), measure.stretch), unit) for side in sides]
    outer_low, low, high, outer_high = levels
    return Curve(kpi.better, outer_low, low, high, measure.pays_threshold, HUNDRED, measure.steps, outer_high)
