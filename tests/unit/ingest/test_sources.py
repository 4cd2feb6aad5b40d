"""Exports of known programs: recognised by what they hold, mapped by their documented names, their units said."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.ingest.clean.extras import quoted
from data.ingest.column_map import Mapping, signature
from data.ingest.mapping import parse_mapping, write_mapping
from data.ingest.pipeline import ImportOptions, Proposal, Staged, clean, propose_table
from data.ingest.read import RawTable, stage
from data.ingest.sources import formats
from tests.unit.ingest.staged_rows import staged


def tables(con: duckdb.DuckDBPyConnection, folder: Path, content: Any, name: str = "dump.json") -> tuple[RawTable, ...]:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
    return stage(con, path)


def loaded(con: duckdb.DuckDBPyConnection, raw: RawTable) -> tuple[Proposal, Staged]:
    """The proposal, which needs no answer, and the table cleaned by it."""
    found = propose_table(con, raw)
    assert found.certain, found.questions
    assert found.mapping is not None
    assert parse_mapping(write_mapping([found.mapping]))[0].columns
    return found, clean(con, raw, found.mapping, ImportOptions())


def rows(con: duckdb.DuckDBPyConnection, result: Staged, *columns: str) -> list[tuple[Any, ...]]:
    return con.execute(f"select {', '.join(map(quoted, columns))} from {result.table} order by _line").fetchall()


def rules(result: Staged) -> set[str]:
    return {finding.rule for finding in result.findings}


def test_avito_items_by_day(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    stats = [{"date": f"2026-10-0{day}", "uniqViews": day, "uniqContacts": 1, "uniqFavorites": 0} for day in (1, 2, 3)]
    (raw,) = tables(con, tmp_path, {"result": {"items": [{"itemId": 1853257996, "stats": stats}]}})
    found, result = loaded(con, raw)
    assert (found.mapping and found.mapping.fact, result.fan_out) == ("ads", (1, 3))
    assert rows(con, result, "ad_id", "period_start", "views", "contacts", "favorites")[1] == (
        "1853257996", date(2026, 10, 2), 2, 1, 0,
    )  # fmt: skip


@pytest.mark.parametrize("days", [["2026-10-05", "2026-10-12"], ["2026-09-01", "2026-10-01"], ["2026-10-05"]])
def test_avito_items_that_may_be_weeks_or_months_are_asked(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, days: list[str]
) -> None:
    items = [{"itemId": 1, "stats": [{"date": day, "uniqViews": 5, "uniqContacts": 1} for day in days]}]
    (raw,) = tables(con, tmp_path, {"result": {"items": items}})
    found = propose_table(con, raw)
    assert "Is each row one day" in str(found.questions[0])
    assert not found.certain


def test_avito_items_of_a_period_are_in_kopecks(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def grouping(number: int, **metrics: int) -> dict[str, Any]:
        return {"id": number, "type": "item", "metrics": [{"slug": k, "value": v} for k, v in metrics.items()]}

    groupings = [
        grouping(1, views=100, contacts=5, allSpending=150050, promoSpending=100000, spendingBonus=0),
        grouping(2, views=7, contacts=0, allSpending=0, promoSpending=0, spendingBonus=250),
    ]
    content = {"result": {"dataTotalCount": 2, "groupings": groupings, "timestamp": "2026-11-01T00:00:00Z"}}
    (raw,) = tables(con, tmp_path, content, "Центр Статистика_с_2026-10-01_по_2026-10-31.json")
    _, result = loaded(con, raw)
    assert rows(con, result, "account", "ad_id", "period_start", "period_end", "spend", "promotion_spend") == [
        ("Центр", "1", date(2026, 10, 1), date(2026, 10, 31), Decimal("1500.5"), 1000),
        ("Центр", "2", date(2026, 10, 1), date(2026, 10, 31), 0, 0),
    ]
    said = [str(finding.message) for finding in result.findings if finding.rule == "unit"]
    assert "«allSpending» is counted in kopecks: the mapping says so." in said
    (unnamed,) = tables(con, tmp_path, content, "dump.json")
    assert "for which days" in str(propose_table(con, unnamed).questions[0])


CALL = {
    "id": 11, "buyerPhone": "79990000001", "sellerPhone": "7", "virtualPhone": "7",
    "createTime": "2026-10-13T10:00:00+03:00", "startTime": "2026-10-13T10:00:05+03:00", "duration": 62,
    "waitingDuration": 7, "price": 15000, "statusId": 0, "itemId": 1853257996, "groupTitle": "Ремонт",
    "isArbitrageAvailable": True, "recordUrl": "",
}  # fmt: skip


def test_avito_calls_of_the_api(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    missed = {**CALL, "id": 12, "duration": 0, "waitingDuration": 30, "price": 0, "statusId": 3}
    (raw,) = tables(con, tmp_path, {"calls": [CALL, missed]})
    _, result = loaded(con, raw)
    columns = ("call_id", "at", "talk_seconds", "wait_seconds", "answered", "target", "price", "client")
    assert rows(con, result, *columns) == [
        ("11", datetime(2026, 10, 13, 10, 0, 5), 62, 7, True, "target", 150, "79990000001"),
        ("12", datetime(2026, 10, 13, 10, 0, 5), 0, 30, False, "not_target", 0, "79990000001"),
    ]
    assert "unit" in rules(result)


def test_a_call_price_with_kopecks_after_the_point_is_in_roubles(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (raw,) = tables(con, tmp_path, [{**CALL, "price": 150.5}])
    _, result = loaded(con, raw)
    assert rows(con, result, "price") == [(Decimal("150.5"),)]


def test_avito_calls_of_airflow(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    header = (
        "account_id,id,buyer_phone,seller_phone,virtual_phone,create_time,start_time,date,duration,waiting_duration,"
        "price,price_rub,status_id,status,item_id,group_title,is_arbitrage_available,record_url"
    )
    line = '"77","11","7999","7","7","2026-10-13T10:00:00+03:00","2026-10-13T10:00:05+03:00","2026-10-13","62","7",'
    line += '"15000","150.0","2","целевой после модерации","185","Ремонт","true","https://a"'
    quoted = ",".join(f'"{name}"' for name in header.split(","))
    (raw,) = tables(con, tmp_path, f"{quoted}\n{line}\n", "calls.csv")
    _, result = loaded(con, raw)
    assert rows(con, result, "account", "price", "target", "answered", "talk_seconds") == [
        ("77", 150, "target", True, 62)
    ]


def test_avito_reviews_by_the_clock_of_moscow(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    review = {
        "id": 5, "score": 4, "stage": "not_communicate", "usedInScore": True, "canAnswer": False,
        "createdAt": 1790802000, "text": "Ждали", "sender": {"name": "Иван"}, "item": {"id": 1, "title": "Ремонт"},
        "answer": {"id": 1, "status": "published", "createdAt": 1790888400},
    }  # fmt: skip
    (raw,) = tables(con, tmp_path, {"total": 1, "reviews": [review]})
    _, result = loaded(con, raw)
    assert rows(con, result, "review_id", "created_at", "rating", "outcome", "answered_at", "client") == [
        ("5", datetime(2026, 10, 1, 0, 0), 4, "no_contact", datetime(2026, 10, 2, 0, 0), "Иван")
    ]
    assert "unix_time" in rules(result)


def test_avito_applications(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    application = {
        "id": "67fa", "vacancy_id": 101, "created_at": "2026-10-13T10:00:00Z", "updated_at": "2026-10-13T10:00:00Z",
        "state": "new", "is_viewed": False, "type": "by_chat", "source": "search", "employee_id": 7,
        "price": {"real": 10000, "bonus": 2000, "total": 12000}, "prevalidation": {"status": "ok"},
    }  # fmt: skip
    (raw,) = tables(con, tmp_path, {"applies": [application]})
    _, result = loaded(con, raw)
    assert rows(con, result, "applicant_id", "vacancy_id", "applied_at", "cost", "source") == [
        ("67fa", "101", datetime(2026, 10, 13, 10), 120, "search")
    ]


def record(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "company_id": 9, "staff_id": 5, "staff": {"id": 5, "name": "Анна"},
        "services": [
            {"id": 3, "title": "Стрижка", "cost": 1500, "cost_to_pay": 1400, "first_cost": 1500, "amount": 1},
            {"id": 4, "title": "Борода", "cost": 700, "cost_to_pay": 600, "first_cost": 700, "amount": 1},
        ],
        "goods_transactions": [], "client": {"id": 77, "name": "Иван", "phone": "79991234567"},
        "date": "2026-10-13 10:00:00", "datetime": "2026-10-13T10:00:00+03:00",
        "create_date": "2026-10-12T09:00:00+03:00", "online": True, "attendance": 1, "visit_attendance": 1,
        "seance_length": 3600, "paid_full": 1, "deleted": False, **more,
    }  # fmt: skip


def test_yclients_records(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    goods = [{"id": 1, "title": "Воск", "cost": 500, "amount": -1}]
    data = [
        record(1, goods_transactions=goods), record(2, attendance=-1), record(3, attendance=0),
        record(4, attendance=2), record(5, deleted=True), record(6, services=[], goods_transactions=goods),
    ]  # fmt: skip
    (raw,) = tables(con, tmp_path, {"success": True, "data": data, "meta": {"total_count": 6}})
    _, result = loaded(con, raw)
    assert rows(con, result, "status", "revenue", "addon_revenue") == [
        ("done", 2500, 500), ("no_show", 2000, 0), ("open", 2000, 0), ("open", 2000, 0), ("cancelled", 2000, 0),
        ("done", 500, 500),
    ]  # fmt: skip
    columns = ("order_id", "scheduled_at", "created_at", "employee", "service", "client", "is_prebooked")
    assert rows(con, result, *columns)[0] == (
        "1", datetime(2026, 10, 13, 10), datetime(2026, 10, 12, 9), "Анна", "Стрижка, Борода", "79991234567", True,
    )  # fmt: skip
    assert {"lists_added", "lists_joined"} <= rules(result)


def test_a_yclients_sheet_by_the_names_that_are_likely(con: duckdb.DuckDBPyConnection) -> None:
    header = [
        "Дата визита", "Время", "Клиент", "Телефон", "Услуги", "Сотрудник", "К оплате", "Скидка", "Статус визита",
        "Источник записи", "Дата создания", "Филиал",
    ]  # fmt: skip
    states = {"Пришёл": "done", "Не пришёл": "no_show", "Ожидание": "open", "Подтвердил": "open"}
    lines = [
        ["13.10.2026", "10:30", "Иван", "79990000001", "Стрижка", "Анна", "1 500 ₽", "0", state, "Онлайн", "12.10.2026",
         "Центр"] for state in states
    ]  # fmt: skip
    _, result = loaded(con, staged(con, header, lines))
    assert rows(con, result, "status") == [(word,) for word in states.values()]
    assert rows(con, result, "scheduled_at", "client", "branch")[0] == (
        datetime(2026, 10, 13, 10, 30), "79990000001", "Центр",
    )  # fmt: skip


STATEMENT = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
РасчСчет=40702810000000000005
{payments}
КонецФайла
"""


