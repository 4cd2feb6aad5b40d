"""The stories of the demo business are named where a change concerns them, without being told where to look."""

import calendar
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.access.reader import Reader
from data.demo.stories import CONTACT_COST, STAR
from data.demo.trades import REPAIR
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.language import language
from kpi.why import Asked, Why, explain
from kpi.why.telling import told
from tests.example import NOW, copied


@pytest.fixture(scope="module")
def reader(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with Store.open(copied(example, tmp_path_factory.mktemp("why")), lambda: NOW) as store:
        yield Reader(store)


def why(reader: Reader, kpi: str, since: date, until: date, against: tuple[date, date]) -> Why:
    return explain(reader, catalogue(), Asked(kpi, since, until, against))


def month(reader: Reader, kpi: str, since: date) -> Why:
    until = date(since.year, since.month, calendar.monthrange(since.year, since.month)[1])
    return explain(reader, catalogue(), Asked(kpi, since, until, "previous", (), "month"))


def said(answer: Why) -> str:
    return told(answer, language("ru")).headline


@pytest.mark.parametrize("year", [2025, 2026])
def test_spring_rework_is_the_repair_branch(reader: Reader, year: int) -> None:
    winter = (date(year - 1, 12, 1), date(year, 2, 28))
    answer = why(reader, "rework_rate", date(year, 3, 1), date(year, 5, 31), winter)
    assert answer.change > 1.5
    assert answer.is_real is True
    assert answer.breakdowns[0].dimension == "branch"
    best = answer.breakdowns[0].contributions[0]
    assert best.member == REPAIR.name
    assert best.effect > 0.8 * answer.change
    assert abs(best.rate) > 5 * abs(best.mix)
    assert REPAIR.name in said(answer)


def test_the_month_it_begins_is_a_real_change(reader: Reader) -> None:
    answer = month(reader, "rework_rate", date(2026, 3, 1))
    assert answer.is_real is True
    assert f"{REPAIR.name} (филиал)" in said(answer)


def test_autumn_is_no_real_change(reader: Reader) -> None:
    answer = month(reader, "rework_rate", date(2026, 10, 1))
    assert answer.is_real is False
    assert "настоящего изменения нет" in said(answer)
    assert "из них" not in said(answer)


def test_a_month_the_star_worked_little_has_fewer_add_ons(reader: Reader) -> None:
    answer = month(reader, "addon_rate", date(2025, 6, 1))
    assert answer.is_real is True
    assert answer.breakdowns[0].dimension == "employee"
    assert answer.breakdowns[0].is_mix
    assert STAR in said(answer)


def test_more_contacts_of_the_dear_account_is_a_mix(reader: Reader) -> None:
    """In December 2025 the dear account brings fewer of the contacts; each account's own price hardly moved."""
    answer = month(reader, "cost_per_contact", date(2025, 12, 1))
    assert answer.breakdowns[0].dimension == "account"
    assert answer.breakdowns[0].is_mix
    dear = max(CONTACT_COST, key=CONTACT_COST.__getitem__)
    assert f"{dear} (аккаунт)" in said(answer)


def test_a_week_with_its_weekend_is_later_than_one_without(reader: Reader) -> None:
    days = (date(2026, 10, 12), date(2026, 10, 16))
    answer = why(reader, "on_time_rate", date(2026, 10, 19), date(2026, 10, 25), days)
    assert answer.is_real is True
    assert answer.breakdowns[0].dimension == "weekday"
    assert {c.member for c in answer.breakdowns[0].contributions[:2]} == {"6", "7"}
    assert "суббота" in said(answer)


def test_gross_profit_is_jobs_ticket_and_margin(reader: Reader) -> None:
    answer = month(reader, "gross_profit", date(2026, 10, 1))
    named = [driver.kpi.id if driver.kpi else None for driver in answer.drivers]
    assert named[:3] == ["orders_done", "average_ticket", "gross_margin"]
    assert math.fsum(driver.effect for driver in answer.drivers) == answer.change
    assert abs(answer.drivers[-1].effect) < 0.05 * abs(answer.change)


def test_operating_profit_opens_its_revenue(reader: Reader) -> None:
    answer = month(reader, "operating_profit", date(2026, 10, 1))
    revenue = answer.drivers[0]
    assert revenue.kpi is not None
    assert revenue.kpi.id == "revenue"
    assert math.fsum(part.effect for part in revenue.parts) == revenue.effect == revenue.after - revenue.before
