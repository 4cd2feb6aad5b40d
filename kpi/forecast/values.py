"""The forecast of a value that is no sum: a share, an average, a median, a ratio (pure).

Invariant: it is made of the value so far and of what the same point of past periods led to; nothing is assumed about
how the value is computed, so it holds for medians as for shares. Without enough past periods it is the value so far,
and no interval is claimed.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

import numpy as np

from kpi.forecast.interval import FEWEST_MISSES, reach
from kpi.forecast.model import Array, Course, Forecast, Method, Past, Span

RECENT = 6
"""Past periods that tell what is usual."""
FEWEST_EARLIER = 2
"""Fewest earlier periods that tell what is usual."""
FEWEST_HELD = 6
"""Fewest past periods of which it is told how many the interval held."""


@dataclass(frozen=True)
class Part:
    """A value over some days."""

    value: float
    """The KPI."""
    weight: float
    """Rows behind it."""


@dataclass(frozen=True)
class PastValue:
    """A past period at one point of it, and what it came to."""

    span: Span
    """Its days."""
    share: float
    """How much of it had passed, 0…1."""
    day: date
    """Last day that had passed."""
    begun: Part
    """Up to that point."""
    whole: Part
    """At its end."""


@dataclass(frozen=True)
class Limits:
    """What a value can be at all."""

    lower: float
    """At least."""
    upper: float
    """At most."""


Expect = Callable[[Part, Sequence[PastValue]], float]
"""(so far, earlier periods at the same point, the latest first) → value at the end."""


def so_far(begun: Part, _earlier: Sequence[PastValue]) -> float:
    """It stays as it is: what «fact ÷ days × days» says of numerator and denominator."""
    return begun.value


def usual(_begun: Part, earlier: Sequence[PastValue]) -> float:
    """It ends as the last periods did."""
    return _mean([past.whole for past in earlier[:RECENT]])


def mixed(begun: Part, earlier: Sequence[PastValue]) -> float:
    """The rows that are still to come are as usual; as many as usually come after this point."""
    recent = earlier[:RECENT]
    shares = [past.begun.weight / past.whole.weight for past in recent if past.whole.weight > 0]
    part = min(max(median(shares), 0.0), 1.0) if shares else 1.0
    return part * begun.value + (1 - part) * usual(begun, earlier)


def grown(begun: Part, earlier: Sequence[PastValue]) -> float:
    """It grows on from here as it did: what a per-head figure does that piles up over the period."""
    ratios = [past.whole.value / past.begun.value for past in earlier[:RECENT] if past.begun.value > 0]
    return begun.value * median(ratios) if ratios else begun.value


VALUE_METHODS: Mapping[Method, Expect] = {"so_far": so_far, "mixed": mixed, "usual": usual, "grown": grown}
"""All there are; between equals the first is taken."""


def forecast_value(
    begun: Part,
    past: Sequence[PastValue],
    span: Span,
    now: date,
    ceiling: float | None = None,
    course: Sequence[tuple[date, float]] = (),
) -> Forecast | None:
    """What a value will be at the end of the period; None where there is no value yet and nothing before it.

    `past`: past periods at several points, the latest first; `now`: the last day that is over. `ceiling`: what the
    value cannot exceed (100 of a share). `course`: what it had come to by some days of the period.
    """
    share = share_of(span, now)
    alike = [one for one in past if one.share == share]
    if math.isnan(begun.value) and not alike:
        return None
    if now >= span.until:
        return _over(begun, span, now)
    method = best(begun, past)
    expected = VALUE_METHODS[method](begun, alike)
    sizes = np.array(_misses(method, alike))
    least = 0.0 if all(part.value >= 0 for one in past for part in (one.begun, one.whole) if part.weight) else -math.inf
    within = Limits(least, math.inf if ceiling is None else ceiling)
    ends = _ends(expected, sizes, _independent(alike, len(sizes)), within)
    return Forecast(
        span, now, begun.value, expected,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        pace=begun.value,
        method=method,
        outcomes=_outcomes(expected, sizes, within) if ends else (),
        least=-math.inf,
        is_rough=ends is None,
        plan=(),
        course=_course(course, span.until, expected, ends),
        past=_told(method, past, share),
    )  # fmt: skip


def share_of(span: Span, now: date) -> float:
    """How much of the period is over, 0…1."""
    return min(max((now - span.since).days + 1, 0) / span.days, 1.0)


def best(begun: Part, past: Sequence[PastValue]) -> Method:
    """The method that missed by least in sum at all points of past periods; the value so far where none is nearer."""
    if math.isnan(begun.value):
        return "usual"
    tried = [_try(past, place) for place in range(len(past))]
    known = [one for one in tried if one is not None]
    if len(known) < FEWEST_MISSES:
        return "so_far"
    return min(VALUE_METHODS, key=lambda method: sum(one[method] for one in known))


def _try(past: Sequence[PastValue], place: int) -> Mapping[Method, float] | None:
    """How far each method was from what one past period came to, by what was known then; None: too little was."""
    one = past[place]
    earlier = _earlier(past, place)
    if len(earlier) < FEWEST_EARLIER or math.isnan(one.begun.value):
        return None
    return {name: abs(expect(one.begun, earlier) - one.whole.value) for name, expect in VALUE_METHODS.items()}


def _earlier(past: Sequence[PastValue], place: int) -> list[PastValue]:
    """Past periods at the same point that were over on the day of a try."""
    one = past[place]
    return [other for other in past[place + 1 :] if other.share == one.share and other.span.until <= one.day]


def _misses(method: Method, past: Sequence[PastValue]) -> list[float]:
    found = []
    for place, one in enumerate(past):
        earlier = _earlier(past, place)
        if method == "so_far" or len(earlier) >= FEWEST_EARLIER:
            found.append(abs(VALUE_METHODS[method](one.begun, earlier) - one.whole.value))
    return [miss for miss in found if not math.isnan(miss)]


def _independent(past: Sequence[PastValue], sizes: int) -> float:
    """How many of so many past periods do not overlap."""
    if not past:
        return 0.0
    days = (past[0].span.since - past[-1].span.since).days
    return min(sizes, 1 + days / past[0].span.days)


def _ends(expected: float, sizes: Array, independent: float, within: Limits) -> tuple[float, float] | None:
    """The interval; None with too few past periods."""
    if len(sizes) < FEWEST_MISSES:
        return None
    half = float(reach(sizes[:, None], independent)[0])
    return max(expected - half, within.lower), min(expected + half, within.upper)


def _outcomes(expected: float, sizes: Array, within: Limits) -> tuple[float, ...]:
    both = np.clip(np.concatenate([expected - sizes, expected + sizes]), within.lower, within.upper)
    return tuple(float(value) for value in np.sort(both))


def _course(
    known: Sequence[tuple[date, float]], until: date, expected: float, ends: tuple[float, float] | None
) -> Course:
    days, values = [day for day, _ in known], [value for _, value in known]
    low, high = ((ends[0],), (ends[1],)) if ends else ((), ())
    return Course(tuple(days), tuple(values), (until,), (expected,), low, high)


def _over(begun: Part, span: Span, now: date) -> Forecast:
    value, none = begun.value, Course((), (), (), (), (), ())
    return Forecast(span, now, value, value, value, value, value, "so_far", (value,), value, False, (), none, None)


def _told(method: Method, past: Sequence[PastValue], share: float) -> Past | None:
    every, alike = _misses(method, past), _misses(method, [one for one in past if one.share == share])
    plain, plain_alike = _misses("so_far", past), _misses("so_far", [one for one in past if one.share == share])
    if not every:
        return None
    return Past(
        len({one.span for one in past}), len(every), median(every), median(plain) if plain else math.nan,
        median(alike) if alike else None, median(plain_alike) if plain_alike else None, _held(alike),
    )  # fmt: skip


def _held(sizes: Sequence[float]) -> float | None:
    """Share of past outcomes that lay within the interval made of those before them."""
    inside = [
        size <= float(reach(np.array(sizes[place + 1 :])[:, None], len(sizes) - place - 1)[0])
        for place, size in enumerate(sizes[:-FEWEST_MISSES])
    ]
    return fmean(inside) if len(inside) >= FEWEST_HELD else None


def _mean(parts: Sequence[Part]) -> float:
    known = [part for part in parts if part.weight > 0 and not math.isnan(part.value)]
    weight = sum(part.weight for part in known)
    return sum(part.value * part.weight for part in known) / weight if weight else math.nan
