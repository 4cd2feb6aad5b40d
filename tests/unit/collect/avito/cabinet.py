"""Avito's double on this machine, its clock, and how it is asked."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.collect import avito
from data.collect.model import Value
from tests.unit.collect.avito.double import AvitoDouble
from tests.unit.collect.gathering import NOW, Gathered, Wall, gathered

YESTERDAY = NOW.date() - timedelta(days=1)
KEYS = {"client_secret": "s3cret"}
NOTHING: dict[str, Value] = {
    "client_id": "id", "statistics": False, "calls": "none", "reviews": False, "hiring": False,
}  # fmt: skip


@dataclass
class Cabinet:
    """The double, its clock, and how it is asked."""

    double: AvitoDouble
    wall: Wall

    def gathered(self, state: Any = None, *, zone: str = "Europe/Moscow", **given: Value) -> Gathered:
        return gathered(avito.KIND, self.wall, {**NOTHING, **given}, KEYS, state, zone=ZoneInfo(zone))


STATISTICS = "/stats/v2/accounts/94235311/items"


CALL = {
    "id": 11, "buyerPhone": "79990000001", "sellerPhone": "7", "virtualPhone": "7",
    "createTime": "2026-11-03T23:58:00+03:00", "startTime": "2026-11-03T23:58:05+03:00", "duration": 62,
    "waitingDuration": 7.25, "price": 15050, "statusId": 2, "itemId": 1853257996, "groupTitle": "Услуги",
    "isArbitrageAvailable": True, "recordUrl": "",
}  # fmt: skip

REVIEW = {
    "id": 5, "score": 4, "stage": "not_communicate", "usedInScore": True, "canAnswer": False,
    "createdAt": 1790802000, "text": "Ждали\n долго", "sender": {"name": "Иван"}, "item": {"id": 1, "title": "Стрижка"},
    "answer": {"id": 1, "text": "…", "status": "published", "createdAt": 1790888400},
}  # fmt: skip
