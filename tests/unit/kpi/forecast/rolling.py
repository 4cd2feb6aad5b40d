"""What was said of past periods by what was known then, and what came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kpi.compile.windows import floor, step
from kpi.forecast import Days, Span, forecast_sum
from kpi.model import Grain

POINTS = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Said:
    """One forecast of one period."""

    expected: float
    """By the method that the days before it chose."""
    pace: float
    """By fact ÷ days passed × days."""
    low: float
    """Lower end of the interval."""
    high: float
    """Upper end of the interval."""
    actual: float
    """What came."""

    @property
    def held(self) -> bool:
        """The interval held it."""
        return self.low - 1e-9 <= self.actual <= self.high + 1e-9


def rolled(days: Days, grain: Grain, every: int = 1, after: int = 90) -> list[Said]:
    """Forecasts of the periods in the data, from the day on that so many days lie before."""
    return [said for span in list(_spans(days, grain))[::every] for said in _of(days, span, grain, after)]


def _spans(days: Days, grain: Grain) -> Iterator[Span]:
    since = floor(days.first, grain)
    while (end := step(since, grain, 1) - timedelta(days=1)) <= days.now:
        if since >= days.first:
            yield Span(since, end)
        since = step(since, grain, 1)


def _of(days: Days, span: Span, grain: Grain, after: int) -> Iterator[Said]:
    begin = days.place(span.since)
    actual = float(days.values[begin : begin + span.days].sum())
    for share in POINTS:
        place = begin + max(1, round(share * span.days))
        if place >= after and place < begin + span.days and actual:
            found = forecast_sum(Days(days.first, days.values[:place]), span, grain)
            assert found is not None
            assert found.low is not None
            assert found.high is not None
            yield Said(found.expected, found.pace, found.low, found.high, actual)


def off(said: list[Said], which: str) -> float:
    """Mean absolute error, as a share of what came on average."""
    missed = sum(abs(float(getattr(one, which)) - one.actual) for one in said)
    return missed / sum(abs(one.actual) for one in said)


def counted(days: list[date]) -> Days:
    """How many things happened on each day, from the first to the last."""
    first, last = min(days), max(days)
    places = np.array([(day - first).days for day in days])
    return Days(first, np.bincount(places, minlength=(last - first).days + 1).astype(float))
