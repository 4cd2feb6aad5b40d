"""What a difference is worth a month.

The gain is what all rows of both arms would come to in a month of 30.44 days as B rather than as A: numerators times
(e^θ − 1) on the ratio scale, denominators times θ on the other. Of a KPI in money that is roubles; of any other it is
multiplied by what one more is worth: what the person entered, else what the data say along the funnel (an order is
worth the gross profit of one, a contact that times the share of contacts that order, a view and an impression so on).

Invariant: swapping the arms turns the sign of the gain and changes nothing else.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from data.store.entries import Design
from kpi.evaluate import evaluate
from kpi.experiment.asking import Asking
from kpi.experiment.judging import Judged
from kpi.model import Query

MONTH = 30.4375
"""Days."""
LOOKED_BACK = 90
"""Days before the start that tell what one more is worth."""
FUNNEL = ("impressions", "views", "contacts", "orders")
COUNTED = {
    "impressions": "impressions", "view_rate": "views", "views": "views", "contact_rate": "contacts",
    "contacts": "contacts", "order_rate": "orders", "orders_done": "orders",
}  # fmt: skip
"""KPI → what its numerator counts, where that leads to money."""
_STEPS = {"contacts": "order_rate", "views": "contact_rate", "impressions": "view_rate"}
"""What is counted → the rate at which it becomes the next."""

Source = Literal["money", "entered", "gross_profit", "average_ticket"]


@dataclass(frozen=True)
class Worth:
    """What one more is worth."""

    value: float
    """Roubles; 1 of a KPI in money."""
    source: Source
    """Where that comes from."""
    of: str = ""
    """What is counted (views, contacts, orders), where it comes from the data."""


@dataclass(frozen=True)
class Money:
    """What B instead of A is worth, in roubles a month; below 0 it costs."""

    value: float
    """At the effect as it is now."""
    low: float
    """At the worse end of its interval."""
    high: float
    """At the better end."""
    worth: Worth
    """What one more is worth."""


def worth(asking: Asking, design: Design) -> Worth | None:
    """What one more of the main KPI is worth; None: nobody said, and the data do not, or money is not to be seen."""
    kpi = asking.catalogue.get(design.kpi)
    if asking.reader.scope.money == "hidden":
        return None
    if kpi.unit == "money":
        return Worth(1.0, "money")
    if design.worth is not None:
        return Worth(design.worth, "entered")
    counted = COUNTED.get(kpi.id)
    return _by_funnel(asking, design, counted) if counted else None


def _by_funnel(asking: Asking, design: Design, counted: str) -> Worth | None:
    needed = [_STEPS[step] for step in FUNNEL[FUNNEL.index(counted) : -1]]
    last = design.start - timedelta(days=1)
    ids = ("gross_profit", "orders_done", "average_ticket", *needed)
    query = Query(ids, last - timedelta(days=LOOKED_BACK - 1), last, "total", compare=())
    frame = evaluate(asking.reader, asking.catalogue, query, asking.targets).frame
    values = dict(zip(frame["kpi"], frame["value"].astype(float), strict=True))
    done, profit = values.get("orders_done", math.nan), values.get("gross_profit", math.nan)
    by_profit = done > 0 and profit > 0
    value = profit / done if by_profit else values.get("average_ticket", math.nan)
    for rate in needed:
        value *= values.get(rate, math.nan) / 100
    if not (math.isfinite(value) and value > 0):
        return None
    return Worth(value, "gross_profit" if by_profit else "average_ticket", counted)


def money(found: Judged, one: Worth | None) -> Money | None:
    """The gain in roubles a month with its interval; None where it cannot be told."""
    if one is None or not found.is_told or found.last is None:
        return None
    look, per = found.last, one.value * (1 if found.rises else -1)
    per /= 100 if found.series.kpi.unit == "percent" else 1
    ends = sorted(per * gain(found, float(place)) for place in (look.low, look.high))
    return Money(per * gain(found, float(look.effect)), ends[0], ends[1], one)


def gain(found: Judged, place: float) -> float:
    """Numerators a month more in B's way than in A's, were the effect there."""
    arms = found.series.arms
    a, b = found.part("a", during=True), found.part("b", during=True)
    a_month = MONTH / arms.during
    if arms.scale == "difference":
        rows = float(a.bottoms.sum() + b.bottoms.sum()) if not found.series.is_sum else arms.during
        return place * rows * a_month
    effect = found.last.effect if found.last is not None else 0.0
    as_a = float(a.tops.sum()) + float(b.tops.sum()) * math.exp(-effect)
    return as_a * math.expm1(place) * a_month
