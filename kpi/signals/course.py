"""A KPI's course against its natural limits: which periods are signals, and by which rule.

Invariant: limits are those of the stretch between two changes of process a period lies in; a stretch of fewer than six
periods has none and gives no signal. A share's limits follow the number behind each period (Laney's p′ chart, 2002),
which with equal numbers are those of the XmR chart exactly.
"""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from kpi.signals.chance import binomial_chance, t_chance
from kpi.signals.limits import FEWEST, LIMIT, Limits, moving_range
from kpi.signals.rules import NEAR, RULES, RUN, SEASONAL_RUN, Marks, Rule, near, outside, runs, trends
from kpi.signals.seasons import Season, season

SELDOM = 0.00135
"""Chance of a value beyond one limit where the noise is normal: three standard deviations."""
NEARLY = 0.0228
"""The same beyond two thirds of the way: two standard deviations."""
FREEDOM = 0.62
"""Degrees of freedom of a mean moving range, per moving range (Wheeler, Advanced Topics in SPC)."""


@dataclass(frozen=True)
class Reading:
    """One period of a course."""

    value: float
    """The KPI's value."""
    limits: Limits | None
    """Natural limits in that period; None: too few periods."""
    rules: tuple[Rule, ...] = ()
    """Rules it is part of, the weightiest first; empty: noise."""
    side: int = 0
    """1: a signal upwards, −1: downwards, 0: none."""
    chance: float = 1.0
    """How often noise alone makes the strongest of its patterns."""


@dataclass(frozen=True)
class Course:
    """Periods in order, each against the limits of its stretch."""

    readings: tuple[Reading, ...]
    """One a period."""
    starts: tuple[int, ...]
    """Places where a stretch begins; the first is 0."""
    season: Season | None = None
    """What was taken out before the limits were computed."""

    @property
    def last(self) -> Reading:
        """The latest period."""
        return self.readings[-1]

    def run(self) -> int:
        """How many of the latest periods lie on the side of the centre where the last one does."""
        sides = [_side(reading) for reading in self.readings[self.starts[-1] :]]
        count = next((n for n, side in enumerate(reversed(sides)) if side != sides[-1]), len(sides))
        return count if sides[-1] else 0


def course(
    values: Sequence[float],
    *,
    sizes: Sequence[int] | None = None,
    starts: Sequence[int] = (),
    seasons: Sequence[Hashable] | None = None,
    times: bool = False,
) -> Course:
    """The readings of values in time order, none missing.

    `sizes`: the values are shares in percent, of so many each. `starts`: places of the first period after a change of
    process. `seasons`: the season of each value, where seasons are to be looked for; `times`: they multiply.
    """
    values = [float(value) for value in values]
    begins = sorted({0, *(place for place in starts if 0 < place < len(values))})
    ends = [*begins[1:], len(values)]
    stretches = [number for number, (a, b) in enumerate(zip(begins, ends, strict=True)) for _ in range(b - a)]
    found = season(values, seasons, stretches, times=times) if seasons and values else None
    readings: list[Reading] = []
    for a, b in zip(begins, ends, strict=True):
        names = seasons[a:b] if seasons and found else None
        readings += _Stretch(values[a:b], sizes[a:b] if sizes else None, found, names).readings()
    return Course(tuple(readings), tuple(begins), found)


