"""Ways to expect the days that follow from the days that were (pure).

Invariant: an expectation made at a place of the series reads nothing at or after that place.
"""

from collections.abc import Callable, Mapping

import numpy as np

from kpi.forecast.model import Array, Days, Method

FEWEST = 28
"""Days before anything but the pace can be told."""
SHAPE_WEEKS = 26
"""Weeks that tell the pattern of the weekdays."""
LEVEL_WEEKS, HALF_LIFE = 8, 4.0
"""Weeks that tell the level; a week counts half as much as one four weeks later."""
STEADY_WEEKS = 13
"""Weeks of the steady level, all of one weight."""
OUTLIER = 4.0
"""A day further above its weekday's median than so many standard deviations (1.4826 × MAD) is cut to there."""
YEAR = 364
"""Days after which a year's weekdays fall on the same days."""
AROUND = 14
"""Days on each side of a day that tell the season it was in a year ago."""
SWING = (0.2, 5.0)
"""Least and most that a season changes a day."""
MONTHS = 6
"""Months whose days tell the pattern within a month."""

Expect = Callable[[Days, int, int, int], Array | None]
"""(series, place, days of the period passed before it, days ahead) → expected days; None: history too short. Only the
two paces look at how many have passed."""


def _weeks(values: Array, most: int) -> Array:
    """The last whole weeks as rows; the first column is the weekday of the day that follows."""
    count = min(most, len(values) // 7)
    rows: Array = values[len(values) - 7 * count :].reshape(count, 7)
    return rows


def _cut(weeks: Array) -> Array:
    """Without outliers: days far above what their weekday is like."""
    median = np.median(weeks, axis=0)
    spread = 1.4826 * np.median(np.abs(weeks - median), axis=0)
    cut: Array = np.minimum(weeks, np.where(spread > 0, median + OUTLIER * spread, np.inf))
    return cut


def _by_weekday(weeks: Array, level: float, ahead: int) -> Array:
    """The pattern of these weeks brought to a level."""
    whole = weeks.mean()
    pattern = weeks.mean(axis=0) / whole if whole else np.ones(7)
    days: Array = np.resize(pattern * level, ahead)
    return days


def _level(weeks: Array) -> float:
    """Level of the last weeks, the later the more."""
    recent = weeks.mean(axis=1)[-LEVEL_WEEKS:]
    return float(np.average(recent, weights=0.5 ** (np.arange(len(recent))[::-1] / HALF_LIFE)))


def weekdays(days: Days, place: int, _passed: int, ahead: int) -> Array | None:
    """The last weeks' level, by the weekdays' pattern."""
    if place < FEWEST:
        return None
    weeks = _cut(_weeks(days.values[:place], SHAPE_WEEKS))
    return _by_weekday(weeks, _level(weeks), ahead)


def steady_weekdays(days: Days, place: int, _passed: int, ahead: int) -> Array | None:
    """A quarter's level, by the weekdays' pattern."""
    if place < FEWEST:
        return None
    weeks = _cut(_weeks(days.values[:place], SHAPE_WEEKS))
    return _by_weekday(weeks, float(weeks[-STEADY_WEEKS:].mean()), ahead)


def pace_by_weekday(days: Days, place: int, passed: int, ahead: int) -> Array | None:
    """The period's own level so far, by the weekdays' pattern."""
    if place < FEWEST or not passed:
        return None
    weeks = _cut(_weeks(days.values[:place], SHAPE_WEEKS))
    pattern = _by_weekday(weeks, 1.0, 7)
    weight = float(np.resize(pattern[::-1], passed).sum())
    level = float(days.values[max(place - passed, 0) : place].sum()) / weight if weight > 0 else 0.0
    expected: Array = np.resize(pattern * level, ahead)
    return expected


def last_year(days: Days, place: int, _passed: int, ahead: int) -> Array | None:
    """As by the weekdays, times how the same days of last year stood to the weeks before them."""
    begin = place - YEAR
    if begin < 7 * LEVEL_WEEKS:
        return None
    known = np.concatenate([[0.0], np.cumsum(days.values[:place])])
    around = np.arange(begin, begin + ahead)
    since, until = around - AROUND, np.minimum(around + AROUND, place)
    season = (known[until] - known[since]) / (until - since)
    recent = _level(_weeks(days.values[:begin], LEVEL_WEEKS))
    plain = weekdays(days, place, 0, ahead)
    if plain is None or recent <= 0:
        return None
    expected: Array = plain * np.clip(season / recent, *SWING)
    return expected


def month_days(days: Days, place: int, _passed: int, ahead: int) -> Array | None:
    """What the same days of the last months brought: salaries and rents have their days."""
    since = place - MONTHS * 30
    if since < 0:
        return None
    which = days.month_day[since:place]
    counts = np.bincount(which, minlength=32)
    means = np.bincount(which, days.values[since:place], 32) / np.maximum(counts, 1)
    expected: Array = means[days.month_day[place : place + ahead]]
    return expected


def pace(days: Days, place: int, passed: int, ahead: int) -> Array | None:
    """Fact ÷ days passed, every day alike."""
    if not passed:
        return None
    return np.full(ahead, days.values[max(place - passed, 0) : place].sum() / passed)


METHODS: Mapping[Method, Expect] = {
    "pace": pace,
    "weekdays": weekdays,
    "pace_by_weekday": pace_by_weekday,
    "steady_weekdays": steady_weekdays,
    "last_year": last_year,
    "month_days": month_days,
}
"""All there are; between equals the first is taken."""
