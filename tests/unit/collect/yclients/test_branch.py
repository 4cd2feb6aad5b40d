"""Staff, hours, reviews and money of YCLIENTS; what is wrong, in words."""

import logging

import pytest

from data.collect import yclients
from data.collect.api.failures import KeysRefused, NoRight, NotInTariff, NotThere, NotUnderstood, Refused
from data.collect.model import Arrived, Noted, Reached, Trouble
from data.collect.yclients.expenses import kind_of
from data.errors import UserError
from tests.unit.collect.gathering import asked
from tests.unit.collect.local import Given
from tests.unit.collect.yclients.double import COMPANY, PARTNER, USER, refusal
from tests.unit.collect.yclients.salon import NOTHING, SECRETS, Salon, record

PEOPLE = [
    {"id": 9, "name": "Оксана", "specialization": "барбер", "position": {"id": 1, "title": "Топ-барбер"}, "fired": 0,
     "employee": {"date_admission": "2024-03-01"}, "dismissal_date": None, "is_deleted": False},
    {"id": 10, "name": "Денис", "specialization": "барбер", "position": [], "fired": 1, "employee": [],
     "dismissal_date": "2026-08-31", "is_deleted": False},
    {"id": 11, "name": "Ошибка", "specialization": "", "position": [], "is_deleted": True},
]  # fmt: skip


def test_staff_with_their_posts_and_no_deleted_ones(salon: Salon) -> None:
    salon.double.staff = PEOPLE
    found = salon.gathered(staff=True)
    assert found.rows("staff") == [
        {"employee": "Оксана", "role": "Топ-барбер", "hired_on": "2024-03-01", "left_on": "",
         "branch": "Барбершоп на Лесной"},
        {"employee": "Денис", "role": "барбер", "hired_on": "", "left_on": "2026-08-31",
         "branch": "Барбершоп на Лесной"},
    ]  # fmt: skip
    assert found.arrived[0].mappings[0].key == ("employee",)
    assert salon.gathered(found.state, staff=True).arrived == []


def test_hours_of_days_that_are_over(salon: Salon) -> None:
    salon.double.staff = PEOPLE
    salon.double.schedules["9"] = [
        {"date": "2026-11-03", "is_working": 1,
         "slots": [{"from": "10:00", "to": "14:00"}, {"from": "15:00", "to": "23:15"}]},
        {"date": "2026-11-04", "is_working": True, "slots": [{"from": "16:00", "to": "00:00"}]},
        {"date": "2026-11-02", "is_working": 0, "slots": []},
        {"date": "2026-11-05", "is_working": 1, "slots": [{"from": "10:00", "to": "14:00"}]},
    ]  # fmt: skip
    found = salon.gathered(hours=True, history=30)
    assert found.rows("hours") == [
        {"employee": "Оксана", "date": day, "planned_hours": hours, "worked_hours": hours,
         "branch": "Барбершоп на Лесной"} for day, hours in (("2026-11-03", "12.25"), ("2026-11-04", "8.0"))
    ]  # fmt: skip
    salon.wall.sleep(86_400)
    salon.gathered(found.state, hours=True, history=30)
    assert salon.double.asked[f"/schedule/{COMPANY}/9/2026-10-06/2026-11-04"] == 1
    assert salon.double.asked[f"/schedule/{COMPANY}/9/2026-10-22/2026-11-05"] == 1


def test_reviews_name_the_employee_they_are_of(salon: Salon) -> None:
    salon.double.staff = PEOPLE
    comment = {"company_id": int(COMPANY), "date": "2026-11-03 20:31:05", "user_id": "1"}
    salon.double.comments = [
        {**comment, "type": "1", "master_id": "9", "id": "18437", "text": "Отлично!", "rating": "4",
         "user_name": "Виктор"},
        {**comment, "type": "0", "master_id": "0", "id": "20314", "text": "COOL", "rating": "5", "user_name": None},
        {**comment, "type": "0", "master_id": "0", "id": "20315", "text": "Вопрос", "rating": "0", "user_name": None},
    ]  # fmt: skip
    rows = salon.gathered(reviews=True).rows("reviews")
    assert rows == [
        {"review_id": "18437", "created_at": "2026-11-03 20:31:05", "rating": "4", "text": "Отлично!",
         "employee": "Оксана", "client": "Виктор", "branch": "Барбершоп на Лесной"},
        {"review_id": "20314", "created_at": "2026-11-03 20:31:05", "rating": "5", "text": "COOL", "employee": "",
         "client": "", "branch": "Барбершоп на Лесной"},
    ]  # fmt: skip


