"""Periods and amounts as people write them."""

from datetime import date

import pytest

from kpi.plan_sheet.amounts import Amount, amount, comma_of
from kpi.plan_sheet.periods import CalendarPeriod, period_of, year_in

NOVEMBER = CalendarPeriod("month", date(2026, 11, 1))
FOURTH = CalendarPeriod("quarter", date(2026, 10, 1))

WRITTEN = (
    "2026-11", "2026-11-01", "2026-11-01 00:00:00", "11.2026", "01.11.2026", "1.11.26", "ноябрь 2026", "Ноябрь 2026 г.",
    "ноября 2026", "нояб. 2026", "ноя.26", "ноя 26", "Nov 2026", "November 2026", "Nov-26", "nov'26", "НОЯБРЬ",
    "2026 ноябрь",
)  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_november(text: str) -> None:
    assert period_of(text, 2026) == NOVEMBER


QUARTERS = (
    "Q4 2026",
    "q4",
    "4 кв. 2026",
    "IV квартал 2026",
    "IV кв. 2026 г.",
    "4-й квартал 2026",
    "2026 Q4",
    "4 кв 26",
)


@pytest.mark.parametrize("text", QUARTERS)
def test_fourth_quarter(text: str) -> None:
    assert period_of(text, 2026) == FOURTH


def test_a_year_and_its_days() -> None:
    assert period_of("2026 год", 2020) == CalendarPeriod("year", date(2026, 1, 1))
    assert period_of("2026", 2020) == CalendarPeriod("year", date(2026, 1, 1))
    assert (FOURTH.last, NOVEMBER.last) == (date(2026, 12, 31), date(2026, 11, 30))


@pytest.mark.parametrize("text", ["15.11.2026", "13.2026", "Выручка", "", "5", "май дом", "Q5 2026", "total", "5 кв."])
def test_what_is_no_period(text: str) -> None:
    assert period_of(text, 2026) is None


def test_every_month_of_both_languages() -> None:
    russian = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
    english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    expected = [CalendarPeriod("month", date(2026, n, 1)) for n in range(1, 13)]
    for names in (russian, english):
        assert [period_of(name, 2026) for name in names] == expected


def test_the_year_of_a_file() -> None:
    assert year_in("План_2027.xlsx") == 2027
    assert year_in("План 2026-2027") is None
    assert year_in("12026") is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1 200 000,50 ₽", 1_200_000.5, 1_200_000.5),
        ("1\u00a0200\u00a0000", 1_200_000, 1_200_000),
        ("1,2 млн", 1_200_000, 1_200_000),
        ("250 тыс.", 250_000, 250_000),
        ("12 %", 12, 12),
        ("75–85", 75, 85),
        ("75-85 %", 75, 85),
        ("от 75 до 85", 75, 85),
        ("≤ 5", None, 5),
        ("не больше 5", None, 5),
        (">= 80", 80, None),
        ("не менее 4,5", 4.5, None),
        ("1.234.567", 1_234_567, 1_234_567),
        ("1,234,567.5", 1_234_567.5, 1_234_567.5),
        ("1.234.567,5", 1_234_567.5, 1_234_567.5),
        ("−5", -5, -5),
        ("0,125", 0.125, 0.125),
    ],
)
def test_amounts(text: str, low: float | None, high: float | None) -> None:
    assert amount(text, None) == Amount(low, high)


@pytest.mark.parametrize("text", ["abc", "5 яблок", "1,234", "85–75", "1,2.3,4", "", "1e5", "nan", "inf"])
def test_what_is_no_amount(text: str) -> None:
    assert amount(text, None) is None


def test_another_cell_tells_what_a_comma_means() -> None:
    assert comma_of(["1,234", "5,5"]) == "decimal"
    assert comma_of(["1,234", "2,500,000"]) == comma_of(["1,234", "1,250.5"]) == "thousands"
    assert comma_of(["1,234"]) is None
    assert amount("1,234", "thousands") == Amount(1234, 1234)
    assert amount("1,234", "decimal") == Amount(1.234, 1.234)
