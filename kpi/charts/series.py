"""The rows of a result as the charts read them.

Invariant: the only place that knows `RESULT_COLUMNS`; NaN becomes None here.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from kpi.charts.words import one_line
from kpi.language import Language
from kpi.model import Bounds, Grain

Namer = Callable[[str], str] | None
"""Writes a member for people; None: as it is."""

NUMERIC = ("value", "rows", "previous", "target", "good_low", "good_high", "ok_low", "ok_high")


@dataclass(frozen=True)
class Point:
    """One value of one series."""

    first: datetime
    """First day of its period."""
    last: datetime
    """Last day of its period."""
    member: str | None
    """The slice; None with is_total False: not filled in."""
    is_total: bool
    """Over all slices."""
    is_partial: bool
    """The period is still running."""
    status: str
    """A `kpi.model.Status`."""
    value: float | None
    """The value, in the KPI's unit."""
    rows: int
    """Count behind it."""
    previous: float | None
    """Value of the previous equal period."""
    target: float | None
    """Threshold of good for this period."""
    bounds: Bounds
    """All thresholds in force."""


def points(frame: pd.DataFrame) -> list[Point]:
    """The frame's rows in their order."""
    numbers = {name: [_known(v) for v in frame[name].tolist()] for name in NUMERIC}
    starts, ends = frame["period"].tolist(), frame["period_end"].tolist()
    members = [m if isinstance(m, str) else None for m in frame["slice"].tolist()]
    totals, partials, states = frame["is_total"].tolist(), frame["is_partial"].tolist(), frame["status"].tolist()
    return [
        Point(
            first=starts[i],
            last=ends[i],
            member=members[i],
            is_total=bool(totals[i]),
            is_partial=bool(partials[i]),
            status=str(states[i]),
            value=numbers["value"][i],
            rows=int(numbers["rows"][i] or 0),
            previous=numbers["previous"][i],
            target=numbers["target"][i],
            bounds=Bounds(*(numbers[name][i] for name in ("good_low", "good_high", "ok_low", "ok_high"))),
        )
        for i in range(len(frame))
    ]


def by_member(rows: Sequence[Point]) -> Mapping[str | None, list[Point]]:
    """Slices by member, in order of appearance; totals left out."""
    groups: dict[str | None, list[Point]] = {}
    for row in rows:
        if not row.is_total:
            groups.setdefault(row.member, []).append(row)
    return groups


def has_values(rows: Sequence[Point]) -> bool:
    """Whether there is anything to draw."""
    return any(row.value is not None for row in rows)


def grain_of(rows: Sequence[Point]) -> Grain:
    """The length of the periods, told by the longest of them."""
    days = max((row.last - row.first).days for row in rows) + 1
    limits: tuple[tuple[int, Grain], ...] = ((1, "day"), (7, "week"), (31, "month"), (92, "quarter"), (366, "year"))
    return next((grain for limit, grain in limits if days <= limit), "total")


def thresholds(bounds: Bounds) -> list[float]:
    """The thresholds of good that exist: one, or two of a band."""
    return [edge for edge in (bounds.good_low, bounds.good_high) if edge is not None]


def acceptable_zones(bounds: Bounds) -> list[tuple[float, float]]:
    """From–to of the zones that are acceptable but not good."""
    pairs = ((bounds.ok_low, bounds.good_low), (bounds.good_high, bounds.ok_high))
    return [(low, high) for low, high in pairs if low is not None and high is not None and low < high]


def member_name(member: str | None, language: Language, names: Namer = None) -> str:
    """The member as shown, on one line; `names` writes it for people where it is a code (weekdays)."""
    return one_line(names(member) if names and member is not None else language.member(member))


def settled(rows: Sequence[Point]) -> Bounds:
    """The bounds to name above a chart: of the last complete period, over all slices where there are totals."""
    totals = [row for row in rows if row.is_total] or rows
    return next((row.bounds for row in reversed(totals) if not row.is_partial), totals[-1].bounds)


def shared(members: Sequence[Point]) -> Bounds:
    """The bounds to name above members: those of all of them, or none where each has its own."""
    found = {row.bounds for row in members if not row.is_total}
    return found.pop() if len(found) == 1 else Bounds()


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
