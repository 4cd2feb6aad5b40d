"""What comes from YCLIENTS in a workspace: KPIs by hand and as from a file of the same records; changes in place."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.access.reader import Reader
from data.collect import yclients
from data.ingest.pipeline import ImportOptions
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.evaluate import evaluate
from kpi.model import Query
from kpi.targets import TargetBook
from tests.unit.collect.gathering import NOW, collected, connected
from tests.unit.collect.yclients.salon import NOTHING, SECRETS, Salon, record

DAY = "2026-10-13T{}:00:00+05:00"


@pytest.fixture
def store(salon: Salon, tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "workspace", clock=salon.wall) as found:
        yield found


def records() -> list[dict[str, Any]]:
    """Three came (2500.50 each, one booked on the spot), one did not, one was deleted, one is to come."""
    return [
        record(1, DAY.format("10")),
        record(2, DAY.format("12"), client={"id": 6, "name": "Пётр", "phone": "79990000002"}),
        record(3, DAY.format("14"), create_date=DAY.format("14")), record(4, DAY.format("16"), attendance=-1),
        record(5, DAY.format("17"), deleted=True), record(6, "2026-11-20T10:00:00+05:00", attendance=0),
    ]  # fmt: skip


def shown(store: Store, *kpis: str) -> dict[str, float | None]:
    rows = evaluate(Reader(store), catalogue(), Query(kpis), TargetBook()).frame.to_dict("records")
    return {str(row["kpi"]): None if row["value"] is None else round(float(row["value"]), 6) for row in rows}


ORDERS = (
    "orders_done",
    "revenue",
    "average_ticket",
    "no_show_rate",
    "cancellation_rate",
    "prebooked_share",
    "addon_share",
)


def test_kpis_by_hand_and_as_from_a_file_of_the_same_records(salon: Salon, store: Store, tmp_path: Path) -> None:
    salon.double.records = records()
    salon.double.staff = [
        {"id": 9, "name": "Оксана", "position": {"title": "Барбер"}, "employee": {"date_admission": "2024-03-01"}}
    ]
    salon.double.schedules["9"] = [{"date": "2026-10-13", "is_working": 1, "slots": [{"from": "10:00", "to": "16:00"}]}]
    given = {**NOTHING, "visits": True, "hours": True, "staff": True, "history": 30}
    (run,) = collected(store, connected(store, yclients.KIND, given, SECRETS), salon.wall)
    assert run.ended is not None
    assert (run.ended.outcome, run.ended.rejected) == ("came", 0)
    assert shown(store, *ORDERS, "utilisation", "revenue_per_hour", "headcount") == {
        "orders_done": 3, "revenue": 7501.5, "average_ticket": 2500.5, "no_show_rate": 20, "cancellation_rate": 20,
        "prebooked_share": 75, "addon_share": round(500.5 / 2500.5 * 100, 6), "utilisation": 50,
        "revenue_per_hour": 1250.25, "headcount": 1,
    }  # fmt: skip
    with Store.open(tmp_path / "other", clock=salon.wall) as other:
        (tmp_path / "records.json").write_text(json.dumps({"success": True, "data": records()}))
        other.publish(tmp_path / "records.json", None, ImportOptions())
        assert shown(other, *ORDERS) == shown(store, *ORDERS)


def test_a_change_takes_the_place_of_what_was_and_an_older_answer_does_not(salon: Salon, store: Store) -> None:
    salon.double.records = records()
    connection = connected(store, yclients.KIND, {**NOTHING, "visits": True, "history": 30}, SECRETS)
    collected(store, connection, salon.wall)
    salon.wall.at = NOW + timedelta(hours=1)
    salon.double.records[3] |= {"attendance": 1, "last_change_date": "2026-11-05T12:30:00+0500"}
    collected(store, connection, salon.wall)
    assert shown(store, "orders_done", "no_show_rate") == {"orders_done": 4, "no_show_rate": 0}
    imports = len(store.imports())
    salon.wall.at = NOW + timedelta(hours=2)
    collected(store, connection, salon.wall)
    assert len(store.imports()) == imports  # nothing changed, nothing is loaded


def test_a_file_of_the_same_visits_is_told(salon: Salon, store: Store, tmp_path: Path) -> None:
    salon.double.records = records()
    collected(store, connected(store, yclients.KIND, {**NOTHING, "visits": True, "history": 30}, SECRETS), salon.wall)
    sheet = tmp_path / "Записи.csv"
    sheet.write_text(
        "Дата визита;Время;Клиент;Телефон;Услуги;Сотрудник;К оплате;Статус визита\n"
        "13.10.2026;10:00;Иван;79991234567;Стрижка;Оксана;2500,50;Пришёл\n"
        "13.10.2026;12:00;Пётр;79990000002;Стрижка;Оксана;2500,50;Пришёл\n"
        "13.10.2026;19:00;Олег;79990000003;Стрижка;Оксана;900,00;Пришёл\n"
    )
    (report,) = store.publish(sheet, None, ImportOptions())
    (told,) = [finding for finding in report.findings if finding.rule == "visits_of_two_sources"]
    assert (told.severity, told.count) == ("warning", 2)
