"""What a table is taken for: clear ones are certain, others ask, strange ones are not mapped at all."""

from pathlib import Path

import duckdb
import pytest

from data.ingest.mapping import ColumnMap, Mapping, signature
from data.ingest.pipeline import Proposal, preview, propose, propose_table
from tests.unit.ingest.staged_rows import staged


def proposed(
    con: duckdb.DuckDBPyConnection,
    header: list[str],
    *rows: list[str | None],
    file: str = "t.csv",
    fact: str | None = None,
) -> Proposal:
    return propose_table(con, staged(con, header, rows, file), fact=fact)


def targets(proposal: Proposal) -> dict[str, str | None]:
    assert proposal.mapping is not None
    return {entry.target: entry.source for entry in proposal.mapping.columns}


def test_a_russian_order_list_is_certain(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(
        con, ["№ заказа", "Дата визита", "Мастер", "Услуга", "Сумма, руб.", "Статус", "Комментарий"],
        ["1", "05.10.2026", "Иванов", "Стрижка", "1 234,50", "Выполнен", "ок"],
        ["2", "25.10.2026", "Петров", "Борода", "900", "Отменён", None],
    )  # fmt: skip
    assert targets(found) == {
        "order_id": "№ заказа", "scheduled_at": "Дата визита", "employee": "Мастер", "service": "Услуга",
        "revenue": "Сумма, руб.", "status": "Статус",
    }  # fmt: skip
    assert (found.certain, found.questions, found.candidates[0][0]) == (True, (), "orders")
    price = found.preview[4]
    assert (price.raw, price.read, price.target, price.format) == (
        ("1 234,50", "900"),
        ("1234.5000", "900.0000"),
        "revenue",
        "decimal comma",
    )
    assert found.preview[6].target is None


@pytest.mark.parametrize(
    ("fact", "header", "row"),
    [
        ("reviews", ["Дата отзыва", "Оценка", "Текст отзыва", "Мастер"], ["05.10.2026", "5", "Хорошо", "Иванов"]),
        ("expenses", ["Дата", "Статья расходов", "Сумма"], ["05.10.2026", "Аренда", "1000"]),
        ("shifts", ["Дата", "Сотрудник", "План часов", "Отработано часов"], ["05.10.2026", "Иванов", "8", "7,5"]),
        (
            "staff",
            ["ФИО сотрудника", "Должность", "Дата приема", "Дата увольнения", "Оклад"],
            ["Иванов", "Мастер", "05.10.2024", None, "50000"],
        ),
        (
            "training",
            ["Дата", "Сотрудник", "Курс", "Часы", "Стоимость"],
            ["05.10.2026", "Иванов", "Колористика", "8", "9000"],
        ),
        (
            "calls",
            ["Дата звонка", "Длительность разговора", "Время ожидания", "Отвечен"],
            ["05.10.2026 10:00", "65", "5", "да"],
        ),
        ("ideas", ["Дата", "Идея", "Статус", "Эффект"], ["05.10.2026", "Чай", "Внедрена", "1000"]),
        ("events", ["case_id", "activity", "timestamp", "resource"], ["1", "open", "2026-10-05 10:00:00", "A"]),
        (
            "orders",
            ["Order ID", "Created at", "Finished at", "Status", "Revenue"],
            ["1", "2026-10-05", "2026-10-06", "done", "5"],
        ),
    ],
)
def test_each_fact_is_recognised_by_its_headers(
    con: duckdb.DuckDBPyConnection, fact: str, header: list[str], row: list[str | None]
) -> None:
    found = proposed(con, header, row)
    assert found.candidates[0][0] == fact, found.candidates
    assert found.mapping is not None
    assert found.mapping.fact == fact


def test_headers_nobody_knows_are_not_mapped_by_guess(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["abc", "xyz", "foo"], ["05.10.2026", "done", "100"])
    assert (found.mapping, found.certain) == (None, False)
    assert found.questions
    assert [column.raw for column in found.preview] == [("05.10.2026",), ("done",), ("100",)]


def test_one_known_header_is_not_enough(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["Сумма", "abc", "xyz"], ["100", "a", "b"])
    assert not found.certain
    assert found.mapping is None


def test_a_table_without_headers_is_asked_about(con: duckdb.DuckDBPyConnection) -> None:
    raw = staged(con, ["", ""], [["1", "2"]])
    found = propose_table(con, type(raw)(raw.table, raw.file, None, (), 1, (), False))
    assert found.mapping is None
    assert "header" in str(found.questions[0])


def test_a_header_whose_cells_are_something_else_is_not_that_column(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(
        con, ["№ заказа", "Дата визита", "Закрыто", "Сумма", "Статус"], ["1", "05.10.2026", "да", "дорого", "done"]
    )
    assert "finished_at" not in targets(found)
    assert "revenue" not in targets(found)


def test_a_misspelt_header_is_found_and_each_column_used_once(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(
        con, ["Номер заказа", "Дата визта", "Сумма", "Сумма", "Статус"], ["1", "05.10.2026", "5", "6", "done"]
    )
    sources = [entry.source for entry in found.mapping.columns] if found.mapping else []
    assert targets(found)["scheduled_at"] == "Дата визта"
    assert len(sources) == len(set(sources))
    assert "duplicate_header" not in sources


def test_unknown_words_and_undecided_dates_ask(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["№ заказа", "Дата визита", "Статус", "Сумма"], ["1", "3/4/2026", "Чудно", "1.500"])
    assert not found.certain
    assert len(found.questions) == 3
    assert found.preview[2].unknown == (("Чудно", 1),)


def test_a_list_of_jobs_without_a_status_asks_whether_all_are_done(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["№ заказа", "Дата визита", "Мастер", "Сумма"], ["1", "05.10.2026", "Иванов", "5"])
    assert found.mapping is not None
    assert found.mapping.target("status") == ColumnMap("status", constant="done", confidence=0.5)
    assert not found.certain


def test_two_facts_as_likely_ask_which(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["Дата", "Сумма", "Сотрудник"], ["05.10.2026", "5", "Иванов"])
    assert not found.certain


def test_a_remembered_mapping_is_applied_by_itself(con: duckdb.DuckDBPyConnection) -> None:
    header = ["когда", "сколько", "что вышло"]
    known = Mapping(
        "orders",
        (
            ColumnMap("scheduled_at", "когда"),
            ColumnMap("revenue", "сколько"),
            ColumnMap("status", "что вышло", words={"ок": "done"}),
        ),
    )
    raw = staged(con, header, [["05.10.2026", "5", "ок"]])
    memory = {signature(tuple(header)): (known,)}
    found = propose_table(con, raw, remembered=memory.get)
    assert (found.remembered, found.certain, found.mapping) == (True, True, known)
    again = propose_table(con, staged(con, header, [["05.10.2026", "5", "новое слово"]]), remembered=memory.get)
    assert (again.remembered, again.certain) == (True, False)


def test_a_fact_asked_for_is_taken(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["Дата", "Сумма", "Статья"], ["05.10.2026", "5", "Аренда"], fact="orders")
    assert found.mapping is not None
    assert found.mapping.fact == "orders"


def test_date_and_time_columns_are_proposed_as_one(con: duckdb.DuckDBPyConnection) -> None:
    found = proposed(con, ["№ заказа", "Дата", "Время", "Статус", "Сумма"], ["1", "05.10.2026", "9:30", "done", "5"])
    assert found.mapping is not None
    entry = found.mapping.target("scheduled_at")
    assert entry is not None
    assert (entry.source, entry.clock) == ("Дата", "Время")
    assert found.preview[1].read == ("2026-10-05 09:30:00",)


def test_a_file_is_proposed_previewed_and_cleaned(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "Заказы.csv"
    path.write_text(
        "№ заказа;Дата визита;Статус;Сумма\n1;05.10.2026;Чудно;1 000,50\n2;25.10.2026;Выполнен;7\n", "cp1251"
    )
    (found,) = propose(con, path)
    assert found.mapping is not None
    corrected = Mapping(
        "orders",
        tuple(
            ColumnMap("status", "Статус", words={"чудно": "done"}) if entry.target == "status" else entry
            for entry in found.mapping.columns
        ),
    )
    again = preview(con, path, corrected)
    assert (again.certain, again.questions) == (True, ())
    assert con.execute("select count(*) from duckdb_tables() where temporary").fetchone() == (0,)