@dataclass(frozen=True)
class _Stretch:
    """Periods of one process."""

    values: Sequence[float]
    sizes: Sequence[int] | None
    season: Season | None
    names: Sequence[Hashable] | None

    def readings(self) -> list[Reading]:
        if len(self.values) < FEWEST:
            return [Reading(value, None) for value in self.values]
        plain = self._without_season()
        centre = self._centre(plain)
        scales = self._scales(centre)
        steps = [(value - centre) / scale for value, scale in zip(plain, scales, strict=True)]
        reach = LIMIT * moving_range(steps) * (self.season.widening if self.season else 1.0)
        # Rounding leaves distances of 1e-15 where all values are equal
        distances = [step / reach if reach > 1e-9 else 0.0 for step in steps]
        marks = self._marks(distances, plain, centre)
        return [
            self._reading(place, marks, distances, Limits(centre, centre - reach * scale, centre + reach * scale))
            for place, scale in enumerate(scales)
        ]

    def _without_season(self) -> list[float]:
        if self.season is None or self.names is None:
            return list(self.values)
        return [self.season.without(value, name) for value, name in zip(self.values, self.names, strict=True)]

    def _centre(self, values: Sequence[float]) -> float:
        """The mean; of shares, the share of all together."""
        weights = self.sizes or [1] * len(values)
        return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)

    def _scales(self, centre: float) -> list[float]:
        """How far noise moves each period, relative to the others: a share by its binomial deviation."""
        if self.sizes is None or not 0 < centre < 100:
            return [1.0] * len(self.values)
        return [math.sqrt(centre * (100 - centre) / size) for size in self.sizes]

    def _marks(self, distances: Sequence[float], plain: Sequence[float], centre: float) -> dict[Rule, Marks]:
        marks: dict[Rule, Marks] = {
            "outside": outside(distances),
            "near": near(distances),
            "run": runs(distances, SEASONAL_RUN if self.season else RUN),
            "trend": trends(plain),
        }
        if self.sizes is not None:
            chances = [self._binomial(place, value, centre) for place, value in enumerate(plain)]
            marks["outside"] = _seldom(marks["outside"], chances, SELDOM)
            marks["near"] = _seldom(marks["near"], chances, NEARLY)
        return marks

    def _binomial(self, place: int, value: float, centre: float) -> float:
        """Chance of so large or small a count by the binomial distribution: small counts are no bell."""
        size = self.sizes[place] if self.sizes else 0
        return binomial_chance(min(max(round(value * size / 100), 0), size), size, centre / 100)

    def _reading(self, place: int, marks: dict[Rule, Marks], distances: Sequence[float], limits: Limits) -> Reading:
        rules = tuple(rule for rule in RULES if marks[rule][place])
        reading = Reading(self.values[place], self._shown(place, limits), rules)
        if not rules:
            return reading
        chance = min(self._chance(rule, place, marks[rule], distances, limits.mean) for rule in rules)
        return replace(reading, side=marks[rules[0]][place], chance=min(chance, 1.0))

    def _chance(self, rule: Rule, place: int, marks: Marks, distances: Sequence[float], centre: float) -> float:
        """How often noise alone makes this pattern."""
        if rule == "run":
            return 2.0 * 0.5 ** _length(marks, place)
        if rule == "trend":
            return 2.0 / math.factorial(_length(marks, place))
        freedom = FREEDOM * (len(distances) - 1)
        if rule == "near":
            far = t_chance(3 * NEAR, freedom) / 2
            return 2 * (3 * far**2 * (1 - far) + far**3)
        chance = t_chance(3 * distances[place], freedom)
        if self.sizes is None:
            return chance
        return max(chance, 2 * self._binomial(place, self._without_season()[place], centre))

    def _shown(self, place: int, limits: Limits) -> Limits:
        """The limits with the season put back; a share's stay between 0 and 100, those of no negative value above 0."""
        ends = [limits.mean, limits.lower, limits.upper]
        if self.season is not None and self.names is not None:
            ends = [self.season.put_back(end, self.names[place]) for end in ends]
        least = 0.0 if self.sizes is not None or min(self.values) >= 0 else -math.inf
        most = 100.0 if self.sizes is not None else math.inf
        return Limits(*(min(max(end, least), most) for end in ends))


def _seldom(marks: Marks, chances: Sequence[float], limit: float) -> Marks:
    """The marks of points that are seldom by the binomial distribution too."""
    return tuple(side if chance <= limit else 0 for side, chance in zip(marks, chances, strict=True))


def _length(marks: Marks, place: int) -> int:
    """Points of the pattern around a place."""
    before = next((n for n in range(place) if marks[place - n - 1] != marks[place]), place)
    after = next((n for n in range(len(marks) - place - 1) if marks[place + n + 1] != marks[place]), None)
    return before + 1 + (after if after is not None else len(marks) - place - 1)


def _side(reading: Reading) -> int:
    if reading.limits is None:
        return 0
    return (reading.value > reading.limits.mean) - (reading.value < reading.limits.mean)
