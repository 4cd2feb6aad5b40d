"""A hundred personal reports in one run take no more memory than ten."""

import gc
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from data.store.entries import Audience, KeyKpi, NewSchedule, Rhythm, Wanted
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.kinds import set_up
from kpi.delivery.occasions import write_down
from kpi.delivery.scheduling import enter
from kpi.delivery.sending import Round
from tests.unit.delivery.clock import Clock

PEOPLE = 100
GROWTH = 25_000_000
"""Bytes that the process may be larger after the last than after the tenth."""


def orders(path: Path) -> Path:
    """Half a year of jobs of a hundred masters."""
    rows = [
        f"{month}{day:02}{who:03};{day:02}.{month:02}.2026 10:00;{day:02}.{month:02}.2026 12:00;Выполнен;"
        f"{1000 + who * 7 + day};Мастер {who:03};Команда {who % 7}"
        for month in range(5, 11)
        for day in range(1, 29, 3)
        for who in range(PEOPLE)
    ]
    head = "Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер;Команда"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_hundred_personal_reports_do_not_grow_in_memory(tmp_path: Path) -> None:
    clock, out, sizes = Clock(datetime(2026, 10, 30, 9)), tmp_path / "out", list[int]()
    out.mkdir()
    process = psutil.Process()

    def noted() -> bool:
        gc.collect()
        sizes.append(process.memory_info().rss)
        return False

    with Store.open(tmp_path / "ws", clock) as store:
        store.publish(orders(tmp_path / "заказы.csv"))
        store.entries.choose_key_kpis((KeyKpi("revenue", None), KeyKpi("orders_done", None)))
        folder = set_up(store, "out", "folder", {"path": str(out)})
        monthly = Rhythm("month", day=1, quiet="none")
        enter(store, NewSchedule("", Wanted("everyone", "month"), monthly, Audience(), folder))
        clock.now = datetime(2026, 11, 2, 9)
        write_down(store, instant(clock))
        assert Round(store).send_all(noted) == {"sent": PEOPLE}
    assert len(list(out.glob("*.pdf"))) == PEOPLE
    assert sizes[-1] - sizes[10] < GROWTH
