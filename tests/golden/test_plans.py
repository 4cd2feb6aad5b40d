"""What is read of a plan, and what is not, to the letter. `REWRITE=1 pytest tests/golden/test_plans.py` renews them."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from data.store.sheet_rows import sheet_tables
from kpi.catalogue import catalogue
from kpi.plan_import import names
from kpi.plan_sheet import PlanSheet, read_plan
from kpi.plan_sheet.reading import Known

FOLDER = Path(__file__).with_name("plans")
MEMBERS = {"branch": ("North", "Север"), "team": ("Crew 1", "Crew 2"), "employee": ("Анна Котова",)}
FILES = sorted(FOLDER.glob("*.csv"))


@pytest.fixture
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def plan_of(cursor: duckdb.DuckDBPyConnection, path: Path) -> PlanSheet:
    kpis = catalogue().visible()
    titles = [name for kpi in kpis for name in (kpi.id, kpi.title)]
    known = Known(names(kpis), titles, MEMBERS, 2026)
    return read_plan(sheet_tables(cursor, path), path.name, known)


def told(plan: PlanSheet) -> dict[str, object]:
    cells = []
    for cell in plan.cells:
        target = cell.target("")
        sides = {name: getattr(target, name) for name in ("good_low", "good_high", "ok_low", "ok_high")}
        cells.append(
            {
                "line": cell.line, "kpi": cell.kpi.id, "scope": cell.scope and list(cell.scope),
                "grain": cell.period.grain, "days": f"{cell.period.first} {cell.period.last}",
                **{name: value for name, value in sides.items() if value is not None},
            }
        )  # fmt: skip
    return {"cells": cells, "problems": [f"{one.line}: {one.message}" for one in plan.problems]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_plan(path: Path, cursor: duckdb.DuckDBPyConnection) -> None:
    found = json.dumps(told(plan_of(cursor, path)), ensure_ascii=False, indent=1) + "\n"
    golden = path.with_suffix(".json")
    if os.environ.get("REWRITE"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_a_workbook_with_months_as_dates_and_shares_as_per_cent(
    tmp_path: Path, cursor: duckdb.DuckDBPyConnection
) -> None:
    path = tmp_path / "План 2027.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Лист1")
        month, share = book.add_format({"num_format": "mmm yy"}), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, ["Показатель", "Бригада"])
        for place in (1, 2):
            sheet.write_datetime(0, 1 + place, datetime(2027, place, 1), month)
        sheet.write_row(1, 0, ["Выручка", "Crew 1", 1_200_000, 1_250_000.5])
        sheet.write(2, 0, "Неявки")
        sheet.write_row(2, 2, [0.1, 0.085], share)
        sheet.write_row(3, 0, ["Оценка в отзывах", "", 4.5, 4.6])
    january, february = "2027-01-01 2027-01-31", "2027-02-01 2027-02-28"
    crew = ["team", "Crew 1"]
    found = told(plan_of(cursor, path))
    assert found["problems"] == []
    assert [tuple(cell.values()) for cell in found["cells"]] == [  # type: ignore[attr-defined]
        (2, "revenue", crew, "month", january, 1_200_000), (2, "revenue", crew, "month", february, 1_250_000.5),
        (3, "no_show_rate", None, "month", january, 10), (3, "no_show_rate", None, "month", february, 8.5),
        (4, "rating", None, "month", january, 4.5), (4, "rating", None, "month", february, 4.6),
    ]  # fmt: skip
