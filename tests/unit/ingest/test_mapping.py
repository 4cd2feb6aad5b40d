"""Mapping files: what is accepted, what is refused and how."""

from pathlib import Path

import pytest

from data.errors import MappingError
from data.ingest.mapping import ColumnMap, Mapping, Unpivot, parse_mapping, read_mapping, signature, write_mapping

EXAMPLE = Path(__file__).parents[3] / "docs/examples/incidents.toml"


def test_the_example_of_the_docs_reads() -> None:
    (mapping,) = read_mapping(EXAMPLE)
    assert (mapping.fact, mapping.key, mapping.version) == ("orders", ("order_id",), "sys_mod_count")
    assert mapping.target("is_rework") == ColumnMap("is_rework", "reopen_count > 0")


def test_targets_may_stand_at_the_top_and_source_is_column() -> None:
    (mapping,) = parse_mapping(
        'fact = "orders"\nrevenue = { source = "Сумма", format = "decimal comma" }\nstatus = "Статус"\n'
    )
    assert mapping.columns == (ColumnMap("revenue", "Сумма", format="decimal comma"), ColumnMap("status", "Статус"))


def test_words_may_be_written_both_ways() -> None:
    one, other = (
        parse_mapping(f'fact = "orders"\n[columns]\nstatus = {{ column = "С", words = {words} }}')[0].columns[0].words
        for words in ('{ "Готово" = "done", "Закрыт" = "done" }', '{ done = ["Готово", "Закрыт"] }')
    )
    assert one == other == {"Готово": "done", "Закрыт": "done"}


def test_several_tables() -> None:
    mappings = parse_mapping('[[table]]\nfact = "orders"\nsheet = "A"\n[[table]]\nfact = "reviews"\nsheet = "B"\n')
    assert [(mapping.fact, mapping.sheet) for mapping in mappings] == [("orders", "A"), ("reviews", "B")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fact = ", "TOML"),
        ("", "fact"),
        ('fact = "order"', "orders"),
        ('fact = "orders"\n[columns]\nrevenu = "С"', "revenue"),
        ('fact = "orders"\nrevenu = "С"', "revenue"),
        ('fact = "orders"\nkey = "order"', "order_id"),
        ('fact = "orders"\n[columns]\nrevenue = { colum = "С" }', "column"),
        ('fact = "orders"\n[columns]\nrevenue = { column = "С", constant = "1" }', "revenue"),
        ('fact = "orders"\n[columns]\nstatus = { column = "С", words = { "x" = "don" } }', "done"),
        ('fact = "orders"\n[columns]\nstatus = { column = "С", otherwise = "opened" }', "open"),
        ('fact = "orders"\n[columns]\nrevenue = 5', "revenue"),
        ('fact = "surveys"\n[unpivot]\ncolumns = ["a"]\nname_to = "questio"\nvalue_to = "score"', "question"),
    ],
)
def test_a_mistake_is_named_with_what_was_meant(text: str, says: str) -> None:
    with pytest.raises(MappingError, match=says):
        parse_mapping(text)


def test_what_is_written_reads_back() -> None:
    mappings = (
        Mapping(
            "surveys",
            (ColumnMap("answered_at", 'Дата "ответа"\\', clock="Время", format="D/M/YYYY"),),
            key=("response_id",),
            version="Версия",
            sheet="Лист 1",
            unpivot=Unpivot(("В\t1", "В2"), "question", "score", {"scale_min": "0"}),
        ),
        Mapping(
            "orders",
            (
                ColumnMap("status", "С", words={"a": "done"}, otherwise="open"),
                ColumnMap("account", constant="Авито"),
                ColumnMap("is_rework", expression="n > 0"),
            ),
        ),
    )
    assert parse_mapping(write_mapping(mappings)) == mappings
    assert parse_mapping(write_mapping(mappings[:1])) == mappings[:1]


def test_the_signature_knows_no_order_case_or_spaces() -> None:
    assert signature(("Дата визита", "Сумма, руб.", "")) == signature(("СУММА", "дата\u00a0 визита"))
    assert signature(("Дата",)) != signature(("Сумма",))


def test_every_example_of_the_page_about_mapping_files_reads() -> None:
    page = (EXAMPLE.parents[1] / "mapping-files.md").read_text(encoding="utf-8")
    examples = [block.split("```")[0] for block in page.split("```toml")[1:]]
    assert [parse_mapping(example)[0].fact for example in examples] == ["orders", "surveys", "orders"]
