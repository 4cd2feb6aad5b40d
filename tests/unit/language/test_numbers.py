"""Numbers and units as people read them."""

import math

import pytest

from kpi.language import MINUS, NBSP, language

RU, EN = language("ru"), language("en")


def spaced(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "unit", "russian", "english"),
    [
        (1_240_000, "money", "1,24 млн ₽", "₽1.24M"),
        (27_612, "money", "27,6 тыс. ₽", "₽27.6K"),
        (2_345.6, "money", "2 350 ₽", "₽2,350"),
        (999.6, "money", "1 000 ₽", "₽1,000"),
        (9_996, "count", "10 тыс.", "10K"),
        (999_999, "count", "1 млн", "1M"),
        (1.5e9, "money", "1,5 млрд ₽", "₽1.5B"),
        (2e12, "money", "2 трлн ₽", "₽2T"),
        (24.6, "hours", "24,6 ч", "24.6 h"),
        (4.8, "percent", "4,8 %", "4.8%"),
        (1.127, "percent", "1,13 %", "1.13%"),
        (0.0123, "percent", "0,0123 %", "0.0123%"),
        (34, "points", "34 п.", "34 pts"),
        (4.85, "score", "4,85", "4.85"),
        (0, "count", "0", "0"),
        (12.5, "per_person", "12,5 на чел.", "12.5 per person"),
        (90, "minutes", "90 мин", "90 min"),
        (3, "days", "3 дн.", "3 d"),
    ],
)
def test_three_significant_figures(value: float, unit: str, russian: str, english: str) -> None:
    assert spaced(RU.value(value, unit)) == russian
    assert spaced(EN.value(value, unit)) == english


@pytest.mark.parametrize(
    ("value", "unit", "russian"),
    [
        (1_240_000, "money", "1 240 000 ₽"),
        (2_345.6, "money", "2 345,60 ₽"),
        (2_345.678, "money", "2 345,68 ₽"),
        (1.127, "percent", "1,127 %"),
        (24.6, "hours", "24,6 ч"),
        (27_612, "count", "27 612"),
    ],
)
def test_exact(value: float, unit: str, russian: str) -> None:
    assert spaced(RU.value(value, unit, exact=True)) == russian


def test_no_ordinary_space_or_hyphen_inside_a_value() -> None:
    for value in (-1_234_567.8, -0.5, 12_345, 7):
        for unit in ("money", "percent", "hours", "per_person", "count"):
            for text in (RU.value(value, unit), RU.value(value, unit, exact=True), EN.value(value, unit)):
                assert " " not in text
                assert "-" not in text
                assert text.startswith(MINUS) is (value < 0)


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_nothing_is_a_dash(value: float | None) -> None:
    assert RU.value(value, "money") == "—"
    assert RU.number(value) == "—"
    assert RU.delta(value, 1, "percent") == "—"
    assert RU.delta(1, value, "money") == "—"


def test_minus_zero_has_no_sign() -> None:
    assert RU.value(-0.0, "count") == "0"
    assert RU.value(-0.001, "money", exact=True) == f"0{NBSP}₽"


@pytest.mark.parametrize(
    ("value", "previous", "unit", "russian", "english"),
    [
        (6.0, 4.8, "percent", "+1,2 п.п.", "+1.2 pp"),
        (4.8, 6.0, "percent", "−1,2 п.п.", "−1.2 pp"),
        (110, 100, "money", "+10 %", "+10%"),
        (88, 100, "count", "−12 %", "−12%"),
        (4, 5, "hours", "−1 ч", "−1 h"),
        (40, 34, "points", "+6 п.", "+6 pts"),
        (5, 0, "count", "+5", "+5"),
        (5, 5, "hours", "без изменений", "no change"),
        (5.001, 5, "percent", "без изменений", "no change"),
    ],
)
def test_change(value: float, previous: float, unit: str, russian: str, english: str) -> None:
    assert spaced(RU.delta(value, previous, unit)) == russian
    assert spaced(EN.delta(value, previous, unit)) == english


def test_target_in_words() -> None:
    assert spaced(RU.target(None, 5, "percent")) == "не больше 5 %"
    assert spaced(RU.target(95, None, "percent")) == "не меньше 95 %"
    assert spaced(RU.target(40, 60, "percent")) == "40–60 %"
    assert RU.target(None, None, "percent") == ""
    assert spaced(RU.target(1_000_000, None, "money")) == "не меньше 1 000 000 ₽"
    assert spaced(RU.target(733_333.33, None, "money")) == "не меньше 733 тыс. ₽"
