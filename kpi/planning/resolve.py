"""Which of the targets set for one KPI and scope judges a period, and with which numbers.

Invariant: what is not yet known on a day never judges it: a target entered later, or taken back by then, is left out.
The later entered of two wins from its first day on; the number of one period is an exception that stands beside
whatever was entered before it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kpi.model import Bounds, Grain, Target
from kpi.planning.spread import SIDES, Span, covered, months, scaled, spread

CELLS = ("plan", "cumulative")
"""Kinds that are for one calendar period only."""
LENGTHS: dict[Grain | None, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""Days of a calendar period at most."""


@dataclass(frozen=True)
class Timeline:
    """The targets of one KPI and scope, in the order they were entered, found quickly by their days."""

    changes: Sequence[Target]
    """All of them."""
    ruling: Sequence[tuple[int, Target]] = ()
    """Place in the order and target, of all but numbers of single periods; the last first."""
    cells: Mapping[Grain | None, tuple[list[date], list[tuple[int, Target]]]] = field(default_factory=dict)
    """Length of the periods → first days, ascending, and beside each its place and target."""

    def __post_init__(self) -> None:
        placed = list(enumerate(self.changes))
        grouped: dict[Grain | None, list[tuple[int, Target]]] = {}
        for place, change in placed:
            if change.kind in CELLS:
                grouped.setdefault(change.grain, []).append((place, change))
        ruling = [(place, change) for place, change in reversed(placed) if change.kind not in CELLS]
        for grain, cells in grouped.items():
            cells.sort(key=lambda cell: (cell[1].valid_from or date.min, cell[0]))
            firsts = [cell.valid_from or date.min for _, cell in cells]
            self.cells[grain] = firsts, cells  # type: ignore[index]
        object.__setattr__(self, "ruling", ruling)

    def near(self, span: Span) -> Iterator[tuple[int, Target]]:
        """Place and target of the single periods' numbers that share a day with the span."""
        for grain, (firsts, cells) in self.cells.items():
            longest = timedelta(days=LENGTHS.get(grain, 366))
            since = bisect_left(firsts, span.first - longest)
            for place, cell in cells[since : bisect_right(firsts, span.last)]:
                if (cell.valid_to or date.max) >= span.first:
                    yield place, cell


def in_force(changes: Timeline, span: Span, day: date, known: date | None, *, additive: bool) -> Target | None:
    """The target of the period `span` with its bounds for the whole of it; None: none of one's own.

    `day`: whose target it is that judges, at most the period's last. `known`: only what stood on that day counts; None:
    what stands now.
    """
    found_ruling = (one for one in changes.ruling if _stands(one[1], known) and _covers(one[1], day))
    place, rule = next(found_ruling, (-1, None))
    near = sorted((one for one in changes.near(span) if one[0] > place), key=lambda one: one[0])
    found = _of_cells(_latest(cell for _, cell in near if _stands(cell, known)), span, additive=additive)
    if found is not None or rule is None or rule.kind == "none":
        return found
    if rule.kind == "rule":
        return _of_rule(rule, [number for number in rule.numbers if _stands(number, known)], span, additive=additive)
    return _with(rule, scaled(rule, months(span.first, span.last))) if additive else rule


def _stands(change: Target, known: date | None) -> bool:
    if known is None:
        return change.undone is None
    return (change.entered or date.min) <= known and (change.undone is None or change.undone > known)


def _covers(change: Target, day: date) -> bool:
    return (change.valid_from or date.min) <= day <= (change.valid_to or date.max)


def _latest(cells: Iterable[Target]) -> list[Target]:
    """Of two numbers for one period the one entered last."""
    return list({(cell.grain, cell.valid_from): cell for cell in cells}.values())


def _of_cells(cells: Sequence[Target], span: Span, *, additive: bool) -> Target | None:
    """The period's own number, else what shorter periods make of it, else its share of a longer one's."""
    if not cells:
        return None
    for grain in _preferred(cells, span):
        same = [cell for cell in cells if cell.grain == grain]
        bounds = spread(same, span, additive=additive)
        if bounds is not None:
            return _with(next(cell for cell in same if _touches(cell, span)), bounds)
    return None


def _of_rule(rule: Target, numbers: Sequence[Target], span: Span, *, additive: bool) -> Target | None:
    """A rule's numbers; a ratio of a period that goes on is judged by the numbers there are so far."""
    reached = span if additive else covered(numbers, span)
    bounds = spread(numbers, reached, additive=additive) if reached else None
    return _with(rule, bounds) if bounds is not None else None


def _preferred(cells: Sequence[Target], span: Span) -> list[Grain | None]:
    """Lengths of the numbers: the period's own, then shorter from the longest on, then longer from the shortest on."""
    exact = [cell.grain for cell in cells if (cell.valid_from, cell.valid_to) == (span.first, span.last)]
    known = {cell.grain for cell in cells}
    shorter = sorted((g for g in known if LENGTHS.get(g, 0) <= span.days), key=lambda g: -LENGTHS.get(g, 0))
    longer = sorted((g for g in known if LENGTHS.get(g, 0) > span.days), key=lambda g: LENGTHS.get(g, 0))
    return list(dict.fromkeys([*exact, *shorter, *longer]))


def _touches(cell: Target, span: Span) -> bool:
    return Span(cell.valid_from or date.min, cell.valid_to or date.max).overlap(span) > 0


def _with(target: Target, bounds: Bounds) -> Target:
    return replace(target, **{side: getattr(bounds, side) for side in SIDES})
