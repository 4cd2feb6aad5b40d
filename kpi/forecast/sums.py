"""The forecast of a sum: what the days that are left will add (pure).

Invariant: expected = fact + the expected days; the interval never reaches below what has happened where a day cannot
be negative.
"""

import math
from datetime import timedelta
from statistics import NormalDist

import numpy as np

from kpi.compile.windows import add_months
from kpi.forecast.backtest import Tries, tries
from kpi.forecast.daily import METHODS
from kpi.forecast.interval import held, misses
from kpi.forecast.model import SHARE, Array, Course, Days, Forecast, Method, Span
from kpi.model import Grain

FEWEST_DAYS = 7
"""Days of data below which nothing is forecast."""
ROUGH = 19
"""Outcomes told where no past period tells them."""


def forecast_sum(days: Days, span: Span, grain: Grain, begun: float = 0.0) -> Forecast | None:
    """What a sum will come to by the end of the period; None with less than a week of data, or before the period.

    `begun`: what the day after the last that is over has come to so far.
    """
    passed = (days.now - span.since).days + 1
    ahead = max((span.until - days.now).days, 0)
    if len(days.values) < FEWEST_DAYS or passed < 0:
        return None
    tried = tries(days, span, grain)
    method = tried.best() if tried.all else "pace"
    if METHODS[method](days, len(days.values), passed, max(ahead, 1)) is None:
        method = _usable(days, passed, max(ahead, 1))
    return _made(days, span, begun if ahead else 0.0, method, tried)


def _usable(days: Days, passed: int, ahead: int) -> Method:
    """The first method that can be used at all: a period that has just begun has no pace."""
    can = (name for name in METHODS if METHODS[name](days, len(days.values), passed, ahead) is not None)
    return next(can, "pace")


def _made(days: Days, span: Span, begun: float, method: Method, tried: Tries) -> Forecast:
    passed, ahead = (days.now - span.since).days + 1, max((span.until - days.now).days, 0)
    fact = float(days.values[max(len(days.values) - passed, 0) :].sum()) if passed else 0.0
    grows = begun >= 0 and not (days.values < 0).any()
    least = fact + begun if grows else -math.inf
    rest = _expected(days, method, passed, ahead)
    if begun and grows:
        rest[0] = max(rest[0], begun)  # a day that has brought more than expected cannot end with less
    path = fact + np.cumsum(rest)
    pool = misses(days, method, passed, ahead) if ahead else None
    half, sizes = (pool.half(), pool.sizes()) if pool else _rough(days, ahead)
    course = _course(days, span, path, half, least)
    end = (course.expected[-1], course.low[-1], course.high[-1]) if ahead else (fact, fact, fact)
    return Forecast(
        span, days.now, fact + begun,
        expected=end[0],
        low=end[1],
        high=end[2],
        pace=fact * span.days / passed if passed else math.nan,
        method=method,
        outcomes=_outcomes(end[0], sizes, least) if ahead else (fact,),
        least=least,
        is_rough=ahead > 0 and pool is None,
        plan=_plan(days, method, passed, span.days),
        course=course,
        past=tried.past(method, passed / span.days, held(pool) if pool else None),
    )  # fmt: skip


def _expected(days: Days, method: Method, passed: int, ahead: int) -> Array:
    found = METHODS[method](days, len(days.values), passed, ahead) if ahead else None
    return np.zeros(ahead) if found is None else found


def _rough(days: Days, ahead: int) -> tuple[Array, Array]:
    """Half widths by day ahead and the sizes of misses, from how days differ and how well their mean is known."""
    spread, known = float(days.values.std(ddof=1)), len(days.values)
    steps = np.arange(1, ahead + 1)
    deviation = spread * np.sqrt(steps + steps**2 / known)
    normal = NormalDist()
    shares = (np.arange(ROUGH) + 0.5) / ROUGH
    sizes = np.array([normal.inv_cdf((1 + share) / 2) for share in shares]) * (deviation[-1] if ahead else 0.0)
    return deviation * normal.inv_cdf((1 + SHARE) / 2), sizes


def _outcomes(expected: float, sizes: Array, least: float) -> tuple[float, ...]:
    """Past misses on either side of what is expected: nothing says that the next will be on the same side."""
    both = np.maximum(np.concatenate([expected - sizes, expected + sizes]), least)
    return tuple(float(value) for value in np.sort(both))


def _plan(days: Days, method: Method, passed: int, length: int) -> tuple[float, ...]:
    """How much of the whole is usual by each day, by what was expected of them when the period began."""
    even = np.arange(1, length + 1) / length
    begun = len(days.values) - passed
    pattern: Method = "weekdays" if method == "pace_by_weekday" else method
    usual = None if method == "pace" or begun < 0 else METHODS[pattern](days, begun, 0, length)
    if usual is None or usual.sum() <= 0 or (usual < 0).any():
        return tuple(even)
    return tuple(float(share) for share in np.cumsum(usual) / usual.sum())


def _course(days: Days, span: Span, path: Array, half: Array, least: float) -> Course:
    passed = min(max((days.now - span.since).days + 1, 0), len(days.values))
    known = np.cumsum(days.values[len(days.values) - passed :])
    before = [days.now - timedelta(days=n) for n in range(passed)][::-1]
    after = [days.now + timedelta(days=n + 1) for n in range(len(path))]
    low, high = np.maximum(path - half, least), path + half
    return Course(
        tuple(before), _told(known), tuple(after), _told(path), _told(low), _told(high), _told(_last_year(days, span))
    )


def _told(line: Array) -> tuple[float, ...]:
    return tuple(float(value) for value in line)


def _last_year(days: Days, span: Span) -> Array:
    since = days.place(add_months(span.since, -12))
    if since < 0 or since + span.days > len(days.values):
        return np.array([])
    return np.cumsum(days.values[since : since + span.days])
