"""Two KPIs at once: who is a point, where the lines are, and names that lie over nothing."""

import itertools
import random

import pandas as pd
import pytest

from kpi.charts import Drawn, scatter
from kpi.charts.label_places import LETTER, LINE, Place, label_places
from kpi.language import language
from kpi.model import Bounds
from tests.unit.charts.frames import LOWER, OPEN, a_frame, a_kpi

WORDS = language("ru")
UP, ACROSS = (
    a_kpi("Rework"),
    a_kpi("Revenue", "money", additive=True).__class__(
        **{**a_kpi("Revenue", "money", additive=True).__dict__, "id": "b"}
    ),
)


def a_pair(
    up: dict[str | None, float], across: dict[str | None, float], bounds: Bounds = LOWER, status: str = "good"
) -> pd.DataFrame:
    """Rows of both KPIs for one period."""
    parts = []
    for kpi, values, edges in (("a", up, bounds), ("b", across, OPEN)):
        frame = a_frame([0.0], list(values), edges, status=status)
        frame["value"] = [sum(values.values()), *values.values()]
        parts.append(frame.assign(kpi=kpi, is_partial=False, status=status))
    return pd.concat(parts, ignore_index=True)


def drawn(frame: pd.DataFrame) -> Drawn:
    return scatter(frame, UP, ACROSS, "Мастер", WORDS, "light", period="октябрь 2026")


def rows(chart: Drawn, kind: str) -> list[dict[str, object]]:
    return [row for row in chart.frame.to_pylist() if row["c0"] == kind]


def test_only_who_has_both_is_a_point_and_the_others_are_counted() -> None:
    chart = drawn(a_pair({"Анна": 4.0, "Борис": 2.0, "Вера": 1.0}, {"Анна": 100.0, "Борис": 300.0, "Глеб": 5.0}))
    assert {(row["c7"], row["c3"], row["c1"]) for row in rows(chart, "dot")} == {("Анна", 4, 100), ("Борис", 2, 300)}
    assert chart.spec["title"]["subtitle"][-1].startswith("2 не показаны")
    assert set(chart.members) == {"Анна", "Борис"}


def test_lines_are_at_the_target_else_in_the_middle() -> None:
    chart = drawn(a_pair({"Анна": 4.0, "Борис": 2.0}, {"Анна": 100.0, "Борис": 300.0}))
    assert [row["c3"] for row in rows(chart, "horizontal")] == [5]
    assert rows(chart, "end")[0]["c5"] == "цель не больше 5\u00a0%"
    assert [row["c1"] for row in rows(chart, "vertical")] == [200]  # of a sum without a target: the middle member


def test_of_a_rate_without_a_target_the_line_is_the_average() -> None:
    chart = drawn(a_pair({"Анна": 4.0, "Борис": 2.0}, {"Анна": 1.0, "Борис": 2.0}, OPEN))
    assert [row["c3"] for row in rows(chart, "horizontal")] == [6]  # the total row's value
    assert str(rows(chart, "end")[0]["c5"]).startswith("среднее")


def test_too_few_rows_are_pale() -> None:
    chart = drawn(a_pair({"Анна": 4.0}, {"Анна": 1.0}, status="too_few"))
    assert rows(chart, "dot")[0]["c6"] == "quiet"


def test_nobody_with_both_is_a_sentence() -> None:
    assert rows(drawn(a_pair({"Анна": 4.0}, {"Борис": 1.0})), "note")


@pytest.mark.parametrize("seed", range(20))
def test_fifteen_names_lie_over_no_other_name_or_point_at_this_width_or_a_greater(seed: int) -> None:
    chance = random.Random(seed)
    width, height = 560.0, 310.0
    points = [(chance.uniform(20, width - 20), chance.uniform(12, height - 12)) for _ in range(15)]
    names = ["И" * chance.randint(6, 16) for _ in points]
    places = label_places(points, names, width, height)
    assert sum(place is not None for place in places) >= 13  # nearly all find one
    for wider in (1.0, 1.5, 2.2):
        spread = [(x * wider, y) for x, y in points]
        boxes = [box(at, name, place) for at, name, place in zip(spread, names, places, strict=True) if place]
        for one, other in itertools.combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert right <= width * wider
            assert not any(left < x < right and top < y < bottom for x, y in spread)


def box(point: tuple[float, float], name: str, place: Place) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a name."""
    left = point[0] + place.dx - {"left": 0.0, "center": 0.5, "right": 1.0}[place.align] * len(name) * LETTER
    top = point[1] + place.dy - LINE / 2
    return left, top, left + len(name) * LETTER, top + LINE
