"""Documents made of anything: no record, field or payment is lost, and nothing but a sentence is ever raised."""

import json
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import UnreadableFile
from data.ingest.read import drop, stage
from data.ingest.read.documents.exchange import PAID, RECEIVED, UNKNOWN, exchange_tables
from data.ingest.read.documents.found import Found, NotOfThisKind
from data.ingest.read.documents.json_tables import json_tables

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])

plain = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.floats(allow_nan=False))
values = st.recursive(
    plain,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=25,
)
names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6).filter(lambda name: name != "value")
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


def found(content: Any, folder: str) -> list[Found]:
    path = Path(folder, "a.json")
    path.write_text(json.dumps(content), "utf-8")
    return json_tables(path)


@QUICK
@given(st.lists(st.dictionaries(names, texts, min_size=1, max_size=5), min_size=1, max_size=6))
def test_flat_records_come_back_cell_by_cell(records: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (table,) = found({"result": {"items": records}}, folder)
    assert [dict(row) for _, row in table.rows] == records


@QUICK
@given(values)
def test_every_text_of_any_json_is_in_a_table_or_counted(value: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            tables = found(value, folder)
        except NotOfThisKind:
            return
    cells = "\n".join(text for table in tables for _, row in table.rows for text in row.values() if text)
    beside = sum(note.count for table in tables for note in table.notes if note.rule == "beside_records")
    missing = [text for text in set(_texts(value)) if text.strip() and text not in cells]
    assert len(missing) <= beside or any(note.rule == "empty_lists" for table in tables for note in table.notes)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


@SLOW
@given(values)
def test_any_json_is_staged_or_refused_in_a_sentence(value: Any) -> None:
    with duckdb.connect() as con, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.json")
        path.write_text(json.dumps(value), "utf-8")
        try:
            for raw in stage(con, path):
                (count,) = con.execute(f'select count(*) from "{raw.table}"').fetchone() or (0,)
                assert count == raw.rows
                drop(con, raw)
        except UnreadableFile:
            return


accounts = st.sampled_from(["1", "2", "3", "4"])
payments = st.tuples(accounts, accounts, st.integers(min_value=1, max_value=10**9))


@QUICK
@given(st.lists(payments, min_size=1, max_size=10), st.sets(accounts, max_size=2), st.sampled_from(["cp1251", "cp866"]))
def test_every_payment_of_a_statement_is_in_one_table_or_counted(
    paid: list[tuple[str, str, int]], own: set[str], codec: str
) -> None:
    lines = ["1CClientBankExchange", "Кодировка=Windows", *(f"РасчСчет={account}" for account in sorted(own))]
    for number, (payer, payee, kopecks) in enumerate(paid):
        lines += ["СекцияДокумент=Платежное поручение", f"Номер={number}", f"Сумма={Decimal(kopecks) / 100:.2f}"]
        lines += [f"ПлательщикСчет={payer}", f"ПолучательСчет={payee}", "КонецДокумента"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes("\r\n".join([*lines, "КонецФайла"]).encode(codec))
        try:
            tables = exchange_tables(path)
        except NotOfThisKind:
            assert all({payer, payee} <= own or payer == payee for payer, payee, _ in paid)
            return
    rows = Counter(str(row["Номер"]) for table in tables for _, row in table.rows)
    transfers = sum(note.count for note in tables[0].notes if note.rule == "own_transfers")
    assert set(rows.values()) == {1}
    assert len(rows) + transfers == len(paid)
    if own:
        _sides_agree(tables, paid, own)


def _sides_agree(tables: list[Found], paid: list[tuple[str, str, int]], own: set[str]) -> None:
    names = {"out": PAID, "in": RECEIVED, "unknown": UNKNOWN}
    for table in tables:
        for _, row in table.rows:
            payer, payee, _ = paid[int(str(row["Номер"]))]
            way = "out" if payer in own else "in" if payee in own else "unknown"
            assert table.name == names[way]
