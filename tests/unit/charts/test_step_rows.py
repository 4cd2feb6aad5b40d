"""Rows of a step lie on one scale; a member of which nothing is known has its row, and no bar."""

import json

import pytest
import vl_convert

from kpi.charts import Group, Row, step_rows
from kpi.charts.drawn import FIELDS
from kpi.language import language

GROUPS = (
    Group(
        "Показы", (Row("Авито <b>Центр", 1.0, "120 тыс."), Row("Авито Область с очень длинным именем", 0.5, "60 тыс."))
    ),
    Group("Заказы", (Row("Авито <b>Центр", None, "—"), Row("Авито Область", 1.0, "7", "▲ 2 %", told="хуже остальных"))),
)
COSTS = (
    Group("Контакт", (
        Row("A", 0.5, "▲ 308 ₽", "298–318", 0.45, 9.0, "worse"), Row("B", -0.5, "145 ₽", "", -0.6, -0.4, "none"),
    )),
)  # fmt: skip


def marks(drawn: object, kind: str) -> list[dict[str, object]]:
    rows = drawn.frame.to_pylist()  # type: ignore[attr-defined]
    return [row for row in rows if row[FIELDS["kind"]] == kind]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", ["ru", "en"])
def test_bars(theme: str, code: str) -> None:
    drawn = step_rows(GROUPS, ("От показа до денег", ""), language(code), theme, kind="bars", members=("a", None))  # type: ignore[arg-type]
    assert [row[FIELDS["x2"]] for row in marks(drawn, "bar")] == [1.0, 0.5, 1.0]
    assert [row[FIELDS["text"]] for row in marks(drawn, "heading")] == ["Показы", "Заказы"]
    assert [row[FIELDS["series"]] for row in marks(drawn, "hit")] == ["m0", "m1", "m0", "m1"]
    assert drawn.picked({"picked": [{FIELDS["series"]: "m1"}]}) == (None,)
    assert drawn.height == step_rows(GROUPS, ("", ""), language("ru"), "light", kind="bars").height


def test_dots_stay_on_the_scale_and_say_the_verdict_by_colour_and_sign() -> None:
    drawn = step_rows(
        COSTS, ("", ""), language("ru"), "light", kind="dots", ends=(-1.0, 1.0), middle=(0.0, "все вместе")
    )
    assert [(row[FIELDS["x"]], row[FIELDS["x2"]]) for row in marks(drawn, "whisker")] == [(0.45, 1.0), (-0.6, -0.4)]
    assert [row[FIELDS["state"]] for row in marks(drawn, "dot")] == ["missed", "text"]
    assert marks(drawn, "label")[0][FIELDS["text"]] == "все вместе"


def test_it_can_be_printed() -> None:
    drawn = step_rows(GROUPS, ("От показа до денег", "суммы"), language("ru"), "dark", kind="bars")
    assert "</svg>" in vl_convert.vegalite_to_svg(json.dumps(drawn.standalone(390, "dark")))
