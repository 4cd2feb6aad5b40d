"""Avito's three lists of calls against a local server: rows by hand."""

from datetime import date, timedelta

from tests.unit.collect.avito.cabinet import CALL, YESTERDAY, Cabinet


def test_counts_of_calls_become_so_many_calls_and_a_recount_takes_their_place(cabinet: Cabinet) -> None:
    cabinet.double.employees = [{"employeeId": 10800, "name": "Аристарх", "isChief": False}]
    day = {"date": "2026-11-04", "calls": 3, "answered": 2, "new": 1, "newAnswered": 1}
    none = {"date": "2026-11-03", "calls": 0, "answered": 0, "new": 0, "newAnswered": 0}
    cabinet.double.counts = [
        {"itemId": 5, "employeeId": 10800, "days": [none, day]}, {"itemId": 0, "employeeId": 0, "days": [day]},
    ]  # fmt: skip
    found = cabinet.gathered(calls="counts", history=10)
    assert found.rows("calls")[:3] == [
        {"call_id": f"2026-11-04·5·10800·{n}", "at": "2026-11-04 00:00:00", "answered": answered,
         "employee": "Аристарх", "Номер объявления": "5"} for n, answered in ((1, "true"), (2, "true"), (3, "false"))
    ]  # fmt: skip
    assert len(found.rows("calls")) == 6
    assert found.rows("calls")[3]["employee"] == ""
    assert found.arrived[0].period == (date(2026, 10, 27), YESTERDAY)


def test_the_days_of_calls_that_may_change_are_read_again_once_a_day(cabinet: Cabinet) -> None:
    cabinet.double.counts = [{"itemId": 5, "employeeId": 0, "days": []}]
    state = cabinet.gathered(calls="counts", history=100).state
    windows = [(body["dateFrom"], body["dateTo"]) for _, body in cabinet.double.bodies]
    assert windows == [
        ("2026-07-29", "2026-08-27"), ("2026-08-28", "2026-09-26"), ("2026-09-27", "2026-10-26"),
        ("2026-10-27", "2026-11-04"),
    ]  # fmt: skip
    cabinet.gathered(state, calls="counts", history=100)
    assert len(cabinet.double.bodies) == 4
    cabinet.wall.at += timedelta(days=1)
    cabinet.gathered(state, calls="counts", history=100)
    assert cabinet.double.bodies[-1][1] == {"dateFrom": "2026-10-21", "dateTo": "2026-11-05"}


def test_target_calls_have_prices_in_roubles_and_the_hour_of_the_business(cabinet: Cabinet) -> None:
    missed = {**CALL, "id": 12, "duration": 0, "statusId": 3, "price": 0, "startTime": "2026-11-04T10:00:00+03:00"}
    today = {**CALL, "id": 13, "startTime": "2026-11-05T10:00:00+03:00"}
    cabinet.double.target = [CALL, missed, today]
    rows = cabinet.gathered(calls="target", zone="Asia/Yekaterinburg").rows("calls")
    assert rows == [
        {
            "call_id": "11", "at": "2026-11-04 01:58:05", "talk_seconds": "62", "wait_seconds": "7.25",
            "answered": "true", "target": "target", "price": "150.5", "client": "79990000001",
            "Номер объявления": "1853257996", "category": "Услуги",
        },
        {
            "call_id": "12", "at": "2026-11-04 12:00:00", "talk_seconds": "0", "wait_seconds": "7.25",
            "answered": "false", "target": "not_target", "price": "0", "client": "79990000001",
            "Номер объявления": "1853257996", "category": "Услуги",
        },
    ]  # fmt: skip
    (_, body), *_ = cabinet.double.bodies
    assert body["dateTimeFrom"] == "2026-02-09T00:00:00+05:00"


def test_calls_of_call_tracking_come_by_pages(cabinet: Cabinet) -> None:
    cabinet.double.tracked = [
        {"callId": n, "callTime": "2026-11-04T07:00:00Z", "talkDuration": n % 2 * 30, "waitingDuration": 4,
         "buyerPhone": f"7999{n:07}", "sellerPhone": "7", "virtualPhone": "7", "itemId": None} for n in range(1, 651)
    ]  # fmt: skip
    found = cabinet.gathered(calls="tracked", history=20)
    rows = found.rows("calls")
    assert len({row["call_id"] for row in rows}) == 650
    assert (rows[0]["at"], rows[0]["answered"], rows[1]["answered"]) == ("2026-11-04 10:00:00", "true", "false")
    assert cabinet.double.asked["/calltracking/v1/getCalls/"] == 7  # five a minute, then the rest: none refused
    assert found.runs == 2


def test_another_list_of_calls_begins_after_the_last_day_of_the_one_before(cabinet: Cabinet) -> None:
    cabinet.double.counts = [
        {"itemId": 5, "employeeId": 0, "days": [{"date": "2026-11-04", "calls": 1, "answered": 1}]}
    ]  # fmt: skip
    state = cabinet.gathered(calls="counts", history=20).state
    cabinet.double.target = [CALL, {**CALL, "id": 14, "startTime": "2026-11-05T10:00:00+03:00"}]
    cabinet.wall.at += timedelta(days=1)
    rows = cabinet.gathered(state, calls="target", history=20).rows("calls")
    assert [row["call_id"] for row in rows] == ["14"]  # the 3rd and 4th are told by the counts
