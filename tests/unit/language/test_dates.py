"""Dates and periods as people write them."""

from datetime import date, datetime

import pytest

from kpi.language import NBSP, language

RU, EN = language("ru"), language("en")


def spaced(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("first", "grain", "russian", "english"),
    [
        (date(2026, 10, 5), "day", "5 окт.", "5 Oct"),
        (date(2026, 10, 5), "week", "5–11 окт.", "5–11 Oct"),
        (date(2026, 9, 28), "week", "28 сент. – 4 окт.", "28 Sep – 4 Oct"),
        (date(2026, 10, 1), "month", "октябрь 2026", "October 2026"),
        (date(2026, 10, 1), "quarter", "4-й квартал 2026", "Q4 2026"),
        (date(2026, 1, 1), "year", "2026", "2026"),
        (date(2026, 1, 1), "total", "весь период", "whole period"),
    ],
)
def test_period(first: date, grain: str, russian: str, english: str) -> None:
    assert spaced(RU.period(first, grain)) == russian
    assert spaced(EN.period(first, grain)) == english


@pytest.mark.parametrize(
    ("first", "last", "russian"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "октябрь 2026"),
        (date(2026, 2, 1), date(2026, 2, 28), "февраль 2026"),
        (date(2026, 4, 1), date(2026, 6, 30), "2-й квартал 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 2, 1), date(2026, 4, 30), "февраль – апрель 2026"),
        (date(2025, 12, 1), date(2026, 1, 31), "декабрь 2025 – январь 2026"),
        (date(2026, 10, 1), date(2026, 10, 15), "1–15 окт. 2026"),
        (date(2026, 5, 5), date(2026, 5, 5), "5 мая 2026"),
        (date(2025, 12, 30), date(2026, 1, 5), "30 дек. 2025 – 5 янв. 2026"),
    ],
)
def test_span(first: date, last: date, russian: str) -> None:
    assert spaced(RU.span(first, last)) == russian


def test_weekdays_begin_on_monday() -> None:
    assert RU.weekday(1) == "понедельник"
    assert RU.weekday("7", short=True) == "вс"
    assert EN.weekday("1") == "Monday"


def test_dates_in_a_text_have_their_year() -> None:
    assert spaced(RU.t("{d}", d=date(2026, 10, 5))) == "5 окт. 2026"
    assert spaced(RU.t("{d}", d=datetime(2026, 10, 5, 9, 30))) == "5 окт. 2026 09:30"
