"""`signals`."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.command.conftest import Terminal


@pytest.fixture
def year(terminal: Terminal) -> Terminal:
    """Two years of jobs; one team does twice as much again in the last months."""
    chance, day, rows = random.Random(3), date(2024, 10, 1), []
    while day < date(2026, 10, 31):
        for number in range(6):
            share = 0.3 if number % 2 and day >= date(2026, 7, 1) else 0.06
            rows.append((f"{day}-{number}", day, "done", 1000, chance.random() < share, f"Team {number % 2}"))
        day += timedelta(days=1)
    path = Path(terminal.folder / "orders.csv")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("order_id", "finished_at", "status", "revenue", "is_rework", "team"))
        writer.writerows(rows)
    assert terminal("import", "orders.csv", "--fact", "orders").status == 0
    return terminal


def test_what_stands_out(year: Terminal) -> None:
    told = year("signals", "--json")
    assert told.status == 0
    found = next(s for s in told.json if s["kpi"] in ("rework_rate", "first_time_right", "error_rate"))
    assert (found["dimension"], found["member"], found["lasts"]) == ("team", "Team 1", True)
    assert found["since"] in ("2026-07-01", "2026-08-01")
    assert found["good"] is False
    assert "Team 1" in year("signals").out


def test_one_kpi_by_its_members(year: Terminal) -> None:
    rows = {row["member"]: row for row in year("signals", "rework_rate", "--by", "team", "--json").json}
    assert (rows["Team 0"]["state"], rows["Team 1"]["state"]) == ("no_change", "worsened")
    assert rows["Team 1"]["value"] > rows["Team 1"]["limits"]["mean"]
    assert "outside" in {rule for period in rows["Team 1"]["periods"] for rule in period["rules"]}
    table = year("signals", "rework_rate", "--by", "team").out
    assert "Worsened" in table
    assert "No real change" in table


def test_one_kpi_in_words(year: Terminal) -> None:
    out = year("signals", "revenue").out
    assert "No real change" in out
    assert "come by chance here" in out
    russian = Terminal(year.folder, "ru", year.opened)
    assert "Без существенных изменений" in russian("signals", "revenue").out


def test_mistakes_are_named(year: Terminal) -> None:
    assert "rework_rat" in year("signals", "rework_rat").err
    none = year("signals", "enps", "--json")
    assert (none.status, none.out) == (1, "")
    assert year("signals", "revenue", "--by", "colour").status == 1
