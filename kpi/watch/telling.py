"""From a course to what is told of it: one move, one season.

Invariant: what is told was seen in complete periods only; a move is told from its first period to its last.
"""

from collections.abc import Sequence

from kpi.signals.course import Course, Reading
from kpi.signals.rules import RULES
from kpi.signals.state import favour
from kpi.watch.series import Watched
from kpi.watch.signal import Signal

MATTERS = 1.5
"""How many times the other months' the months of a season are at least, to be told."""


def change(w: Watched, recent: int) -> tuple[Signal, ...]:
    """The moves of the latest periods, the newest first: neighbouring signals in one direction are one move."""
    if not w.course.readings or w.course.last.limits is None:
        return ()
    earliest = len(w.course.readings) - recent
    return tuple(_move(w, a, b) for a, b in reversed(_moves(w.course)) if b > earliest)


def _moves(course: Course) -> list[tuple[int, int]]:
    """From–to places of neighbouring signals in one direction; `to` is the place after the last."""
    moves: list[tuple[int, int]] = []
    for place, reading in enumerate(course.readings):
        if not reading.side:
            continue
        goes_on = moves and moves[-1][1] == place and course.readings[place - 1].side == reading.side
        if goes_on and place not in course.starts:
            moves[-1] = (moves[-1][0], place + 1)
        else:
            moves.append((place, place + 1))
    return moves


def _move(w: Watched, a: int, b: int) -> Signal:
    readings = w.course.readings[a:b]
    rules = {rule for reading in readings for rule in reading.rules}
    value, usual = _mean(w, range(a, b)), _centre(readings)
    return Signal(
        "change", w.kpi, w.scope, w.grain, w.days[a][0], w.days[b - 1][1], b == len(w.course.readings), value, usual,
        favour(readings[-1].side, usual, value, w.kpi.better, w.bounds), min(r.chance for r in readings),
        tuple(rule for rule in RULES if rule in rules),
    )  # fmt: skip


def _mean(w: Watched, places: Sequence[int]) -> float:
    """The mean over periods; of a share, the share of all rows together."""
    weights = [w.sizes[place] if w.sizes else 1 for place in places]
    total = sum(w.course.readings[place].value * weight for place, weight in zip(places, weights, strict=True))
    return total / sum(weights)


def _centre(readings: Sequence[Reading]) -> float:
    centres = [reading.limits.mean for reading in readings if reading.limits]
    return sum(centres) / len(centres)


def seasonal(w: Watched) -> tuple[Signal, ...]:
    """The months that differ every year, where they differ by much; the shorter part of the year is told."""
    if w.course.season is None or w.grain != "month":
        return ()
    effects = {int(str(month)): effect for month, effect in w.course.season.effects.items()}
    middle = (min(effects.values()) + max(effects.values())) / 2
    high = {month for month, effect in effects.items() if effect > middle}
    months = high if len(high) <= len(effects) / 2 else effects.keys() - high
    inside = [place for place, (first, _) in enumerate(w.days) if first.month in months]
    outside = [place for place, (first, _) in enumerate(w.days) if first.month not in months]
    value, usual = _mean(w, inside), _mean(w, outside)
    if min(value, usual) <= 0 or max(value, usual) < MATTERS * min(value, usual):
        return ()
    good = favour(1 if value > usual else -1, usual, value, w.kpi.better, w.bounds)
    return (
        Signal(
            "season", w.kpi, w.scope, w.grain, w.days[0][0], w.days[-1][1], True, value, usual, good,
            w.course.season.chance, months=tuple(sorted(months)),
        ),
    )  # fmt: skip
