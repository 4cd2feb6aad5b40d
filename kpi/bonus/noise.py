"""How much of a bonus's swing from month to month is noise.

Invariant: noise is what stays within a KPI's natural limits (kpi/signals); a bonus without it is the same reckoning
with every such value at its centre line. What is left of the swing comes from real changes, time worked and gates.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kpi.bonus.inputs import KpiInput, MonthInput, Side
from kpi.bonus.money import CENTI, FINE, HUNDRED, ONE, of_float, rounded
from kpi.signals import Course, Limits, course

Key = tuple[str, str, str]
"""(Person, KPI id, own or common)."""
Point = tuple[int, Side, Decimal]
"""Number of the month, the value, per cent of the month worked."""


@dataclass(frozen=True)
class Series:
    """The months of one value that are measured."""

    course: Course
    """Against their natural limits; of sums for a whole month's work."""
    still: Mapping[int, Side]
    """Number of the month → the value at its centre line, where it is noise."""
    values: Mapping[int, float]
    """Number of the month → the value, of sums for a whole month's work."""


Known = dict[Hashable, Series]
"""Series by what they are made of: a branch's are those of all its people, another scheme's often the same."""


@dataclass(frozen=True)
class Natural:
    """The courses of all values of a year."""

    series: Mapping[Key, Series]
    """Every series."""

    def limits(self, name: str, kpi: str) -> Limits | None:
        """Natural limits of a person's latest stretch, of sums for a whole month's work; None: too few months."""
        found = self.series.get((name, kpi, "own"))
        return found.course.last.limits if found and found.course.readings else None

    def still(self, months: Sequence[MonthInput]) -> tuple[MonthInput, ...]:
        """The same months with every value that is noise at its centre line."""
        return tuple(self._still(number, month) for number, month in enumerate(months))

    def _still(self, number: int, month: MonthInput) -> MonthInput:
        people = tuple(
            replace(person, kpis=tuple(self._kpi(number, person.name, kpi) for kpi in person.kpis))
            for person in month.people
        )
        return replace(month, people=people)

    def _kpi(self, number: int, name: str, kpi: KpiInput) -> KpiInput:
        personal = self._side(number, (name, kpi.kpi, "own"), kpi.personal)
        return KpiInput(kpi.kpi, kpi.title, kpi.unit, personal, self._side(number, (name, kpi.kpi, "common"), kpi.team))

    def _side(self, number: int, key: Key, side: Side) -> Side:
        found = self.series.get(key)
        return side if found is None else found.still.get(number, side)


def natural(months: Sequence[MonthInput], known: Known | None = None) -> Natural:
    """The course of every value. `known`: series that were made before, as long as their months are kept."""
    points: dict[Key, list[Point]] = {}
    for number, month in enumerate(months):
        for person in month.people:
            for kpi in person.kpis:
                for name, side, share in (("own", kpi.personal, person.share), ("common", kpi.team, HUNDRED)):
                    if side.is_measured and share:
                        points.setdefault((person.name, kpi.kpi, name), []).append((number, side, share))
    kept: Known = {} if known is None else known
    return Natural({key: _kept(found, kept) for key, found in points.items()})


def _kept(points: Sequence[Point], known: Known) -> Series:
    key = tuple([(number, id(side), share) for number, side, share in points])
    if key not in known:
        known[key] = _series(points)
    return known[key]


def _series(points: Sequence[Point]) -> Series:
    shares = all(side.step == "one_of" for _, side, _ in points)
    values = [float((side.value or 0) * whole(side, share)) for _, side, share in points]
    found = course(values, sizes=[side.rows for _, side, _ in points] if shares else None)
    still = {
        number: replace(side, value=rounded(of_float(reading.limits.mean, FINE) / whole(side, share), CENTI))
        for (number, side, share), reading in zip(points, found.readings, strict=True)
        if reading.limits is not None and not reading.rules
    }
    return Series(found, still, dict(zip((number for number, *_ in points), values, strict=True)))


def whole(side: Side, share: Decimal) -> Decimal:
    """By how much a sum of part of a month is multiplied to be one of a whole month."""
    return HUNDRED / share if side.step in ("one", "one_average") and share else ONE


def swing(totals: Sequence[Decimal]) -> Decimal:
    """Mean change from month to month, whatever its sign."""
    moves = [abs(b - a) for a, b in pairwise(totals)]
    return sum(moves, Decimal(0)) / len(moves) if moves else Decimal(0)


def noise_share(seen: Sequence[Decimal], still: Sequence[Decimal]) -> Decimal | None:
    """Per cent of the swing that goes away with the noise; None: nothing swings."""
    moved = swing(seen)
    if not moved:
        return None
    return max(Decimal(0), min(HUNDRED, HUNDRED * (moved - swing(still)) / moved)).quantize(CENTI)
