"""Documents that hold tables: JSON, statements for 1C, event logs in XES; and those that mean harm."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.errors import UnknownName, UnreadableFile
from data.ingest.read import stage
from data.ingest.read.documents import child
from tests.unit.ingest.read.staged import Staged, fetch


def read(con: duckdb.DuckDBPyConnection, folder: Path, name: str, content: bytes | str | Any) -> list[Staged]:
    """Every table of a file with this content; anything but text is written as JSON."""
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [fetch(con, raw) for raw in stage(con, path)]


class TestJson:
    """Lists of objects, however wrapped, as tables of text."""

    @pytest.mark.parametrize("name", ["a.json", "a.txt"])
    @pytest.mark.parametrize("wrap", [
        lambda rows: rows, lambda rows: {"result": rows}, lambda rows: {"result": {"items": rows}, "error": None},
        lambda rows: {"success": True, "data": rows, "meta": {"total": 2}},
        lambda rows: {"result": {row["id"]: {"n": row["n"]} for row in [*rows, {"id": 9, "n": None}]}},
    ])  # fmt: skip
    def test_a_list_is_found_in_any_wrapping(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str, wrap: Any
    ) -> None:
        (table,) = read(con, tmp_path, name, wrap([{"id": 12345678901234567890, "n": 1.50}, {"id": 2, "n": None}]))
        assert table.rows[:2] == [("12345678901234567890", "1.5"), ("2", None)]
        assert (table.raw.sheet, table.raw.records_header) == (None, True)

    def test_numbers_keep_their_digits(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        (table,) = read(con, tmp_path, "a.json", '[{"a": 1.10, "b": 1e3, "c": 007.5, "d": 1}]'.replace("007.5", "7.50"))
        assert table.rows == [("1.10", "1e3", "7.50", "1")]

    def test_one_object_a_line(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        (table,) = read(con, tmp_path, "a.json", '{"a": 1}\n\n{"a": 2, "b": true}\n')
        assert (table.raw.header, table.rows) == (("a", "b"), [("1", None), ("2", "true")])

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1251"])
    def test_other_encodings(self, con: duckdb.DuckDBPyConnection, tmp_path: Path, codec: str) -> None:
        content = json.dumps([{"имя": "Анна Петровна", "город": "Нижний Новгород"}], ensure_ascii=False)
        (table,) = read(con, tmp_path, "a.json", content.encode(codec))
        assert table.rows == [("Анна Петровна", "Нижний Новгород")]

    def test_objects_in_objects_and_plain_lists(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        row = {"a": {"b": {"c": 1}, "d": None}, "tags": ["x", "y"], "no": [], "empty": {}}
        (table,) = read(con, tmp_path, "a.json", [row])
        cells = dict(zip(table.raw.header, table.rows[0], strict=True))
        assert cells == {"a.b.c": "1", "a.d": None, "tags": "x, y", "no": None}

    def test_a_list_with_the_dates_becomes_rows_and_the_fan_out_is_reported(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path
    ) -> None:
        items = [
            {"itemId": 1, "stats": [{"date": "2026-10-01", "v": 3}, {"date": "2026-10-02", "v": 4}]},
            {"itemId": 2, "stats": []},
        ]
        (table,) = read(con, tmp_path, "a.json", {"result": {"items": items}})
        assert table.rows == [("1", "2026-10-01", "3"), ("1", "2026-10-02", "4")]
        assert table.lines == [1, 1]
        assert table.raw.fan_out == (2, 2)
        assert table.finding("empty_lists").count == 1
        assert "one for each entry of «stats»" in str(table.finding("list_rows").message)

    def test_a_list_within_a_dated_record_stays_in_its_row(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path
    ) -> None:
        services = [{"id": 1, "title": "Стрижка", "cost": 1500.5}, {"id": 2, "title": "Борода", "cost": "700"}]
        records = [{"date": "2026-10-01", "services": services}, {"date": "2026-10-02", "services": []}]
        (table,) = read(con, tmp_path, "a.json", records)
        cells = dict(zip(table.raw.header, table.rows[0], strict=True))
        assert cells["services.title"] == "Стрижка, Борода"
        assert cells["services.id"] == "1, 2"
        assert cells["services.cost"] == "2200.5"
        assert "services" not in table.raw.header
        assert table.has("lists_added")
        assert table.has("lists_joined")

    def test_names_and_values_become_columns(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        metrics = [{"slug": "views", "value": 3}, {"slug": "contacts", "value": 1}]
        (table,) = read(con, tmp_path, "a.json", {"groupings": [{"id": 7, "metrics": metrics}], "total": 1})
        assert (table.raw.header, table.rows) == (("id", "views", "contacts"), [("7", "3", "1")])
        assert table.finding("beside_records").count == 1

    def test_several_lists_are_several_tables(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        tables = read(con, tmp_path, "a.json", {"calls": [{"id": 1}], "chats": [{"id": 2}, {"id": 3}]})
        assert [(one.raw.sheet, one.raw.rows) for one in tables] == [("calls", 1), ("chats", 2)]
        (chats,) = stage(con, tmp_path / "a.json", sheet="chats")
        assert chats.rows == 2
        with pytest.raises(UnknownName, match="calls, chats"):
            stage(con, tmp_path / "a.json", sheet="chat")

    def test_a_key_that_stands_twice_is_said(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        (table,) = read(con, tmp_path, "a.json", '[{"a": 1, "a": 2}]')
        assert table.rows == [("2",)]
        assert table.finding("repeated_keys").severity == "warning"

    @pytest.mark.parametrize(
        "content", ["[1, 2]", "{}", '{"a": ', "null", "[" * 200_000, '[{"a":' * 100_000, '{"a": [{"b": 1}'],
        ids=["numbers", "empty", "torn", "null", "deep list", "deep objects", "torn list"],
    )  # fmt: skip
    def test_no_records_are_a_sentence(self, con: duckdb.DuckDBPyConnection, tmp_path: Path, content: str) -> None:
        with pytest.raises(UnreadableFile, match=r"a\.json holds no records, or breaks off"):
            read(con, tmp_path, "a.json", content)

    def test_a_table_that_begins_like_json_is_a_table(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        (table,) = read(con, tmp_path, "a.csv", '["имя"];["сумма"]\nАнна;5\nПётр;7\n')
        assert [row[1] for row in table.rows] == ["5", "7"]

    def test_more_columns_than_any_table_has(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="2500 columns"):
            read(con, tmp_path, "a.json", [{f"c{n}": n for n in range(2500)}])


OWN, OTHER, SECOND = "40702810000000000005", "40702810000000000042", "40702810000000000006"


def payment(number: int, amount: str, payer: str, payee: str, **more: str) -> str:
    fields = {
        "Номер": str(number), "Дата": "10.10.2026", "Сумма": amount, "ПлательщикСчет": payer,
        "Плательщик": f"П{payer[-2:]}", "ПолучательСчет": payee, "Получатель": f"П{payee[-2:]}",
        "НазначениеПлатежа": f"Оплата {number}", **more,
    }  # fmt: skip
    lines = [f"{name}={value}" for name, value in fields.items()]
    return "\r\n".join(["СекцияДокумент=Платежное поручение", *lines, "КонецДокумента"])


def statement(*payments: str, own: tuple[str, ...] = (OWN,), said: str = "Windows", totals: str = "") -> str:
    head = ["1CClientBankExchange", "ВерсияФормата=1.03", f"Кодировка={said}", "ДатаНачала=01.10.2026"]
    head += [f"РасчСчет={account}" for account in own]
    head += ["СекцияРасчСчет", *(f"РасчСчет={account}" for account in own), *filter(None, [totals]), "КонецРасчСчет"]
    return "\r\n".join([*head, *payments, "КонецФайла", ""])


BOTH = (
    payment(1, "500.00", OWN, OTHER, ДатаСписано="11.10.2026"),
    payment(2, "10000.00", OTHER, OWN, ДатаПоступило="12.10.2026"),
)


class TestStatement:
    """1CClientBankExchange: money out, money in, own transfers."""

    @pytest.mark.parametrize(
        ("said", "codec", "differs"),
        [
            ("Windows", "cp1251", False), ("DOS", "cp866", False), ("Windows", "utf-8", True), ("DOS", "cp1251", True),
            ("Windows", "utf-8-sig", True), ("DOS", "utf-16", False),
        ],
    )  # fmt: skip
    def test_the_encoding_is_told_by_the_key_words(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path, said: str, codec: str, differs: bool
    ) -> None:
        out, into = read(con, tmp_path, "kl_to_1c.txt", statement(*BOTH, said=said).encode(codec))
        assert (out.raw.sheet, out.raw.offered, out.raw.rows) == ("Списания", False, 1)
        assert (into.raw.sheet, into.raw.offered, into.raw.rows) == ("Поступления", True, 1)
        assert out.has("encoding_differs") == differs
        paid = dict(zip(out.raw.header, out.rows[0], strict=True))
        assert paid["Документ"] == "Платежное поручение"
        assert (paid["Сумма"], paid["НазначениеПлатежа"]) == ("500.00", "Оплата 1")
        assert (paid["Дата операции"], paid["Контрагент"], paid["Списано со счёта"]) == ("11.10.2026", "П42", OWN)
        received = dict(zip(into.raw.header, into.rows[0], strict=True))
        assert (received["Дата операции"], received["Поступило на счёт"]) == ("12.10.2026", OWN)
        assert "10000.00 in all" in str(out.finding("received_apart").message)

    def test_transfers_between_own_accounts_are_neither(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        text = statement(BOTH[0], payment(3, "7.50", OWN, SECOND), own=(OWN, SECOND))
        (out,) = read(con, tmp_path, "a.txt", text)
        assert out.raw.rows == 1
        assert (out.finding("own_transfers").count, out.finding("own_transfers").examples) == (1, ("22",))

    def test_the_totals_of_the_statement_are_held_against_it(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path
    ) -> None:
        right = "ВсегоПоступило=10000.00\r\nВсегоСписано=500.00"
        out, _ = read(con, tmp_path, "a.txt", statement(*BOTH, totals=right))
        assert not out.has("paid_differs")
        assert not out.has("received_differs")
        out, _ = read(con, tmp_path, "b.txt", statement(*BOTH, totals=right.replace("500", "800")))
        assert "800.00 was paid, but its payments add up to 500.00" in str(out.finding("paid_differs").message)

    def test_the_own_account_is_the_one_in_every_payment(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        tables = read(con, tmp_path, "a.txt", statement(BOTH[0], payment(2, "1", SECOND, OWN), own=()))
        assert [one.raw.sheet for one in tables] == ["Списания", "Поступления"]

    def test_without_any_sign_the_direction_is_not_guessed(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path
    ) -> None:
        (table,) = read(con, tmp_path, "a.txt", statement(payment(1, "5", OTHER, SECOND), own=()))
        assert (table.raw.sheet, table.raw.offered) == ("Документы без направления", True)

    def test_a_purpose_over_two_lines_is_one(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        text = statement(payment(1, "5", OWN, OTHER, НазначениеПлатежа="Аренда\r\nза октябрь"))
        (out,) = read(con, tmp_path, "a.txt", text)
        assert "Аренда за октябрь" in out.rows[0]

    def test_a_statement_that_breaks_off_says_so(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        out, _ = read(con, tmp_path, "a.txt", statement(*BOTH).split("КонецДокумента\r\nКонецФайла")[0])
        assert out.finding("broken_off").severity == "warning"
        out, _ = read(con, tmp_path, "b.txt", statement(*BOTH).replace("КонецДокумента", "", 1))
        assert out.finding("torn_documents").count == 1

    def test_a_statement_without_payments_is_a_sentence(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="holds no records"):
            read(con, tmp_path, "a.txt", statement())


LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
<global scope="event"><string key="concept:name" value="никогда"/></global>
<string key="concept:name" value="журнал"/>
<trace><string key="concept:name" value="A-1"/><string key="город" value="Пермь"/>
<event><string key="concept:name" value="приём"/><date key="time:timestamp" value="2026-10-01T10:00:00.000+05:00"/>
<string key="lifecycle:transition" value="start"/><float key="cost:total" value="12.5"/></event>
<event><string key="concept:name" value="выдача"><string key="nested" value="1"/></string>
<date key="time:timestamp" value="2026-10-01T11:00:00.000+05:00"/><string key="org:resource" value="Анна"/></event>
</trace><trace><string key="concept:name" value="A-2"/></trace>
<trace><event><string key="concept:name" value="приём"/></event></trace></log>"""


