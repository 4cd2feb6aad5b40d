"""Businesses whose truth is known."""

from datetime import date, timedelta

import numpy as np

from kpi.forecast.model import Array, Days, Span

MONDAY = date(2025, 1, 6)
WEEK = np.array([0.8, 0.85, 0.9, 1.0, 1.2, 1.5, 0.75])


def series(values: Array | list[float], first: date = MONDAY) -> Days:
    """A daily series."""
    return Days(first, np.array(values, dtype=float))


def ahead(days: Days, passed: int, left: int) -> Span:
    """A period of which so many days have passed and so many are left."""
    return Span(days.now - timedelta(days=passed - 1), days.now + timedelta(days=left))


def visits(seed: int, length: int, level: float = 20.0, growth: float = 0.0, drift: float = 0.0) -> Array:
    """Counts by weekday, with a yearly growth and a level that wanders by `drift` a day."""
    chance = np.random.default_rng(seed)
    day = np.arange(length)
    wander = np.cumsum(chance.normal(0, drift, length)) if drift else np.zeros(length)
    mean = level * np.resize(WEEK, length) * (1 + growth * day / 365) * np.exp(wander)
    counts: Array = chance.poisson(mean).astype(float)
    return counts