def test_only_money_that_left_is_an_expense(salon: Salon) -> None:
    def paid(number: int, amount: object, article: int, title: str, **more: object) -> dict[str, object]:
        expense = {"id": article, "title": title}
        return {"id": number, "company_id": int(COMPANY), "date": "2026-11-03 21:22:00", "amount": amount,
                "expense": expense, **more}  # fmt: skip

    salon.double.transactions = [
        paid(1, -5000, 3, "Зарплата персонала"), paid(2, "-1200.50", 1, "Закупка материалов"),
        paid(3, 1500, 5, "Оказание услуг"), paid(4, -1500, 5, "Оказание услуг"), paid(5, -300, 9, "Прочие расходы"),
        paid(6, -40000, 501, "Аренда помещения"), paid(7, -900, 502, "Перемещение между кассами"),
        paid(8, -70, 11, "Комиссия за эквайринг"), paid(9, -10, 9, "x", deleted=True),
        paid(10, -800, 4, "Налоги и сборы"),
    ]  # fmt: skip
    rows = salon.gathered(expenses=True).rows("expenses")
    assert [(row["expense_id"], row["kind"], row["amount"]) for row in rows] == [
        ("1", "salary", "5000"), ("2", "material", "1200.50"), ("5", "other", "300"), ("6", "rent", "40000"),
        ("8", "services", "70"), ("10", "tax", "800"),
    ]  # fmt: skip
    assert {row["date"] for row in rows} == {"2026-11-03"}
    assert kind_of("Реклама на Авито") == "marketing"


@pytest.mark.parametrize(
    ("given", "failure"),
    [
        (refusal(401, "Необходима авторизация"), KeysRefused),
        (refusal(403, "Нет прав"), NoRight),
        (refusal(403, "Необходимо продлить лицензию в филиале с id: 4564"), NotInTariff),
        (refusal(402, "x"), NotInTariff),
        (refusal(404, "x"), NotThere),
        (refusal(422, "x"), Refused),
        (refusal(200, "canary"), Refused),
        (Given(200, b"<html>"), NotUnderstood),
        (Given(200, {"success": True}), None),
        (Given(200, {"success": True, "data": {"a": 1}}), NotUnderstood),
    ],
)
def test_each_refusal_has_its_words(salon: Salon, given: Given, failure: type[Trouble] | None) -> None:
    salon.double.always[f"/records/{COMPANY}"] = given
    if failure is None:
        assert salon.gathered(visits=True).arrived == []
        return
    with pytest.raises(failure) as error:
        salon.gathered(visits=True)
    assert "canary" not in str(error.value)


def test_a_branch_without_one_right_gives_all_else_and_says_so(salon: Salon) -> None:
    salon.double.records = [record(1)]
    salon.double.always[f"/transactions/{COMPANY}"] = refusal(403, "Нет прав")
    found = salon.gathered(visits=True, expenses=True, history=40)
    assert {row["order_id"] for row in found.rows("visits")} == {"1"}
    assert found.notes == [
        "money paid, Барбершоп на Лесной: YCLIENTS does not give these keys the right to: money paid."
    ]


def test_the_trial_says_what_works(salon: Salon) -> None:
    assert yclients.KIND.prove is not None
    salon.double.staff = PEOPLE
    salon.double.always[f"/transactions/{COMPANY}"] = refusal(403, "Нет прав")
    everything = {**NOTHING, "visits": True, "hours": True, "staff": True, "reviews": True, "expenses": True}
    said = yclients.KIND.prove(asked(yclients.KIND, salon.wall, everything, SECRETS))
    assert list(map(str, said)) == [
        "The tokens are accepted: branch «Барбершоп на Лесной».", "✓ visits", "✓ schedules", "✓ the list of employees",
        "✓ reviews", "✗ money paid: these keys have no right to it.",
    ]  # fmt: skip
    with pytest.raises(KeysRefused, match="YCLIENTS does not accept the keys"):
        yclients.KIND.prove(asked(yclients.KIND, salon.wall, everything, {**SECRETS, "user_token": "wrong"}))
    with pytest.raises(NotThere, match="the branch"):
        yclients.KIND.prove(asked(yclients.KIND, salon.wall, {**everything, "branches": "99"}, SECRETS))


def test_a_number_of_a_branch_is_one(salon: Salon) -> None:
    with pytest.raises(UserError, match="«barbershop» is no number"):
        asked(yclients.KIND, salon.wall, {**NOTHING, "branches": "4564 barbershop"}, SECRETS)


def test_no_token_is_in_the_logs_or_the_state(salon: Salon, caplog: pytest.LogCaptureFixture) -> None:
    salon.double.records = [record(1)]
    with caplog.at_level(logging.DEBUG):
        found = list(yclients.KIND.fetch(asked(yclients.KIND, salon.wall, {**NOTHING, "visits": True}, SECRETS)))
    assert any(isinstance(one, Arrived) for one in found)
    assert not any(isinstance(one, Noted) for one in found)
    state = [one for one in found if isinstance(one, Reached)][-1].state
    for secret in (PARTNER, USER):
        assert secret not in caplog.text
        assert secret not in repr(state)
