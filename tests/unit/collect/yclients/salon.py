"""The double of YCLIENTS on this machine, its clock, and how it is asked."""

from dataclasses import dataclass
from typing import Any

from data.collect import yclients
from data.collect.model import Value
from tests.unit.collect.gathering import Gathered, Wall, gathered
from tests.unit.collect.yclients.double import COMPANY, PARTNER, USER, YclientsDouble

SECRETS = {"partner_token": PARTNER, "user_token": USER}
NOTHING: dict[str, Value] = {
    "branches": COMPANY, "visits": False, "hours": False, "staff": False, "reviews": False, "expenses": False,
}  # fmt: skip


@dataclass
class Salon:
    """The double, its clock, and how it is asked."""

    double: YclientsDouble
    wall: Wall

    def gathered(self, state: Any = None, **given: Value) -> Gathered:
        return gathered(yclients.KIND, self.wall, {**NOTHING, **given}, SECRETS, state)


def record(number: int, at: str = "2026-10-13T10:00:00+05:00", **more: Any) -> dict[str, Any]:
    return {
        "id": number, "company_id": int(COMPANY), "staff_id": 9,
        "services": [
            {"id": 1, "title": "Стрижка", "cost": 1400, "first_cost": 1500, "amount": 1, "discount": 0},
            {"id": 2, "title": "Борода", "cost": 600, "first_cost": 700, "amount": 1, "discount": 0},
        ],
        "goods_transactions": [{"id": 7, "title": "Воск", "amount": "-1.0", "cost": "500.50", "price": "15.00"}],
        "staff": {"id": 9, "name": "Оксана", "specialization": "барбер"},
        "client": {"id": 5, "name": "Иван", "phone": "79991234567"},
        "date": at[:19].replace("T", " "), "datetime": at, "create_date": "2026-10-12T20:35:11+0500", "online": False,
        "visit_attendance": 1, "attendance": 1, "seance_length": 3600, "length": 3600, "created_user_id": 1073232,
        "deleted": False, "paid_full": 1, "last_change_date": "2026-10-13T11:35:15+0500", "record_from": "Телефон",
        **more,
    }  # fmt: skip