class TestXes:
    """Event logs."""

    @pytest.mark.parametrize("packed", [False, True])
    def test_an_event_is_a_row_with_its_case(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path, packed: bool
    ) -> None:
        content = LOG.encode()
        (table,) = read(con, tmp_path, "a.xes.gz" if packed else "a.xml", gzip.compress(content) if packed else content)
        assert table.raw.header == (
            "case:concept:name", "case:город", "concept:name", "time:timestamp", "lifecycle:transition", "cost:total",
            "org:resource",
        )  # fmt: skip
        assert table.rows[0] == ("A-1", "Пермь", "приём", "2026-10-01T10:00:00.000+05:00", "start", "12.5", None)
        assert table.rows[2][:3] == ("3", None, "приём")
        assert table.lines == [6, 8, 11]
        assert [table.finding(rule).count for rule in ("unnamed_cases", "empty_cases", "nested_attributes")] == [
            1,
            1,
            1,
        ]
        assert str(table.finding("event_log").message) == "An event log: 3 events, 3 cases."

    @pytest.mark.parametrize("head", [
        '<!DOCTYPE log [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE log SYSTEM "http://127.0.0.1/x.dtd">',
    ])  # fmt: skip
    def test_document_types_and_entities_are_refused(
        self, con: duckdb.DuckDBPyConnection, tmp_path: Path, head: str
    ) -> None:
        with pytest.raises(UnreadableFile, match="holds what no such file needs"):
            read(con, tmp_path, "a.xes", LOG.replace("<log", f"{head}<log", 1))

    def test_a_torn_log_is_a_sentence(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="breaks off"):
            read(con, tmp_path, "a.xes", LOG[:700])

    def test_a_torn_archive_is_a_sentence(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="breaks off"):
            read(con, tmp_path, "a.xes.gz", gzip.compress(LOG.encode())[:-20])

    def test_other_xml_is_no_log(self, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="an XML file"):
            read(con, tmp_path, "a.xes", "<?xml version='1.0'?><catalogue/>")


def test_a_log_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """The limit is that of the child; here it is told a smaller one."""
    (tmp_path / "a.gz").write_bytes(gzip.compress(LOG.encode() + b" " * 10_000_000))
    script = (
        "from data.ingest.read.documents import child, xes; import sys; "
        "xes.LARGEST = 1 << 20; sys.exit(child.write_tables('xes', sys.argv[1], sys.argv[2]))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.gz"), str(tmp_path)], check=False)
    assert done.returncode == child.REFUSED


def test_the_child_loads_no_database() -> None:
    script = "import data.ingest.read.documents.child, sys; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
