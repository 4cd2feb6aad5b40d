"""Visits of YCLIENTS against a local server that follows its published description: rows by hand."""

from datetime import date, timedelta
from typing import Any

from data.collect.yclients.visits import months
from tests.unit.collect.gathering import NOW
from tests.unit.collect.yclients.double import COMPANY
from tests.unit.collect.yclients.salon import Salon, record

PATH = f"/records/{COMPANY}"


def test_a_visit_is_a_row_by_the_clock_of_its_branch(salon: Salon) -> None:
    salon.double.records = [record(1)]
    salon.double.services = [{"id": 1, "title": "Стрижка", "category_id": 30}, {"id": 2, "category_id": 31}]
    salon.double.categories = [{"id": 30, "title": "Волосы"}, {"id": 31, "title": "Лицо"}]
    salon.double.users = [{"id": 1073232, "firstname": "Света", "login": "7928"}]
    found = salon.gathered(visits=True, history=40)
    assert found.rows("visits")[0] == {
        "order_id": "1", "created_at": "2026-10-12 20:35:11", "scheduled_at": "2026-10-13 10:00:00",
        "started_at": "2026-10-13 10:00:00", "finished_at": "2026-10-13 11:00:00", "status": "done",
        "revenue": "2500.50", "addon_revenue": "500.50", "gross": "2200", "items": "2", "employee": "Оксана",
        "branch": "Барбершоп на Лесной", "service": "Стрижка, Борода", "category": "Волосы", "client": "79991234567",
        "source": "Телефон", "is_prebooked": "true", "booked_by": "Света", "last_change_date": "2026-10-13 11:35:15",
    }  # fmt: skip
    assert found.arrived[0].name == "Visits Барбершоп на Лесной 2026-10 1.csv"


def test_the_codes_of_attendance_and_sums_that_are_texts(salon: Salon) -> None:
    bare: dict[str, Any] = {
        "services": [{"id": 1, "title": "Стрижка", "cost": "1 200,5", "first_cost": None}],
        "goods_transactions": [],
    }
    salon.double.records = [
        record(1, **bare), record(2, attendance=-1), record(3, attendance=0), record(4, attendance=2),
        record(5, deleted=True), record(6, client=None, staff=None, services=[], goods_transactions=None),
        record(7, attendance=None, visit_attendance=1, create_date="2026-10-13T10:20:00+0500"),
    ]  # fmt: skip
    rows = {row["order_id"]: row for row in salon.gathered(visits=True, history=40).rows("visits:4564:2026-10")}
    assert [rows[str(n)]["status"] for n in range(1, 8)] == [
        "done", "no_show", "open", "open", "cancelled", "done", "done",
    ]  # fmt: skip
    assert (rows["1"]["revenue"], rows["1"]["gross"], rows["1"]["addon_revenue"]) == ("1200.5", "1200.5", "0")
    assert [rows[str(n)]["finished_at"] for n in (2, 3, 5)] == ["", "", ""]
    assert (rows["6"]["client"], rows["6"]["employee"], rows["6"]["revenue"], rows["6"]["service"]) == ("", "", "0", "")
    assert rows["7"]["is_prebooked"] == "false"  # came from the street


def test_months_are_read_once_the_newest_first_and_then_only_changes(salon: Salon) -> None:
    assert list(months(date(2026, 11, 5), 40)) == [
        (date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 31)), (date(2027, 2, 1), date(2027, 2, 28)),
        (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 9, 1), date(2026, 9, 30)),
    ]  # fmt: skip
    salon.double.records = [record(1), record(2, "2026-12-24T10:00:00+05:00", attendance=0)]
    found = salon.gathered(visits=True, history=40)
    assert {row["order_id"] for row in found.rows("visits")} == {"1", "2"}
    assert salon.double.asked[PATH] == 7
    salon.wall.at = NOW + timedelta(hours=1)
    salon.double.records[1] |= {"deleted": True, "last_change_date": "2026-11-05T12:30:00+0500"}
    again = salon.gathered(found.state, visits=True, history=40)
    assert [(row["order_id"], row["status"]) for row in again.rows("visits")] == [("2", "cancelled")]
    assert salon.double.queries[-1] == (
        PATH, {"changed_after": "2026-11-04T12:00:00", "with_deleted": "1", "page": "1", "count": "200"}
    )  # fmt: skip


def test_pages_are_read_to_their_end_whatever_their_size(salon: Salon) -> None:
    salon.double.records = [record(n) for n in range(1, 121)]
    salon.double.most = 50  # the service gives less than was asked for
    rows = salon.gathered(visits=True, history=40).rows("visits:4564:2026-10")
    assert len({row["order_id"] for row in rows}) == len(rows) == 120


def test_two_hundred_questions_a_minute_and_five_a_second_are_never_broken(salon: Salon) -> None:
    salon.double.records = [record(n) for n in range(1, 206)]
    salon.double.most = 1
    found = salon.gathered(visits=True, history=40)
    assert len({row["order_id"] for row in found.rows("visits")}) == 205
    assert salon.double.refused == 0
    assert found.runs == 2


def test_branches_come_each_under_the_name_they_had_first(salon: Salon) -> None:
    salon.double.titles["4565"] = "На Садовой"
    salon.double.records = [record(1), record(2, company_id=4565)]
    found = salon.gathered(visits=True, history=40, branches="4564, 4565")
    assert {row["order_id"]: row["branch"] for row in found.rows("visits")} == {
        "1": "Барбершоп на Лесной", "2": "На Садовой",
    }  # fmt: skip
    salon.double.titles["4565"] = "Садовая, 12"
    salon.double.records[1]["last_change_date"] = "2026-11-05T12:30:00+0500"
    again = salon.gathered(found.state, visits=True, history=40, branches="4564, 4565")
    assert {row["branch"] for row in again.rows("visits:4565")} == {"На Садовой"}
