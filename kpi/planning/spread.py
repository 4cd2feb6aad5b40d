"""Numbers of some periods spread over another one.

Invariant: a sum spread over days that cover its own period exactly is that sum again; a ratio is never added, only
averaged by days. Source of both: proration by calendar days.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpi.model import Bounds, Target

DAYS_A_MONTH = 30.4375
"""Mean length of a month: the scale of monthly targets over periods that are not whole months."""
SIDES = ("good_low", "good_high", "ok_low", "ok_high")


@dataclass(frozen=True)
class Span:
    """A run of days."""

    first: date
    """First day."""
    last: date
    """Last day, inclusive."""

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def overlap(self, other: "Span") -> int:
        """Days that are in both."""
        return max(0, (min(self.last, other.last) - max(self.first, other.first)).days + 1)


def months(start: date, end: date) -> float:
    """Length of a period in months: whole where it is whole months, else days ÷ 30.4375."""
    days = (end - start).days + 1
    following = date.fromordinal(end.toordinal() + 1)
    if start.day == 1 and following.day == 1:
        return float((following.year - start.year) * 12 + following.month - start.month)
    return days / DAYS_A_MONTH


def scaled(bounds: Bounds, factor: float) -> Bounds:
    """Bounds of a sum over another length of time than the one they are for."""
    return _each(bounds, lambda side: None if (value := getattr(bounds, side)) is None else value * factor)


def spread(cells: Sequence[Target], span: Span, *, additive: bool) -> Bounds | None:
    """What the numbers of some periods make over `span`; None unless they cover each of its days.

    Sums: each period's number by the share of its days that lie in the span. Ratios: the mean by days.
    """
    parts = [(cell, days, whole) for cell in cells for days, whole in [_days(cell, span)] if days]
    if sum(days for _, days, _ in parts) != span.days:
        return None

    def side(name: str) -> float | None:
        values = [getattr(cell, name) for cell, _, _ in parts]
        if any(value is None for value in values):
            return None
        weights = [days / whole if additive else days / span.days for _, days, whole in parts]
        return _sum(value * weight for value, weight in zip(values, weights, strict=True))

    return _each(Bounds(), side)


def covered(cells: Sequence[Target], span: Span) -> Span | None:
    """The part of the span up to the last day that the periods reach; None where they reach none of it."""
    ends = [cell.valid_to for cell in cells if cell.valid_to is not None and _days(cell, span)[0]]
    return Span(span.first, min(max(ends), span.last)) if ends else None


def _days(cell: Target, span: Span) -> tuple[int, int]:
    """Days of a period's number inside the span, and in all."""
    own = Span(cell.valid_from or date.min, cell.valid_to or date.max)
    return own.overlap(span), own.days


def _sum(values: Iterable[float]) -> float:
    """Without the dust of floating point: 12 × 1/12 is 1."""
    return float(f"{sum(values):.12g}")


def _each(bounds: Bounds, side: Callable[[str], float | None]) -> Bounds:
    return replace(bounds, **{name: side(name) for name in SIDES})
