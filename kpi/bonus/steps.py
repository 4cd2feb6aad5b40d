"""What one step more would have paid, KPI by KPI.

Invariant: a step changes one value of one person, by as much as one more row moves it; all else stays as it was, and
the bonus is reckoned anew with the same rules.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.bonus.inputs import Side, Step
from kpi.bonus.money import HUNDRED, rounded
from kpi.bonus.reckoning import again
from kpi.bonus.scheme import Scheme
from kpi.bonus.slip import Sheet, Slip


@dataclass(frozen=True)
class Ahead:
    """What more of one KPI would have paid."""

    kpi: str
    """KPI id."""
    step: Step
    """What one step is."""
    by: Decimal
    """How much it moves the value; below 0 where lower is better."""
    pays: Decimal
    """Roubles it would have added."""
    point: Decimal | None
    """The next level of the curve; None: nothing more is paid for this KPI."""
    point_pays: Decimal
    """Roubles that reaching it would have added."""


def ahead(scheme: Scheme, sheet: Sheet, slip: Slip) -> tuple[Ahead, ...]:
    """For each KPI of somebody's bonus whose own value counts."""
    found = [_ahead(scheme, sheet, slip, place) for place in range(len(slip.parts))]
    return tuple(one for one in found if one is not None)


def _ahead(scheme: Scheme, sheet: Sheet, slip: Slip, place: int) -> Ahead | None:
    part = slip.parts[place]
    side = part.given.personal
    if side.curve is None or side.value is None or not side.is_measured or not part.personal.weight:
        return None
    by = _size(side)
    point = side.curve.next_point(side.value)
    more = _pays(scheme, sheet, slip, place, side.value + by)
    reaching = Decimal(0) if point is None else _pays(scheme, sheet, slip, place, point)
    return Ahead(part.given.kpi, side.step, by, more, point, reaching)


def _size(side: Side) -> Decimal:
    """How far one step is, towards better."""
    assert side.curve is not None
    assert side.value is not None
    size = side.spread or abs(rounded(side.curve.target / HUNDRED))
    if side.curve.better == "band":
        return size if side.value < side.curve.target else -size if side.value > side.curve.cap else Decimal(0)
    return size if side.curve.better == "higher" else -min(size, max(side.value, Decimal(0)))


def _pays(scheme: Scheme, sheet: Sheet, slip: Slip, place: int, value: Decimal) -> Decimal:
    """What another value of one KPI would have added."""
    kpis = list(slip.person.kpis)
    kpis[place] = replace(kpis[place], personal=replace(kpis[place].personal, value=value))
    return again(scheme, sheet, replace(slip.person, kpis=tuple(kpis))).total - slip.total
