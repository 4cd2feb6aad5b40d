"""A business of three masters in two teams over sixteen months, whose figures anybody can count."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from data.ingest.pipeline import propose
from data.store.entries import Comment, KeyKpi
from data.store.store import Store
from kpi.report.composing import Asked, asking

NOW = datetime(2026, 11, 5, 12)
ANNA, BORIS, VERA = "Анна Котова", "Борис <b>Лунёв", "Вера Седова-Тайная"
TEAMS = {ANNA: "Первая", BORIS: "Первая", VERA: "Вторая"}
KEY = ("revenue", "rework_rate", "average_ticket", "orders_done")
SINCE, UNTIL = date(2025, 7, 1), date(2026, 11, 3)


def write_orders(path: Path) -> Path:
    """An order a day and master, Sundays off; in October 2026 Boris earns twice as much, and does a third again."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["order_id", "finished_at", "status", "revenue", "is_rework", "employee", "team"])
        day = SINCE
        while day <= UNTIL:
            for place, (name, team) in enumerate(TEAMS.items()):
                if day.isoweekday() != 7:
                    late = name == BORIS and day >= date(2026, 10, 1)
                    amount = 1000 + 100 * place + day.day % 7 * 10 + (1200 if late else 0)
                    again = day.day % 3 == 0 if late else day.day % 17 == place
                    out.writerow([f"{day:%y%m%d}-{place}", day, "done", amount, str(again).lower(), name, team])
            day += timedelta(days=1)
    return path


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Its workspace, with key KPIs, targets and comments."""
    folder = tmp_path_factory.mktemp("report")
    with Store.open(folder / "workspace", lambda: NOW) as store:
        sheet = write_orders(folder / "orders.csv")
        mapping = propose(store.cursor(), sheet)[0].mapping
        assert mapping is not None
        store.publish(sheet, [mapping])
        entries = store.entries
        entries.choose_key_kpis([KeyKpi(kpi, None) for kpi in KEY])
        entries.set_target("revenue", valid_from=date(2025, 1, 1), good_low=90_000)
        entries.set_target("average_ticket", valid_from=date(2025, 1, 1), good_low=1500, ok_low=1000)
        entries.set_target("average_ticket", valid_from=date(2026, 11, 1), good_low=1600)
        entries.set_target("average_ticket", scope=("employee", ANNA), valid_from=date(2025, 1, 1), good_low=1010)
        said = ((None, "Наплыв после акции"), (("employee", VERA), "Вера болела"), (("employee", ANNA), "Ура"))
        for scope, text in said:
            entries.comments.add(
                Comment(0, "revenue", date(2026, 10, 1), date(2026, 10, 31), scope, "Ольга Старшая", None, text)
            )
        yield store


@pytest.fixture(scope="session")
def asked(shop: Store) -> Asked:
    """What reports of the owner are composed from."""
    return asking(shop)
