"""The run rules: patterns of points that noise makes seldom.

Invariant: a rule marks every point that is part of its pattern; a point on the centre line breaks a run. Sources: NHS
Making Data Count (seven points), Western Electric 1956 (two of three in the outer third).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, get_args

Rule = Literal["outside", "near", "run", "trend"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""In the order of their weight: where several are broken, the first says in which direction."""

RUN = 7
"""Points on one side of the centre, or steadily rising or falling."""
SEASONAL_RUN = 9
"""The same on one side, where a season was taken out: its fit takes up noise, but not the level of a whole year."""
NEAR = 2 / 3
"""Part of the way from the centre to a limit, beyond which two of three points are a signal."""

Marks = tuple[int, ...]
"""One a point: 1 up, −1 down, 0 no signal."""


def signs(distances: Sequence[float]) -> Marks:
    """On which side of the centre each point lies."""
    return tuple((d > 0) - (d < 0) for d in distances)


def outside(distances: Sequence[float]) -> Marks:
    """Points beyond a limit; distances from the centre are in limits, so that 1 is the limit."""
    return tuple((d > 1) - (d < -1) for d in distances)


def near(distances: Sequence[float]) -> Marks:
    """Points beyond two thirds of the way to one limit, where two of three neighbours are."""
    far = tuple((d > NEAR) - (d < -NEAR) for d in distances)

    def among(place: int, side: int) -> bool:
        starts = range(max(place - 2, 0), min(place, len(far) - 3) + 1)
        return any(far[start : start + 3].count(side) >= 2 for start in starts)

    return tuple(side if side and among(place, side) else 0 for place, side in enumerate(far))


def runs(distances: Sequence[float], least: int = RUN) -> Marks:
    """Points of a run of so many or more on one side of the centre."""
    return _stretches(signs(distances), least)


def trends(values: Sequence[float]) -> Marks:
    """Points of seven or more that steadily rise or fall."""
    steps = _stretches(signs([b - a for a, b in pairwise(values)]), RUN - 1)
    return tuple(
        (steps[place - 1] if place else 0) or (steps[place] if place < len(steps) else 0)
        for place in range(len(values))
    )


def _stretches(sides: Sequence[int], least: int) -> Marks:
    """The sides, where at least so many neighbours are alike."""
    marks: list[int] = []
    for place, side in enumerate(sides):
        begins, ends = _while(sides, place, -1), _while(sides, place, 1)
        marks.append(side if side and begins + ends + 1 >= least else 0)
    return tuple(marks)


def _while(sides: Sequence[int], place: int, step: int) -> int:
    """How many neighbours in one direction are like the one at `place`."""
    count, at = 0, place + step
    while 0 <= at < len(sides) and sides[at] == sides[place]:
        count, at = count + 1, at + step
    return count
