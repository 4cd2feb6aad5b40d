"""The sparkline as SVG."""

import math
from xml.etree import ElementTree

import pytest

from kpi.charts import sparkline_svg
from kpi.charts.sparkline import PERIODS


@pytest.mark.parametrize(
    "values",
    [[], [None], [3.0], [3.0, 3.0], [1.0, None, 2.0], [math.nan, 2.0], [float(n) for n in range(40)], [-1e12, 1e12]],
)
@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("target", [None, 2.0, math.nan])
def test_any_values_give_a_picture(values: list[float | None], partial: bool, target: float | None) -> None:
    for theme in ("light", "dark"):
        picture = sparkline_svg(values, target, partial, theme)
        ElementTree.fromstring(picture)
        assert "nan" not in picture
        assert "inf" not in picture


def test_the_running_period_is_dashed_and_hollow() -> None:
    done, running = (sparkline_svg([1.0, 2.0, 3.0], None, partial, "light") for partial in (False, True))
    assert "var(--card" in running
    assert "var(--card" not in done
    assert running.count("stroke-dasharray") == 1


def test_thirteen_periods_at_most() -> None:
    picture = sparkline_svg([float(n) for n in range(40)], None, False, "light")
    assert picture.count("L") == PERIODS - 1


def test_a_gap_stays_a_gap() -> None:
    assert sparkline_svg([1.0, None, 3.0, 4.0], None, False, "light").split("stroke=")[0].count("M") <= 2


def test_a_value_between_gaps_is_a_dot() -> None:
    lone = sparkline_svg([1.0, None, 3.0, None, 2.0, 4.0], None, False, "light")
    assert lone.split('stroke-width="3.5"')[0].split("<path")[-1].count("h0") == 2
    assert 'stroke-width="3.5"' not in sparkline_svg([1.0, 2.0, None, 3.0, 4.0], None, False, "light")
