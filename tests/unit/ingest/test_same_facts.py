"""One table in different clothes gives identical facts; the public incident log gives its published figures."""

import tarfile
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from data.ingest.mapping import read_mapping
from data.ingest.pipeline import ImportOptions, clean, propose_table
from data.ingest.read import stage

ROOT = Path(__file__).parents[3]
HEADER = ["№ заказа", "Дата визита", "Мастер", "Услуга", "Сумма", "Скидка", "Статус", "Гарантия"]
ROWS = [
    (n, datetime(2026, 1 + n % 12, 1 + n % 28, 9 + n % 10, 30), f"Мастер {n % 3}", "Стрижка", 1000.5 * n, n % 2 * 50.25,
     ("Выполнен", "Отменён", "Не пришёл")[n % 3], ("да", "нет")[n % 2])
    for n in range(1, 60)
]  # fmt: skip


def russian(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, float):
        return f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",") + " ?"
    return str(value)


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Заказы")
        sheet.write_row(0, 0, HEADER)
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for line, row in enumerate(ROWS, start=1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(line, place, value, moment)
                else:
                    sheet.write(line, place, value)
    return path


def text(path: Path) -> Path:
    lines = [";".join(HEADER), *(";".join(map(russian, row)) for row in ROWS)]
    path.write_bytes("\r\n".join(lines).encode("cp1251"))
    return path


def facts(con: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[object, ...]]:
    (raw,) = stage(con, path)
    found = propose_table(con, raw)
    assert found.mapping is not None
    assert found.certain, found.questions
    result = clean(con, raw, found.mapping, ImportOptions())
    columns = ", ".join(sorted(result.columns))
    return con.execute(f"select {columns} from {result.table} order by cast(order_id as integer)").fetchall()


def test_a_russian_workbook_and_the_same_table_as_cp1251_text_give_identical_facts(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    from_text = facts(con, text(tmp_path / "заказы.csv"))
    assert len(from_text) == len(ROWS)
    assert from_text == facts(con, workbook(tmp_path / "заказы.xlsx"))


def test_the_last_update_of_each_incident_gives_the_published_figures(
    con: duckdb.DuckDBPyConnection, real_data: Path, tmp_path: Path
) -> None:
    archive = real_data / "incidents.tar.xz"
    if not archive.exists():
        pytest.skip("the incident log is not here")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (file,) = tmp_path.rglob("*.csv")
    (mapping,) = read_mapping(ROOT / "docs/examples/incidents.toml")
    result = clean(con, stage(con, file)[0], mapping, ImportOptions())
    assert (result.rows_in, result.rejected, result.key) == (119_998, 0, ("order_id",))
    newest = "row_number() over (partition by order_id order by _version desc, _line desc) = 1"
    last = f"(select * from {result.table} qualify {newest})"
    row = con.execute(
        "select count(*), count_if(status = 'done'), count(finished_at), "
        "round(median(datediff('minute', created_at, finished_at)) / 60, 2), "
        "round(100 * avg(is_rework::int), 3), round(100 * avg(is_on_time::int), 3), "
        f"count_if(status = 'done' and finished_at is null) from {last}"
    ).fetchone()
    assert row == (20_769, 20_768, 19_351, 24.6, 1.127, 60.643, 1418)
    unfinished = next(finding for finding in result.findings if finding.rule == "done_without_finished_at")
    assert unfinished.count == 1418
