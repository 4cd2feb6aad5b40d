"""The statistics file of the Avito cabinet: the period is that of its name."""

from datetime import date

import duckdb

from data.ingest.column_map import signature
from data.ingest.pipeline import ImportOptions, clean, propose_table
from data.ingest.sources.avito import account_of, period_of
from tests.unit.ingest.staged_rows import staged

HEADER = [
    "Номер объявления", "Регион\u00a0размещения", "Город", "Категория", "Название объявления", "Цена", "Показы",
    "Конверсия из показов в просмотры", "Просмотры", "Контакты", "Добавили в избранное", "Расходы на объявления",
    "Расходы на продвижение",
]  # fmt: skip
ROW = [
    "1234567890",
    "Москва",
    "Москва",
    "Услуги",
    "Ремонт",
    "от\u00a01\u00a0400 ₽",
    "1000",
    "0.1",
    "100",
    "5",
    "2",
    "1 500 ₽",
    "500 ₽",
]
FILE = "Мой Статистика_с_2026-08-01_по_2026-08-07 (1).xlsx"


def test_the_period_comes_from_the_file_name(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, HEADER, [ROW], FILE)
    found = propose_table(con, raw, account="Авито 1")
    assert found.mapping is not None
    assert (found.mapping.fact, found.certain) == ("ads", True), found.questions
    result = clean(con, raw, found.mapping, ImportOptions())
    columns = "ad_id, period_start, period_end, impressions, views, contacts, spend, account, city"
    assert con.execute(f"select {columns} from {result.table}").fetchall() == [
        ("1234567890", date(2026, 8, 1), date(2026, 8, 7), 1000, 100, 5, 1500, "Авито 1", "Москва")
    ]
    assert result.extras["Конверсия из показов в просмотры"] == "x_конверсия из показов в просмотры"


def test_a_name_without_a_period_is_a_question(con: duckdb.DuckDBPyConnection) -> None:
    found = propose_table(con, staged(con, HEADER, [ROW], "статистика.xlsx"))
    assert not found.certain
    assert "first and last day" in str(found.questions[0])


def test_a_remembered_mapping_takes_the_period_of_the_new_file(con: duckdb.DuckDBPyConnection) -> None:
    first = propose_table(con, staged(con, HEADER, [ROW], FILE))
    assert first.mapping is not None
    memory = {signature(tuple(HEADER)): (first.mapping,)}
    later = propose_table(
        con, staged(con, HEADER, [ROW], "Статистика_с_2026-08-08_по_2026-08-14.xlsx"), remembered=memory.get
    )
    assert later.mapping is not None
    start = later.mapping.target("period_start")
    assert start is not None
    assert (later.remembered, start.constant) == (True, "2026-08-08")
    assert later.mapping.target("account") is None
    given = propose_table(con, staged(con, HEADER, [ROW], FILE), remembered=memory.get, account="Авито 2")
    assert given.mapping is not None
    account = given.mapping.target("account")
    assert account is not None
    assert account.constant == "Авито 2"


def test_a_table_with_a_date_column_is_no_such_file(con: duckdb.DuckDBPyConnection) -> None:
    found = propose_table(con, staged(con, ["Дата", *HEADER], [["2026-08-01", *ROW]], FILE))
    assert found.mapping is not None
    start = found.mapping.target("period_start")
    assert start is not None
    assert start.source == "Дата"


def test_a_period_that_does_not_exist_is_none() -> None:
    assert period_of("с_2026-02-30_по_2026-03-01.xlsx") is None
    assert period_of("с_2026-08-07_по_2026-08-01.xlsx") is None
    assert period_of("Статистика с 2026-08-01 по 2026-08-07.xls") == (date(2026, 8, 1), date(2026, 8, 7))


def test_the_account_is_what_stands_before_unless_a_person_said_another(con: duckdb.DuckDBPyConnection) -> None:
    assert account_of("Авито Центр Статистика_с_2026-10-01_по_2026-10-31.xlsx") == "Авито Центр"
    assert account_of("Статистика_с_2026-10-01_по_2026-10-31.xlsx") is None
    found = propose_table(con, staged(con, HEADER, [ROW], FILE))
    assert found.mapping is not None
    account = found.mapping.target("account")
    assert account is not None
    assert account.constant == "Мой"
