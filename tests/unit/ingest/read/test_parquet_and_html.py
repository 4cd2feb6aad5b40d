"""Parquet, and HTML that calls itself .xls."""

from pathlib import Path

import duckdb
import pytest

from data.errors import UnreadableFile
from data.ingest.read import stage
from tests.unit.ingest.read.staged import Tables


def test_parquet(con: duckdb.DuckDBPyConnection, tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "orders [1].parquet"
    con.execute(
        f"""copy (select * from (values
            (1, 'Аня ', timestamp '2026-10-01 10:00:00', date '2026-10-01', 10.0::double, 1.50::decimal(9,2), true),
            (2, '', timestamp '2026-10-02 00:00:00', null, 0.1::double, 2::decimal(9,2), false))
            t("Заказ", "Имя клиента", created, day, amount, price, done)) to '{path}' (format parquet)"""
    )
    (table,) = tables(path)
    assert table.raw.header == ("Заказ", "Имя клиента", "created", "day", "amount", "price", "done")
    assert table.rows == [
        ("1", "Аня", "2026-10-01 10:00:00", "2026-10-01", "10", "1.50", "true"),
        ("2", None, "2026-10-02", None, "0.1", "2.00", "false"),
    ]
    assert table.lines == [1, 2]


def test_parquet_without_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    con.execute(f"copy (select 1 as a where false) to '{path}' (format parquet)")
    with pytest.raises(UnreadableFile, match="no rows"):
        stage(con, path)


PAGE = """<html><head><meta charset="utf-8"></head><body><table><tr><td>меню</td></tr></table>
<table border=1><tr><td colspan=3>Отчёт</td></tr><tr><th>Заказ</th><th>Мастер</th><th>Сумма</th></tr>
<tr><td>1</td><td>Аня &amp; Оля<td>100</tr><tr><td>2</td><td>a<br>b</td><td>200</td></tr></table></body></html>"""


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "utf-16"])
def test_html_saved_as_xls(tables: Tables, tmp_path: Path, codec: str) -> None:
    path = tmp_path / "report.xls"
    path.write_bytes(PAGE.encode(codec))
    (table,) = tables(path)
    assert table.raw.header == ("Заказ", "Мастер", "Сумма")
    assert table.rows == [("1", "Аня & Оля", "100"), ("2", "a b", "200")]
    assert table.lines == [3, 4]
    assert table.finding("other_tables").count == 1


def test_html_without_a_table(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text("<!DOCTYPE html><html><body>Войдите</body></html>", "utf-8")
    with pytest.raises(UnreadableFile, match="without a table"):
        stage(con, path)
