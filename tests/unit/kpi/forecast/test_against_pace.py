"""The chosen method beats «fact ÷ days × days» where it was chosen without knowing: on the demo and on real data."""

import csv
import tarfile
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from data.demo.business import SEED
from data.demo.expenses import expenses
from data.demo.orders import orders
from data.demo.write import UNTIL
from kpi.forecast import Days
from kpi.forecast.model import SHARE
from tests.unit.kpi.forecast.rolling import Said, counted, off, rolled

ENOUGH = 0.15
"""How far the share of outcomes held may be from what is promised: tries of one period are not independent."""


def test_the_demo_by_month() -> None:
    jobs = orders(SEED, UNTIL)
    done = jobs[(jobs["status"] == "done") & (jobs["finished_at"].dt.date <= UNTIL)]
    said = rolled(counted([moment.date() for moment in done["finished_at"]]), "month")
    assert off(said, "expected") < 0.85 * off(said, "pace")
    assert _held(said) > SHARE - ENOUGH


@pytest.mark.slow
def test_the_demo_by_week_and_quarter_and_its_expenses() -> None:
    jobs = orders(SEED, UNTIL)
    done = jobs[(jobs["status"] == "done") & (jobs["finished_at"].dt.date <= UNTIL)]
    for grain, every in (("week", 4), ("quarter", 1)):
        said = rolled(counted([moment.date() for moment in done["finished_at"]]), grain, every)  # type: ignore[arg-type]
        assert off(said, "expected") < 0.95 * off(said, "pace")
        assert _held(said) > SHARE - ENOUGH
    spent = expenses(jobs, SEED, UNTIL)
    by_day = spent.groupby(pd.to_datetime(spent["date"]))["amount"].sum().astype(float).asfreq("D", fill_value=0.0)
    said = rolled(Days(by_day.index[0].date(), by_day.to_numpy()), "month")
    assert off(said, "expected") < 0.4 * off(said, "pace")
    assert _held(said) > SHARE - ENOUGH


@pytest.mark.real_data
def test_incidents_by_week(real_data: Path, tmp_path: Path) -> None:
    """Ten weeks of incidents opened a day: a quarter of them fall on a Monday, hardly any on a Sunday."""
    opened: dict[str, date] = {}
    for row in _rows(real_data / "incidents.tar.xz", "Master_Ticket_Dataset.csv", tmp_path):
        opened[row["number"]] = datetime.strptime(row["opened_at"], "%d/%m/%Y %H:%M").date()
    said = rolled(counted(list(opened.values())), "week", after=49)
    assert len(said) >= 8
    assert off(said, "expected") < 0.3 * off(said, "pace")


@pytest.mark.real_data
def test_a_municipality_by_month_and_week(real_data: Path, tmp_path: Path) -> None:
    """Sixteen months of steps in permit cases, closed at weekends."""
    rows = _rows(real_data / "logs.tar.xz", "receipt.csv", tmp_path)
    days = counted([datetime.fromisoformat(row["time:timestamp"]).date() for row in rows])
    for grain, every in (("month", 1), ("week", 4)):
        said = rolled(days, grain, every)  # type: ignore[arg-type]
        assert off(said, "expected") < 0.8 * off(said, "pace")
        assert _held(said) > SHARE - ENOUGH


def _held(said: list[Said]) -> float:
    return sum(one.held for one in said) / len(said)


def _rows(archive: Path, name: str, folder: Path) -> list[dict[str, str]]:
    if not archive.exists():
        pytest.skip(f"{archive.name} is not here")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (file,) = folder.rglob(name)
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
