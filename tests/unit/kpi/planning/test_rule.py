"""What a rule comes to, worked out by hand."""

import math

import pytest

from data.errors import UserError
from kpi.model import Bounds
from kpi.planning import Rule, rule_from_json, rule_to_json
from kpi.planning.rule import checked, told

YEAR = [100.0, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210]


@pytest.mark.parametrize(
    ("rule", "better", "expected"),
    [
        (Rule("last_year"), "higher", 100),
        (Rule("last_year", "quarter"), "higher", 180),
        (Rule("best", "quarter", 4), "higher", 210),
        (Rule("best", "quarter", 4), "lower", 180),
        (Rule("median", "month", 12), "higher", 155),
        (Rule("average", "month", 3), "lower", 200),
        (Rule("previous"), "lower", 210),
    ],
)
def test_where_a_rule_starts_from(rule: Rule, better: str, expected: float) -> None:
    assert rule.base_of(YEAR, better) == expected  # type: ignore[arg-type]


def test_too_little_history_gives_no_number() -> None:
    nan = math.nan
    assert Rule("last_year").base_of(YEAR[1:], "higher") is None
    assert Rule("last_year").base_of([nan, *YEAR[1:]], "higher") is None
    assert Rule("median", "month", 4).base_of([nan, nan, nan, 3], "higher") is None
    assert Rule("median", "month", 4).base_of([nan, nan, 5, 3], "higher") == 4
    assert Rule("previous").base_of([], "higher") is None


def test_per_cent_and_slack() -> None:
    assert Rule("last_year", percent=10).bounds(1_234_567, "higher") == Bounds(good_low=1_358_000)
    assert Rule("best", percent=-10, slack=20).bounds(5, "lower") == Bounds(good_high=4.5, ok_high=5.4)
    assert Rule("best", slack=10).bounds(40, "higher") == Bounds(good_low=40, ok_low=36)
    assert Rule("best", slack=10).bounds(-40, "higher") == Bounds(good_low=-40, ok_low=-44)


def test_a_rule_is_stored_and_said() -> None:
    rule = Rule("best", "quarter", 4, 10.0, 5)
    assert rule_from_json(rule_to_json(rule)) == rule
    assert str(told(rule)) == "the best of the last 4 quarters plus 10.0%"
    assert str(told(Rule("last_year", percent=-5.0))) == "the same month a year before minus 5.0%"


WRONG = ({"base": "worst"}, {"grain": "day"}, {"periods": 1}, {"percent": -100}, {"slack": 100})


@pytest.mark.parametrize("wrong", WRONG)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UserError):
        checked(Rule(**{"base": "best", **wrong}))  # type: ignore[arg-type]
