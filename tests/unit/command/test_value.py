"""`value` and `catalogue`."""

import csv
import io

import pytest

from kpi.model import RESULT_COLUMNS
from tests.unit.command.conftest import Terminal

KEYS = {
    "kpi", "period", "slice", "is_total", "value", "rows", "used", "previous", "target", "status", "is_partial",
    "eligible", "unit",
}  # fmt: skip


def test_json_has_the_promised_shape(loaded: Terminal) -> None:
    done = loaded("value", "revenue", "rework_rate", "--format", "json")
    assert (done.status, done.err) == (0, "")
    rows = done.json
    assert [row["kpi"] for row in rows] == ["revenue", "rework_rate"]
    assert set(rows[0]) >= KEYS
    assert rows[0]["value"] == pytest.approx(4000.5)
    assert rows[1]["value"] == pytest.approx(100 / 3)
    assert rows[0]["slice"] is None
    assert rows[0]["is_total"] is True
    assert rows[0]["unit"] == "money"
    assert rows[0]["previous"] is None


def test_totals_come_first_then_slices(loaded: Terminal) -> None:
    rows = loaded("value", "orders_done", "--by", "branch", "--format", "json").json
    assert [(row["slice"], row["is_total"], row["value"]) for row in rows] == [
        (None, True, 3), ("Север", False, 1), ("Центр", False, 2),
    ] or {row["slice"]: row["value"] for row in rows[1:]} == {"Север": 1, "Центр": 2}  # fmt: skip
    assert rows[0]["is_total"] is True


def test_periods_and_filters(loaded: Terminal) -> None:
    rows = loaded(
        "value", "orders_done", "--grain", "day", "--since", "2026-10-01", "--until", "2026-10-03",
        "--where", "branch=Центр", "--format", "json",
    ).json  # fmt: skip
    assert {row["period"]: row["value"] for row in rows} == {"2026-10-01": 1, "2026-10-02": 0, "2026-10-03": 1}
    both = loaded("value", "orders_done", "--where", "branch=Центр", "--where", "branch=Север", "--format", "json").json
    assert both[0]["value"] == 3


def test_csv_starts_no_formula(loaded: Terminal) -> None:
    done = loaded("value", "orders_done", "--by", "employee", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["slice"] for row in rows} == {"", "Иванов", "Петрова", "'=SUM(A1)"}


def test_a_table_for_people(loaded: Terminal) -> None:
    text = loaded("value", "revenue", "rework_rate").out
    assert len(text.splitlines()) == 4
    assert "Revenue" in text


def test_russian_answers(loaded: Terminal) -> None:
    loaded.language = "ru"
    assert "Выручка" in loaded("value", "revenue").out


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["value", "revenu"], "revenue"),
        (["value", "rating"], "rating"),
        (["value", "revenue", "--by", "shoe_size"], "shoe_size"),
        (["value", "revenue", "--where", "shoe_size=43"], "shoe_size"),
        (["value", "revenue", "--since", "2026-10-02", "--until", "2026-10-01"], "2026-10-02"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(loaded: Terminal, argv: list[str], told: str) -> None:
    done = loaded(*argv)
    assert done.status == 1
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "argv",
    [[], ["fly"], ["value"], ["value", "revenue", "--since", "tomorrow"], ["value", "revenue", "--grain", "hour"],
     ["value", "revenue", "--where", "branch"], ["imports", "undo", "x"], ["import"]],
)  # fmt: skip
def test_wrong_usage_is_status_two(terminal: Terminal, argv: list[str]) -> None:
    done = terminal(*argv)
    assert done.status == 2
    assert "usage" in done.err
    assert terminal.opened == []


def test_help_is_no_mistake(terminal: Terminal) -> None:
    done = terminal("value", "--help")
    assert (done.status, done.err) == (0, "")
    assert "--grain" in done.out


def test_the_catalogue_says_what_is_missing(loaded: Terminal) -> None:
    entries = {entry["id"]: entry for entry in loaded("catalogue", "--json").json}
    assert entries["rework_rate"]["computable"] is True
    assert entries["rework_rate"]["missing"] == []
    assert "orders.is_rework" in entries["rework_rate"]["columns"]
    assert entries["rating"]["computable"] is False
    assert any(name.startswith("reviews") for name in entries["rating"]["missing"])
    keys = {"id", "title", "area", "unit", "better", "target", "facts", "columns", "computable", "missing"}
    assert all(set(entry) >= keys for entry in entries.values())
    assert "rework_rate" in loaded("catalogue").out


def test_the_catalogue_of_an_empty_workspace(terminal: Terminal) -> None:
    ready = [entry["id"] for entry in terminal("catalogue", "--json").json if entry["computable"]]
    assert [kpi for kpi in ready if kpi != "goals_met"] == []  # goals_met needs targets, not data


def test_every_column_of_an_answer_is_one_of_the_result(loaded: Terminal) -> None:
    row = loaded("value", "revenue", "--format", "json").json[0]
    assert set(row) - {"unit"} <= set(RESULT_COLUMNS)
