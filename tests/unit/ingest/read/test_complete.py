"""No silent loss: of every file that loads, each physical line is in a row or reported, and so is each letter."""

from pathlib import Path

import duckdb
import pytest

from data.errors import UserError
from tests.unit.ingest.read.accounting import Account, account
from tests.unit.ingest.read.test_real_files import unpacked

HARMLESS = {
    "clean": "Заказ,Мастер\n1,Аня\n2,Оля\n",
    "titles, totals": "Отчёт\n\nЗаказ;Мастер;Сумма\n1;Аня;5\n;;\n2;Оля;6\n\nИтого;;11\nСоставил Петров\n",
    "lines inside cells": 'Заказ,"Мас\nтер"\n1,"Аня\nи Оля"\n\n2,Юля\n',
    "stray quotes": 'Заказ,Мастер,Сумма\n1,"Аня,5\n2,Оля,6\n3,Ю"ля,7\n',
    "torn rows": "Заказ,Дата,Мастер,Сумма\n1,01.10.2026,Аня\nи Оля,5\n2,02.10.2026,Юля,7\n3,03.10.2026,Юля,8\n",
    "header again": "Заказ,Мастер,Сумма\n1,Аня,5\nЗаказ,Мастер,Сумма\n2,Оля,6\n",
    "two header rows": "Мастер,Январь,,Февраль,\n,План,Факт,План,Факт\nАня,1,2,3,4\nОля,5,6,7,8\n",
    "line ends of three kinds": "Заказ,Мастер\r\n1,Аня\r2,Оля\n\n3,Юля\r\n",
}


def balance(con: duckdb.DuckDBPyConnection, path: Path) -> Account | None:
    """The account of a file that is read."""
    try:
        return account(con, path)
    except UserError:
        return None


@pytest.mark.parametrize("name", HARMLESS)
def test_small_files(con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(HARMLESS[name], "utf-8", newline="")
    found = account(con, path)
    assert found is not None
    assert found.balanced, found


def test_a_lost_line_is_noticed() -> None:
    assert not Account(3, 2, 10, 10, same_lines=True, spans=False).balanced
    assert not Account(3, 3, 10, 9, same_lines=True, spans=True).balanced
    assert not Account(3, 3, 10, 10, same_lines=False, spans=True).balanced
    assert Account(4, 3, 10, None, same_lines=True, spans=True).balanced


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize(("archive", "every", "least"), [("csv_xlsx_suites", 1, 1000), ("pollock", 11, 200)])
def test_every_file(
    con: duckdb.DuckDBPyConnection, real_data: Path, tmp_path: Path, archive: str, every: int, least: int
) -> None:
    files = unpacked(f"{archive}.tar.xz", tmp_path, every)
    texts = [path for path in files if path.suffix.lower() not in (".xlsx", ".xls", ".ods")]
    accounts = {path: found for path in texts if (found := balance(con, path)) is not None}
    assert len(accounts) > least
    assert {path.name: found for path, found in accounts.items() if not found.balanced} == {}
