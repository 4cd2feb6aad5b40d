"""Forecasts of what is loaded: facts are those of the evaluator, bookings are none."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

from data.access.reader import Reader
from data.errors import UserError
from data.ingest.pipeline import propose
from data.model import OWNER
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.forecast import Asker, Span
from kpi.model import Query, Target
from kpi.targets import TargetBook

FIRST, NOW = date(2025, 9, 1), date(2026, 11, 11)
TARGETS = TargetBook((Target(good_low=200.0, kpi="orders_done"),))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Jobs of fourteen months, a tenth of them no-shows; 25 bookings for the days after the last."""
    folder = tmp_path_factory.mktemp("forecast")
    chance, rows = np.random.default_rng(4), ["Номер заказа;Дата визита;Дата завершения;Статус;Сумма;Филиал"]
    day = FIRST
    while day <= NOW:
        for _ in range(int(chance.poisson(4 + 4 * (day.weekday() >= 5)))):
            done = chance.random() > 0.1
            state, end = ("Выполнен", f"{day:%d.%m.%Y} 15:00") if done else ("Не пришёл", "")
            rows.append(f"{len(rows)};{day:%d.%m.%Y} 12:00;{end};{state};{'1000,00' if done else ''};Центр")
        day += timedelta(days=1)
    for n in range(25):
        ahead = NOW + timedelta(days=1 + n)
        rows.append(f"{len(rows)};{ahead:%d.%m.%Y} 12:00;;{'Отменён' if n == 0 else 'Записан'};;Центр")
    sheet = folder / "Заказы.csv"
    sheet.write_text("\n".join(rows), encoding="utf-8")
    with Store.open(folder / "workspace") as opened:
        mapping = propose(opened.cursor(), sheet)[0].mapping
        assert mapping is not None
        opened.publish(sheet, [mapping])
        yield opened


def asker(
    store: Store, today: date = NOW + timedelta(days=1), where: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> Asker:
    return Asker(Reader(store, OWNER), catalogue(), TARGETS, today, where)


def value(store: Store, kpi: str, since: date, until: date) -> float:
    """What the pages show."""
    found = evaluate(Reader(store, OWNER), catalogue(), Query((kpi,), since, until, compare=()), TARGETS)
    return float(found.frame["value"].iloc[0])


@pytest.mark.parametrize("kpi", ["orders_done", "revenue", "no_show_rate", "average_ticket"])
def test_the_fact_is_the_figure_of_the_pages(store: Store, kpi: str) -> None:
    told = asker(store).told(kpi, "month")
    assert told.forecast is not None
    assert told.span == Span(date(2026, 11, 1), date(2026, 11, 30))
    assert told.forecast.now == NOW
    assert told.forecast.fact == pytest.approx(value(store, kpi, told.span.since, NOW))
    assert told.forecast.course.known[-1] == pytest.approx(told.forecast.fact)


def test_a_sum_has_its_target_its_course_and_its_bookings(store: Store) -> None:
    told = asker(store).told("orders_done", "month")
    found = told.forecast
    assert found is not None
    assert told.bounds is not None
    assert told.bounds.good_low == 200
    assert told.due == pytest.approx(200 * found.plan[10])
    assert told.booked == 18  # 12–30 November are 19 days, of which the first booking was cancelled
    assert len(found.course.days) == 19
    assert found.method != "pace"
    assert found.past is not None
    assert found.past.error < found.past.pace_error
    assert found.course.last_year[-1] == pytest.approx(
        value(store, "orders_done", date(2025, 11, 1), date(2025, 11, 30))
    )


def test_a_day_that_is_not_over_counts_only_what_has_happened(store: Store) -> None:
    whole, running = asker(store).told("orders_done", "month"), asker(store, today=NOW).told("orders_done", "month")
    assert whole.forecast is not None
    assert running.forecast is not None
    assert running.forecast.now == NOW - timedelta(days=1)
    assert running.forecast.fact == whole.forecast.fact
    today = value(store, "orders_done", NOW, NOW)
    assert running.forecast.course.expected[0] >= running.forecast.course.known[-1] + today


def test_quarters_weeks_and_any_last_day(store: Store) -> None:
    assert asker(store).told("orders_done", "quarter").span == Span(date(2026, 10, 1), date(2026, 12, 31))
    assert asker(store).told("orders_done", "week").span == Span(date(2026, 11, 9), date(2026, 11, 15))
    told = asker(store).told("orders_done", "month", date(2026, 12, 20))
    assert (told.span, told.grain) == (Span(date(2026, 11, 1), date(2026, 12, 20)), "total")
    assert told.forecast is not None
    with pytest.raises(UserError):
        asker(store).told("orders_done", "month", date(2026, 10, 20))


def test_filters_hold(store: Store) -> None:
    all_of_it = asker(store).told("orders_done", "month").forecast
    centre = asker(store, where=(("branch", ("Центр",)),)).told("orders_done", "month")
    assert all_of_it is not None
    assert centre.forecast is not None
    assert centre.forecast.fact == all_of_it.fact
    assert centre.booked == 18
    nobody = asker(store, where=(("branch", ("Север",)),)).told("orders_done", "month")
    assert nobody.forecast is None
    assert nobody.why is not None


@pytest.mark.parametrize("kpi", ["rating", "headcount", "enps", "goals_met"])
def test_what_cannot_be_foretold_says_why(store: Store, kpi: str) -> None:
    told = asker(store).told(kpi, "month")
    assert told.forecast is None
    assert str(told.why)
