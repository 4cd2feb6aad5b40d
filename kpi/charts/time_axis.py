"""Which periods of a trend are labelled, and how.

Invariant: at most seven labels, so that 350 pixels are enough; the year stands below the first label of each year.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kpi.language import Language
from kpi.model import Grain

LABELS = {"day": 5, "week": 5, "month": 7, "quarter": 6, "year": 7, "total": 1}
"""Grain → labels that fit."""

MONTH_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)


def time_axis(periods: Sequence[datetime], grain: Grain, language: Language) -> dict[str, Any]:
    """The parameters x_low … x_labels for periods that lie side by side, one unit each."""
    chosen = labelled(periods, grain)
    labels = [_label(periods, chosen, n, grain, language) for n in range(len(chosen))]
    return {
        "x_low": 0,
        "x_high": max(len(periods), 1),
        "x_ticks": [place + 0.5 for place in chosen],
        "x_labels": labels,
    }


def labelled(periods: Sequence[datetime], grain: Grain) -> list[int]:
    """Places of the periods that get a label."""
    most = LABELS[grain]
    if grain == "month":
        return next(
            places
            for step in MONTH_STEPS
            if len(places := [i for i, p in enumerate(periods) if (p.year * 12 + p.month - 1) % step == 0]) <= most
        )
    step = -(-len(periods) // most)
    return list(range((len(periods) - 1) % step, len(periods), step))


def _label(periods: Sequence[datetime], chosen: Sequence[int], n: int, grain: Grain, language: Language) -> str:
    """The n-th label; with its year in a second line where that is new, unless the next label would crowd it."""
    name, years = _name(periods[chosen[n]], grain, language), [periods[place].year for place in chosen]
    is_new = n == 0 or years[n] != years[n - 1]
    is_crowded = n == 0 and len(years) > 2 and years[1] != years[0]
    return f"{name}\n{years[n]}" if is_new and not is_crowded and grain not in ("year", "total") else name


def _name(first: datetime, grain: Grain, language: Language) -> str:
    if grain == "month":
        return language.dates.months_short[first.month - 1]
    if grain == "quarter":
        return language.t("Q{quarter}", quarter=(first.month + 2) // 3)
    return language.period(first, grain) if grain in ("year", "total") else language.day(first)
