"""A year in which nothing happens: how often the usual rule tells its owner of something all the same.

The figures docs/alerts.md states: the whole alone in each run, with twenty members under --slow.
"""

import numpy as np
import pytest

from kpi.model import Grain
from tests.unit.alerts.noise import MEMBERS, Year, year

MOST: dict[Grain, float] = {"month": 2.0, "week": 6.0}
"""Messages a year for nothing, at most, on average; those that recall an open alert are counted."""


def years(grain: Grain, count: int, members: dict[str, int], seed: int) -> list[Year]:
    return [year(np.random.default_rng(seed + n), grain, members) for n in range(count)]


def assert_few(found: list[Year], most: float) -> None:
    """At most so many messages a year, but for three deviations of the count."""
    told = sum(one.messages for one in found)
    allowed = most * len(found)
    assert told <= allowed + 3 * allowed**0.5, told / len(found)


@pytest.mark.parametrize(("grain", "count"), [("month", 10), ("week", 2)])
def test_the_whole_business_alone(grain: Grain, count: int) -> None:
    assert_few(years(grain, count, {}, 20261), MOST[grain])


@pytest.mark.slow
@pytest.mark.parametrize(("grain", "count"), [("month", 400), ("week", 60)])
def test_with_twenty_members(grain: Grain, count: int) -> None:
    assert_few(years(grain, count, MEMBERS, 1000), MOST[grain])
