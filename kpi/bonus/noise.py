"""How much of a bonus's swing from month to month is noise.

Invariant: noise is what stays within a KPI's natural limits (kpi/signals); a bonus without it is the same reckoning
with every such value at its centre line. What is left of the swing comes from real changes, time worked and gates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from kpi.bonus.inputs import KpiInput, MonthInput, Side
from kpi.bonus.money import CENTI, FINE, HUNDRED, ONE, of_float, rounded
from kpi.signals import Course, Limits, course

Series = Mapping[tuple[str, str, str], Course]
"""(Person, KPI id, personal or team) → its months, those that are measured."""


@dataclass(frozen=True)
class Natural:
    """The courses of all values of a year."""

    courses: Series
    """Every course."""
    places: Mapping[tuple[str, str, str], Mapping[int, int]]
    """The same keys → number of the month → place in the course."""

    def limits(self, name: str, kpi: str) -> Limits | None:
        """Natural limits of a person's latest stretch, of sums for a whole month's work; None: too few months."""
        found = self.courses.get((name, kpi, "personal"))
        return found.last.limits if found and found.readings else None

    def still(self, months: Sequence[MonthInput]) -> tuple[MonthInput, ...]:
        """The same months with every value that is noise at its centre line."""
        return tuple(self._still(number, month) for number, month in enumerate(months))

    def _still(self, number: int, month: MonthInput) -> MonthInput:
        people = tuple(
            replace(person, kpis=tuple(self._kpi(number, person.name, kpi, person.share) for kpi in person.kpis))
            for person in month.people
        )
        return replace(month, people=people)

    def _kpi(self, number: int, name: str, kpi: KpiInput, share: Decimal) -> KpiInput:
        personal = self._side(number, (name, kpi.kpi, "personal"), kpi.personal, share)
        return replace(kpi, personal=personal, team=self._side(number, (name, kpi.kpi, "team"), kpi.team, HUNDRED))

    def _side(self, number: int, key: tuple[str, str, str], side: Side, share: Decimal) -> Side:
        place = self.places.get(key, {}).get(number)
        if place is None or side.value is None:
            return side
        reading = self.courses[key].readings[place]
        if reading.limits is None or reading.rules:
            return side
        return replace(side, value=rounded(of_float(reading.limits.mean, FINE) / whole(side, share), CENTI))


def natural(months: Sequence[MonthInput]) -> Natural:
    """The course of every value."""
    points: dict[tuple[str, str, str], list[tuple[int, Side, Decimal]]] = {}
    for number, month in enumerate(months):
        for person in month.people:
            for kpi in person.kpis:
                for name, side, share in (("personal", kpi.personal, person.share), ("team", kpi.team, HUNDRED)):
                    if side.is_measured and share and side.value is not None:
                        value = side.value * whole(side, share)
                        points.setdefault((person.name, kpi.kpi, name), []).append((number, side, value))
    courses = {key: _course(found) for key, found in points.items()}
    places = {key: {number: place for place, (number, *_) in enumerate(found)} for key, found in points.items()}
    return Natural(courses, places)


def whole(side: Side, share: Decimal) -> Decimal:
    """By how much a sum of part of a month is multiplied to be one of a whole month."""
    return HUNDRED / share if side.step in ("one", "one_average") and share else ONE


def _course(points: Sequence[tuple[int, Side, Decimal]]) -> Course:
    shares = all(side.step == "one_of" for _, side, _ in points)
    return course([float(value) for *_, value in points], sizes=[s.rows for _, s, _ in points] if shares else None)


def swing(totals: Sequence[Decimal]) -> Decimal:
    """Mean change from month to month, whatever its sign."""
    moves = [abs(b - a) for a, b in pairwise(totals)]
    return sum(moves, Decimal(0)) / len(moves) if moves else Decimal(0)


def noise_share(seen: Sequence[Decimal], still: Sequence[Decimal]) -> Decimal | None:
    """Per cent of the swing that goes away with the noise; None: nothing swings."""
    whole = swing(seen)
    if not whole:
        return None
    return max(Decimal(0), min(Decimal(100), 100 * (whole - swing(still)) / whole)).quantize(CENTI)
