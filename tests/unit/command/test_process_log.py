"""`process`: what it tells of files of every kind, of loaded events and of orders."""

import gzip
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.command.conftest import ORDERS, Terminal

LOG = """ID кейса;Операция;Дата и время;Начало;Ресурс
1;Звонок;02.03.2026 09:00;02.03.2026 08:50;Анна
1;Выезд;02.03.2026 12:00;02.03.2026 11:00;Борис
1;Выезд;03.03.2026 12:00;03.03.2026 11:30;Борис
1;Оплата;03.03.2026 12:10;;Анна
2;Звонок;02.03.2026 10:00;02.03.2026 09:55;Анна
2;Оплата;02.03.2026 11:00;;Анна
;Звонок;02.03.2026 10:00;;Анна
"""
FIGURES = {
    "cases": 2, "events": 6, "activities": 3, "variants": 2, "rework_cases": 1, "rework_share": 0.5,
    "superfluous_share": pytest.approx(1 / 6), "loop_share": 0.5, "ping_pong_share": 0.0, "handovers_per_case": 1.0,
    "median_work_hours": pytest.approx((100 / 60 + 5 / 60) / 2),
    "waiting_share": pytest.approx(1 - (105 / 60) / (27 + 1 / 3 + 65 / 60)),
    "late_share": None, "cost": None, "superfluous_cost": None,
    "starts": {"Звонок": 2}, "ends": {"Оплата": 2},
}  # fmt: skip


def told(terminal: Terminal, *argv: str) -> Any:
    done = terminal("process", *argv, "--json")
    assert done.status == 0, done.err
    return done.json


def some(found: Any) -> dict[str, Any]:
    return {name: found[name] for name in FIGURES}


def test_a_russian_table(terminal: Terminal) -> None:
    terminal.write("журнал.csv", LOG)
    assert some(told(terminal, "журнал.csv")) == FIGURES
    assert terminal("process", "--json").status == 1, "nothing was loaded by it"


def test_a_workbook(terminal: Terminal) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, line in enumerate(LOG.splitlines()):
        cells = line.split(";")
        times = [datetime.strptime(c, "%d.%m.%Y %H:%M") if number and c else c or None for c in cells[2:4]]
        sheet.append([cells[0] or None, cells[1], *times, cells[4]])
    book.save(terminal.folder / "журнал.xlsx")
    assert some(told(terminal, "журнал.xlsx")) == FIGURES


def test_rows_without_a_case_are_counted_and_said(terminal: Terminal) -> None:
    terminal.write("журнал.csv", LOG)
    assert told(terminal, "журнал.csv")["rejected"] == 1
    assert "1 row was not read as an event." in terminal("process", "журнал.csv").out


def xes(*events: tuple[str, str, str]) -> str:
    rows = "".join(
        f"""<event><string key="concept:name" value="{name}"/><date key="time:timestamp" value="{at}"/>
        <string key="lifecycle:transition" value="{phase}"/><string key="org:resource" value="Anna"/></event>"""
        for name, at, phase in events
    )
    case = f'<trace><string key="concept:name" value="c1"/>{rows}</trace>'
    return f'<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0" xmlns="http://www.xes-standard.org/">{case}</log>'


EVENTS = (
    ("visit", "2026-03-02T09:00:00.000+03:00", "START"), ("visit", "2026-03-02T10:30:00.000+03:00", "Complete"),
    ("pay", "2026-03-02T11:00:00.000+03:00", "complete"), ("pay", "2026-03-02T10:45:00.000+03:00", "assign"),
)  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_xes(terminal: Terminal, packed: bool) -> None:
    name = "log.xes.gz" if packed else "log.xes"
    text = xes(*EVENTS).encode()
    (terminal.folder / name).write_bytes(gzip.compress(text) if packed else text)
    found = told(terminal, name, "--sla", "1", "--hourly-cost", "600", "--superfluous", "pay")
    assert (found["cases"], found["events"], found["top_variant"]["path"]) == (1, 2, ["visit", "pay"])
    assert (found["throughput_hours"]["median"], found["median_work_hours"]) == (2.0, 1.5)
    assert (found["late_share"], found["superfluous_share"]) == (1.0, 0.5)
    assert found["cost"] == 900.0
    assert found["superfluous_cost"] is None, "nobody knows how long paying takes"


def test_times_are_those_of_the_clock_on_the_wall(terminal: Terminal) -> None:
    rows = ["case_id,activity,at", "1,a,2026-03-28T09:00:00+03:00", "1,b,2026-03-29T09:00:00+04:00"]
    terminal.write("log.csv", "\n".join(rows))
    assert told(terminal, "log.csv")["throughput_hours"]["median"] == 24.0


def test_cases_of_one_event(terminal: Terminal) -> None:
    terminal.write("log.csv", "case_id,activity,at\n1,a,2026-03-02 09:00\n2,b,2026-03-02 10:00\n")
    found = told(terminal, "log.csv")
    assert (found["cases"], found["variants"], found["directly_follows"]) == (2, 2, [])
    assert (found["throughput_hours"]["median"], found["waiting_share"], found["handovers_per_case"]) == (
        0.0,
        None,
        None,
    )


def test_working_hours_on_the_command_line(terminal: Terminal) -> None:
    terminal.write("журнал.csv", LOG)
    found = told(terminal, "журнал.csv", "--hours", "9:00-18:00")
    assert found["throughput_hours"]["mean"] == pytest.approx((12 + 1 / 6 + 65 / 60) / 2)
    assert found["settings"]["hours"]["weekdays"] == [1, 2, 3, 4, 5]
    late = terminal("process", "журнал.csv", "--hours", "18:00-9:00")
    assert (late.status, "ends before it begins" in late.err) == (1, True)
    assert terminal("process", "журнал.csv", "--hours", "morning").status == 2
    assert terminal("process", "журнал.csv", "--weekdays", "0-9").status == 2


def test_orders_as_a_log(terminal: Terminal) -> None:
    terminal.write("заказы.csv", ORDERS)
    assert terminal("import", "заказы.csv").status == 0
    found = told(terminal, "--from", "orders")
    assert found["starts"] == {"Request": found["cases"]}
    assert terminal("process").status == 1, "there are no events"
    printed = terminal("process", "--from", "orders")
    assert "Request → " in printed.out


def test_printed(terminal: Terminal, tmp_path: Path) -> None:
    terminal.write("журнал.csv", LOG)
    terminal.language = "ru"
    done = terminal("process", "журнал.csv", "--sla", "24")
    assert done.status == 0, done.err
    assert "Дела дольше срока" in done.out
    assert "Передач на дело" in done.out
