"""Avito's API against a local server that follows its published description: rows by hand."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.collect import avito
from data.collect.model import Arrived
from tests.unit.collect.avito.cabinet import KEYS, NOTHING, REVIEW, STATISTICS, YESTERDAY, Cabinet
from tests.unit.collect.avito.double import Figures
from tests.unit.collect.gathering import NOW, asked


def test_a_row_is_an_advertisement_and_a_day_in_roubles(cabinet: Cabinet) -> None:
    cabinet.double.figures = [
        Figures(
            1853257996, YESTERDAY,
            {"impressions": 1000, "views": 100, "contacts": 7, "contactsMessenger": 3, "contactsShowPhone": 5,
             "favorites": 2, "allSpending": 175050, "spending": 150050, "promoSpending": 100025},
        ),
        Figures(77, YESTERDAY, {"views": 1}),
        Figures(77, NOW.date(), {"views": 500}),
    ]  # fmt: skip
    cabinet.double.items = [
        {"id": 1853257996, "title": "Мужская стрижка", "category": {"id": 114, "name": "Услуги"}, "status": "active",
         "address": "Ростовская область, Ростов-на-Дону, ул. Лесная, 7"},
    ]  # fmt: skip
    found = cabinet.gathered(statistics=True, history=2)
    (one,) = found.arrived
    assert one.name == "Avito statistics 2026-11-04…2026-11-04.csv"
    assert (one.fact, one.period) == ("ads", (YESTERDAY, YESTERDAY))
    assert found.rows("statistics") == [
        {
            "ad_id": "77", "title": "", "category": "", "city": "", "period_start": "2026-11-04",
            "period_end": "2026-11-04", "impressions": "0", "views": "1", "contacts": "0", "chats": "0",
            "phone_views": "0", "favorites": "0", "orders": "0", "spend": "0", "promotion_spend": "0",
            "bonus_spend": "0",
        },
        {
            "ad_id": "1853257996", "title": "Мужская стрижка", "category": "Услуги", "city": "Ростов-на-Дону",
            "period_start": "2026-11-04", "period_end": "2026-11-04", "impressions": "1000", "views": "100",
            "contacts": "7", "chats": "3", "phone_views": "5", "favorites": "2", "orders": "0", "spend": "1500.5",
            "promotion_spend": "1000.25", "bonus_spend": "250",
        },
    ]  # fmt: skip


def test_a_figure_this_account_does_not_get_is_unknown_not_nothing(cabinet: Cabinet) -> None:
    cabinet.double.figures = [Figures(1, YESTERDAY, {"views": 4, "allSpending": 900, "spendingBonus": 200})]
    cabinet.double.unavailable = {"impressions", "spending", "orderedItems", "bookingPlacedCount"}
    (row,) = cabinet.gathered(statistics=True, history=2).rows("statistics")
    assert "impressions" not in row
    assert "orders" not in row
    assert (row["views"], row["spend"], row["bonus_spend"]) == ("4", "7", "2")


def test_the_whole_history_takes_an_hour_and_each_day_counts_once(cabinet: Cabinet) -> None:
    first = NOW.date() - timedelta(days=269)
    cabinet.double.figures = [Figures(1, first + timedelta(days=n), {"views": n + 1}) for n in range(270)]
    found = cabinet.gathered(statistics=True)
    assert sum(int(row["views"]) for row in found.rows("statistics")) == sum(range(1, 270))  # today's 270 is left out
    assert (len(found.arrived), cabinet.double.asked[STATISTICS]) == (58, 58)
    assert cabinet.wall.at - NOW == timedelta(minutes=57)  # one question a minute, none refused
    assert found.runs == 58


def test_the_next_day_asks_for_the_new_day_and_what_may_still_change(cabinet: Cabinet) -> None:
    cabinet.double.figures = [Figures(1, YESTERDAY, {"views": 4})]
    before = cabinet.gathered(statistics=True, history=16)
    cabinet.wall.at = NOW + timedelta(days=1)
    cabinet.double.figures = [Figures(1, YESTERDAY, {"views": 5}), Figures(1, NOW.date(), {"views": 9})]
    after = cabinet.gathered(before.state, statistics=True, history=16)
    assert [(row["period_start"], row["views"]) for row in after.rows("statistics")] == [
        ("2026-11-05", "9"), ("2026-11-04", "5"),
    ]  # fmt: skip
    assert cabinet.double.asked[STATISTICS] == 15 + 4


def test_more_advertisements_than_a_page_go_on_where_the_run_stopped(cabinet: Cabinet) -> None:
    cabinet.double.figures = [Figures(ad, YESTERDAY, {"views": 1}) for ad in range(1, 2302)]
    found = cabinet.gathered(statistics=True, history=2)
    assert len({row["ad_id"] for row in found.rows("statistics")}) == 2301
    assert [one.period for one in found.arrived] == [None, None, None]  # no page tells everything of its day
    assert [body["offset"] for path, body in cabinet.double.bodies if path == STATISTICS] == [0, 1000, 2000]
    assert found.runs == 3


def test_a_killed_run_goes_on_with_the_state_it_reached(cabinet: Cabinet) -> None:
    cabinet.double.figures = [Figures(ad, YESTERDAY, {"views": 1}) for ad in range(1, 1102)]
    run = avito.KIND.fetch(asked(avito.KIND, cabinet.wall, {**NOTHING, "statistics": True, "history": 2}, KEYS))
    first = next(one for one in run if isinstance(one, Arrived))
    del run  # killed after its first table, before its state was reached
    found = cabinet.gathered(statistics=True, history=2)
    assert found.arrived[0] == first  # the same key and content once more, for whoever keeps them to tell
    assert len({row["ad_id"] for row in found.rows("statistics")}) == 1101


def test_reviews_with_their_answers(cabinet: Cabinet) -> None:
    rejected = {**REVIEW, "id": 6, "answer": {**REVIEW["answer"], "status": "rejected"}, "item": None}  # type: ignore[dict-item]
    cabinet.double.reviews = [REVIEW, rejected, {**REVIEW, "id": 7, "answer": None, "sender": None}]
    rows = cabinet.gathered(reviews=True).rows("reviews")
    assert rows[0] == {
        "review_id": "5", "created_at": "2026-10-01 00:00:00", "rating": "4", "text": "Ждали долго",
        "outcome": "not_communicate", "answered_at": "2026-10-02 00:00:00", "client": "Иван", "Объявление": "Стрижка",
    }  # fmt: skip
    assert [row["answered_at"] for row in rows] == ["2026-10-02 00:00:00", "", ""]


def test_reviews_are_read_page_by_page_once_a_day(cabinet: Cabinet) -> None:
    cabinet.double.reviews = [{**REVIEW, "id": n} for n in range(123)]
    found = cabinet.gathered(reviews=True)
    assert len(found.rows("reviews")) == 123
    assert cabinet.double.asked["/ratings/v1/reviews"] == 3
    assert cabinet.gathered(found.state, reviews=True).arrived == []
    cabinet.wall.at += timedelta(days=1)
    again = cabinet.gathered(found.state, reviews=True)
    assert [one.content for one in again.arrived] == [one.content for one in found.arrived]


def application(number: int, at: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"67fa{number:04}", "vacancy_id": 101 + number % 2, "created_at": at, "updated_at": at, "state": "new",
        "is_viewed": False, "type": "by_chat", "employee_id": 7, "applicant": {"data": {"name": "Секретов"}},
        "contacts": {"phones": [{"value": 72002000014}]}, "price": {"real": 10000, "bonus": 2050, "total": 12050},
        **more,
    }  # fmt: skip


def test_applications_and_their_vacancies_without_names_of_applicants(cabinet: Cabinet) -> None:
    cabinet.double.employees = [{"employeeId": 7, "name": "Мария"}]
    cabinet.double.applications = [
        application(1, "2026-11-03T23:30:00Z"),
        application(2, "2026-11-01T10:00:00+03:00", price=None, employee_id=None),
    ]  # fmt: skip
    cabinet.double.vacancies = [
        {"id": 102, "title": "Барбер", "start_time": "2026-10-20T09:00:00Z", "is_active": True},
        {"id": 101, "title": "Администратор", "start_time": "2026-09-01T09:00:00Z"},
    ]  # fmt: skip
    found = cabinet.gathered(hiring=True)
    assert found.rows("applicants") == [
        {"applicant_id": "67fa0001", "vacancy_id": "102", "applied_at": "2026-11-04 02:30:00", "employee": "Мария",
         "source": "Чат", "cost": "120.5", "Статус отклика": "new"},
        {"applicant_id": "67fa0002", "vacancy_id": "101", "applied_at": "2026-11-01 10:00:00", "employee": "",
         "source": "Чат", "cost": "", "Статус отклика": "new"},
    ]  # fmt: skip
    assert found.rows("vacancies") == [
        {"vacancy_id": "102", "title": "Барбер", "opened_at": "2026-10-20 12:00:00",
         "published_at": "2026-10-20 12:00:00"},
        {"vacancy_id": "101", "title": "Администратор", "opened_at": "2026-09-01 12:00:00",
         "published_at": "2026-09-01 12:00:00"},
    ]  # fmt: skip
    assert all(b"\xd0\xa1\xd0\xb5\xd0\xba\xd1\x80" not in one.content for one in found.arrived)
    assert all(b"72002000014" not in one.content for one in found.arrived)


def test_applications_come_a_hundred_at_a_time_and_later_only_what_was_updated(cabinet: Cabinet) -> None:
    start = datetime(2026, 9, 1, tzinfo=ZoneInfo("Europe/Moscow"))
    cabinet.double.applications = [
        application(n, (start + timedelta(hours=n)).isoformat()) for n in range(250)
    ]  # fmt: skip
    found = cabinet.gathered(hiring=True)
    assert len({row["applicant_id"] for row in found.rows("applicants")}) == 250
    assert cabinet.double.asked["/job/v1/applications/get_ids"] == 3
    cabinet.wall.at += timedelta(days=1)
    cabinet.double.applications[0]["updated_at"] = "2026-11-05T15:00:00+03:00"
    cabinet.double.applications[0]["state"] = "invited"
    again = cabinet.gathered(found.state, hiring=True)
    assert [(row["applicant_id"], row["Статус отклика"]) for row in again.rows("applicants")] == [
        ("67fa0000", "invited")
    ]  # fmt: skip


def test_an_account_with_nothing_brings_nothing_and_is_no_trouble(cabinet: Cabinet) -> None:
    found = cabinet.gathered(statistics=True, calls="counts", reviews=True, hiring=True, history=5)
    assert (found.arrived, found.notes) == ([], [])