def paid(number: int, purpose: str, amount: str = "1234.56") -> str:
    return (
        f"СекцияДокумент=Платежное поручение\nНомер={number}\nДата=13.10.2026\nСумма={amount}\n"
        f"ПлательщикСчет=40702810000000000005\nДатаСписано=14.10.2026\nПолучательСчет=4080281\n"
        f"Получатель1=ООО Ромашка\nНазначениеПлатежа={purpose}\nКонецДокумента"
    )


def received(number: int) -> str:
    return (
        f"СекцияДокумент=Платежное поручение\nНомер={number}\nДата=13.10.2026\nСумма=900.00\nПлательщикСчет=4080281\n"
        f"ПолучательСчет=40702810000000000005\nПлательщик1=Иванов\nНазначениеПлатежа=За ремонт\nКонецДокумента"
    )


def test_money_paid_is_expenses_by_kind(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    purposes = {
        "Арендная плата за октябрь": "rent", "Заработная плата за сентябрь": "salary", "НДФЛ за III кв.": "tax",
        "Размещение рекламы на Авито": "marketing", "Комиссия за ведение счёта": "services", "По счёту 7": "other",
    }  # fmt: skip
    payments = "\n".join([*(paid(n, purpose) for n, purpose in enumerate(purposes, 1)), received(9)])
    out, into = tables(con, tmp_path, STATEMENT.format(payments=payments), "kl_to_1c.txt")
    found, result = loaded(con, out)
    assert rows(con, result, "kind") == [(kind,) for kind in purposes.values()]
    assert rows(con, result, "expense_id", "date", "amount", "client")[0] == (
        "1", date(2026, 10, 14), Decimal("1234.56"), "ООО Ромашка",
    )  # fmt: skip
    assert found.mapping is not None
    assert found.mapping.key == ("expense_id", "date")
    assert "told_by_parts" in rules(result)
    offered = propose_table(con, into)
    assert (offered.mapping, offered.offered, offered.certain) == (None, True, False)
    asked = propose_table(con, into, fact="orders")
    assert asked.mapping is not None
    assert asked.certain
    orders = clean(con, into, asked.mapping, ImportOptions())
    assert rows(con, orders, "order_id", "finished_at", "revenue", "client", "status") == [
        ("9", datetime(2026, 10, 13), 900, "Иванов", "done")
    ]


def test_an_event_log(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    content = (
        '<?xml version="1.0"?><log><trace><string key="concept:name" value="A-1"/><event><string key="concept:name" '
        'value="приём"/><date key="time:timestamp" value="2026-10-01T10:00:00.000+05:00"/><string '
        'key="lifecycle:transition" value="start"/><float key="cost:total" value="12.5"/><string key="org:resource" '
        'value="Анна"/></event></trace></log>'
    )
    (raw,) = tables(con, tmp_path, content, "log.xes")
    _, result = loaded(con, raw)
    assert rows(con, result, "case_id", "activity", "at", "lifecycle", "cost", "employee") == [
        ("A-1", "приём", datetime(2026, 10, 1, 10), "start", Decimal("12.5"), "Анна")
    ]


def test_a_table_with_the_names_of_a_log_and_others(con: duckdb.DuckDBPyConnection) -> None:
    header = ["case:concept:name", "concept:name", "time:timestamp", "Costs", "Команда"]
    _, result = loaded(con, staged(con, header, [["1", "register", "2010-12-30T11:02:00+01:00", "50", "Север"]]))
    assert rows(con, result, "case_id", "cost", "team") == [("1", 50, "Север")]


def test_a_correction_of_a_known_format_is_remembered(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (raw,) = tables(con, tmp_path, {"calls": [CALL]})
    found, _ = loaded(con, raw)
    assert found.mapping is not None
    price = found.mapping.target("price")
    assert price is not None
    corrected = Mapping("calls", tuple(one for one in found.mapping.columns if one is not price))
    again = propose_table(con, raw, remembered={signature(raw.header): (corrected,)}.get)
    assert again.remembered
    assert again.mapping is not None
    assert again.mapping.target("price") is None


def test_every_format_has_a_name_and_its_row_in_the_document() -> None:
    page = (Path(__file__).parents[3] / "docs" / "source-formats.md").read_text("utf-8")
    for module in sorted(one.recognises.__module__.rsplit(".", 1)[-1] for one in formats()):
        assert f"`{module}.py`" in page, f"docs/source-formats.md does not name {module}"
