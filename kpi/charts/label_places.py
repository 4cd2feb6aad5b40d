"""Where the names of points can stand so that none lies over another name or point.

Invariant: pure; what has no free place gets none. Greedy: the most crowded point chooses first among eight places
around it (right, left, above, below, the corners). Names stand side by side only in the order of their points, so a
place free at one width is free at any greater.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LETTER, LINE = 6.6, 15.0
"""Pixels of an average letter and of a line of 12-pixel text."""
GAP = 9.0
"""Pixels between a point's middle and its name."""


@dataclass(frozen=True)
class Place:
    """Where a name stands."""

    align: str
    """left: it begins at its place; right: it ends there; center."""
    dx: float
    """Pixels to the right of the point."""
    dy: float
    """Pixels below the point."""


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

AROUND = (
    Place("left", GAP, 0), Place("right", -GAP, 0),
    Place("center", 0, -GAP - LINE / 2), Place("center", 0, GAP + LINE / 2),
    Place("left", GAP * 0.7, -LINE * 0.8), Place("left", GAP * 0.7, LINE * 0.8),
    Place("right", -GAP * 0.7, -LINE * 0.8), Place("right", -GAP * 0.7, LINE * 0.8),
)  # fmt: skip
"""In the order they are tried."""


def label_places(
    points: Sequence[tuple[float, float]], names: Sequence[str], width: float, height: float, taken: Sequence[Box] = ()
) -> list[Place | None]:
    """A place for each name; `points` in pixels from the left and top, `taken` boxes that must stay free."""
    dots = [(x, _around(x, y)) for x, y in points]
    boxes: list[tuple[float, Box]] = [*dots, *((width, box) for box in taken)]
    found: list[Place | None] = [None] * len(points)
    for i in sorted(range(len(points)), key=lambda i: -_neighbours(i, points)):
        others = [box for box in boxes if box is not dots[i]]
        for place in AROUND:
            box = _box(points[i], names[i], place)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            own = (points[i][0], box)
            if inside and all(_apart(own, other) for other in others):
                found[i] = place
                boxes.append(own)
                break
    return found


def _around(x: float, y: float) -> Box:
    return x - 5, y - 5, x + 5, y + 5


def _box(point: tuple[float, float], name: str, place: Place) -> Box:
    size, x, y = len(name) * LETTER, point[0] + place.dx, point[1] + place.dy
    left = {"left": x, "right": x - size, "center": x - size / 2}[place.align]
    return left, y - LINE / 2, left + size, y + LINE / 2


def _apart(one: tuple[float, Box], other: tuple[float, Box]) -> bool:
    """Whether two boxes with the places of their points are free of each other at this width and any greater."""
    (x, box), (other_x, other_box) = one, other
    if box[3] <= other_box[1] or other_box[3] <= box[1]:
        return True
    return (x <= other_x and box[2] <= other_box[0]) or (other_x <= x and other_box[2] <= box[0])


def _neighbours(i: int, points: Sequence[tuple[float, float]]) -> int:
    """How many points lie within the reach of a name."""
    x, y = points[i]
    return sum(abs(other[0] - x) < 110 and abs(other[1] - y) < 24 for other in points)
