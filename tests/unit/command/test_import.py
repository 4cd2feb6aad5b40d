"""`import`, `imports` and `imports undo`."""

import pytest

from data.ingest.mapping import read_mapping
from tests.unit.command.conftest import ORDERS, Terminal

COUNTS = ("rows_in", "rows_out", "rejected", "duplicates", "superseded", "replaced")


def test_a_russian_file_is_recognised_and_reported(terminal: Terminal) -> None:
    terminal.write("заказы.csv", ORDERS, "cp1251")
    done = terminal("import", "заказы.csv", "--json")
    assert (done.status, done.err) == (0, "")
    (report,) = done.json
    assert (report["source"], report["fact"], report["import_id"]) == ("заказы.csv", "orders", 1)
    assert {name: report[name] for name in COUNTS} == dict(zip(COUNTS, (4, 4, 0, 0, 0, 0), strict=True))
    assert report["mapping"]["finished_at"] == "Дата завершения"
    assert report["period"] == ["2026-10-01", "2026-10-03"]
    assert report["steps"][0] == "read"
    assert set(report) >= {"findings", "fan_out"}


def test_a_dry_run_publishes_nothing(terminal: Terminal) -> None:
    terminal.write("o.csv", ORDERS)
    done = terminal("import", "o.csv", "--dry-run", "--json")
    assert done.status == 0
    assert done.json[0]["rows_out"] == 4
    assert done.json[0]["import_id"] is None
    assert {"kpi": "revenue", "before": None, "after": 4000.5} in done.json[0]["kpis"]
    assert "Revenue: — → " in terminal("import", "o.csv", "--dry-run").out
    assert terminal("imports", "--json").json == []


def test_an_unrecognised_table_publishes_nothing_and_writes_a_mapping(terminal: Terminal) -> None:
    terminal.write("странное.csv", "альфа,бета\n1,2\n3,4\n")
    done = terminal("import", "странное.csv")
    assert done.status == 1
    assert done.out == ""
    assert "странное.mapping.toml" in done.err
    text = (terminal.folder / "странное.mapping.toml").read_text(encoding="utf-8")
    assert "альфа" in text
    assert read_mapping(terminal.folder / "странное.mapping.toml")[0].columns == ()
    assert terminal("imports", "--json").json == []


def test_a_mapping_that_is_there_is_never_overwritten(terminal: Terminal) -> None:
    terminal.write("x.csv", "альфа,бета\n1,2\n")
    terminal.write("x.mapping.toml", "mine")
    assert "x.mapping-2.toml" in terminal("import", "x.csv").err
    assert (terminal.folder / "x.mapping.toml").read_text() == "mine"


def test_one_file_that_is_not_understood_keeps_all_out(terminal: Terminal) -> None:
    terminal.write("o.csv", ORDERS)
    terminal.write("x.csv", "альфа,бета\n1,2\n")
    assert terminal("import", "o.csv", "x.csv").status == 1
    assert terminal("imports", "--json").json == []


def test_a_mapping_decides(terminal: Terminal) -> None:
    terminal.write("x.csv", "n,when,state,reopened\n1,2026-10-01 10:00:00,fertig,0\n2,2026-10-02 10:00:00,fertig,2\n")
    terminal.write(
        "m.toml",
        'fact = "orders"\n[columns]\norder_id = "n"\nfinished_at = "when"\nis_rework = "reopened > 0"\n'
        'status = { column = "state", words = { fertig = "done" } }\n',
    )
    done = terminal("import", "x.csv", "--mapping", "m.toml", "--account", "A1", "--json")
    assert done.status == 0, done.err
    values = terminal("value", "rework_rate", "--by", "account", "--format", "json").json
    assert [(row["slice"], row["value"]) for row in values] == [(None, 50.0), ("A1", 50.0)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.csv", ""),
        ("missing.csv", None),
        ("picture.csv", "\x89PNG\r\n\x1a\n\x00\x00"),
        ("note.xlsx", "PK\x03\x04"),
    ],
)
def test_a_bad_file_is_a_sentence(terminal: Terminal, name: str, text: str | None) -> None:
    if text is not None:
        terminal.write(name, text, "latin-1")
    done = terminal("import", name)
    assert done.status == 1
    assert done.out == ""
    assert name in done.err
    assert "Traceback" not in done.err


def test_the_same_content_for_another_account_is_asked_about(terminal: Terminal) -> None:
    terminal.write("o.csv", ORDERS)
    assert terminal("import", "o.csv", "--account", "Мой Avito").status == 0
    asked = terminal("import", "o.csv")
    assert (asked.status, asked.out) == (1, "")
    assert "--account 'Мой Avito'" in asked.err
    assert "imports undo 1" in asked.err
    assert "--again" in asked.err
    assert len(terminal("imports", "--json").json) == 1
    same = terminal("import", "o.csv", "--account", "Мой Avito", "--json")
    assert (same.status, same.json[0]["rows_out"]) == (0, 0)
    assert terminal("import", "o.csv", "--again", "--json").json[0]["rows_out"] == 4


def test_the_ledger_and_undo(loaded: Terminal) -> None:
    (entry,) = loaded("imports", "--json").json
    assert (entry["import_id"], entry["file"], entry["undone"], entry["rows_out"]) == (1, "заказы.csv", False, 4)
    assert entry["facts"] == ["orders"]
    assert [entry[name] for name in ("new", "changed", "same", "rejected", "repaired")] == [4, 0, 0, 0, 0]
    assert "заказы.csv" in loaded("imports").out
    assert loaded("imports", "undo", "1").status == 0
    assert loaded("imports", "--json").json[0]["undone"] is True
    assert loaded("value", "revenue").status == 1


def test_undoing_what_never_was(terminal: Terminal) -> None:
    done = terminal("imports", "undo", "7")
    assert done.status == 1
    assert "7" in done.err


def test_rebuild_gives_the_same_values(loaded: Terminal) -> None:
    before = loaded("value", "revenue", "rework_rate", "--format", "json").json
    assert loaded("rebuild").status == 0
    assert loaded("value", "revenue", "rework_rate", "--format", "json").json == before
