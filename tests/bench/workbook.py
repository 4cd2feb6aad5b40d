"""Staging a workbook, against python-calamine's bare reading of the same file in a process of the same kind."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from data.ingest.read import drop, stage
from tests.bench.timing import Ratio, compare

PLAIN, LOOKED_AT = 1.3, 2.0
"""The most staging may take of the bare reading: values alone; formats and formulas of whole columns."""
ROWS = 200_000
_BARE = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"
_HEADER = (
    "№", "Дата", "Клиент", "Услуга", "Мастер", "Филиал", "Цена", "Скидка", "Оплачено", "Статус", "Минуты", "Оценка",
    "Телефон", "Комментарий", "Источник",
)  # fmt: skip


def run(folder: Path) -> Iterator[Ratio]:
    """200,000 rows of 15 columns, plain and with shares, links and formulas."""
    for name, limit in (("plain", PLAIN), ("formats and formulas", LOOKED_AT)):
        path = _written(folder / f"{limit}.xlsx", formats=limit == LOOKED_AT)
        yield compare(
            f"staging a workbook, 200k × 15, {name}", partial(_ours, path), partial(_bare, path),
            limit=limit, rounds=5,
        )  # fmt: skip


def _ours(path: Path) -> None:
    with duckdb.connect() as con:
        (raw,) = stage(con, path)
        assert raw.rows == ROWS
        drop(con, raw)


def _bare(path: Path) -> None:
    subprocess.run([sys.executable, "-c", _BARE, str(path)], check=True)


def _written(path: Path, *, formats: bool) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        share = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, _HEADER)
        for row in range(1, ROWS + 1):
            sheet.write_row(row, 0, _values(row))
            sheet.write_datetime(row, 1, datetime(2025, 1, 1) + timedelta(days=row % 500), day)
            if formats:
                sheet.write_number(row, 7, row % 20 * 0.05, share)
                sheet.write_formula(row, 8, f"=G{row + 1}*(1-H{row + 1})", None, 900 + row % 500)
    return path


def _values(row: int) -> tuple[Any, ...]:
    return (
        row, None, f"Клиент {row % 9000}", ("Стрижка", "Окраска", "Бритьё", "Маникюр")[row % 4],
        ("Аня", "Оля", "Иван", "Пётр", "Мария")[row % 5], ("Центр", "Север")[row % 2], 1000 + row % 700 * 1.5,
        row % 20 * 0.05, 900 + row % 500, "выполнен", 30 + row % 60, row % 5 + 1, 79_000_000_000 + row,
        f"комментарий {row % 1000}", "Авито",
    )  # fmt: skip
