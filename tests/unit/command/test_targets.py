"""`targets` and `coach`: setting, planning, importing, taking back, and what the log says of it."""

import pytest

from tests.unit.command.conftest import Terminal

HEADER = "Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер;Филиал\n"


@pytest.fixture
def business(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Ten jobs of 1 000 + 10 × month each month from January 2025 to October 2026."""
    monkeypatch.setenv("KPI_NOW", "2026-11-05T10:00:00")
    lines = [
        f"{year}{month:02}{n};01.{month:02}.{year};{27 if n == 9 else 2 + n}.{month:02}.{year};"
        f"Выполнен;{1000 + 10 * month};{'Анна' if n % 2 else 'Борис'};Север\n"
        for year in (2025, 2026) for month in range(1, 13) if (year, month) < (2026, 11) for n in range(10)
    ]  # fmt: skip
    lines.append("x;01.11.2026;04.11.2026;Выполнен;1500;Анна;Север\n")
    terminal.write("orders.csv", HEADER + "".join(lines))
    assert terminal("import", "orders.csv").status == 0
    return terminal


def revenue(terminal: Terminal, *more: str) -> dict[str, dict[str, object]]:
    rows = terminal("value", "revenue", "--grain", "month", "--format", "json", *more).json
    return {str(row["period"])[:7]: row for row in rows if row["is_total"]}


def test_a_number_a_plan_and_a_sum(business: Terminal) -> None:
    assert business("targets", "set", "revenue", "--good", "10500", "--ok", "9000", "--from", "2026-01-01").status == 0
    assert business("targets", "set", "revenue", "--plan", "2026-10=12000", "--plan", "ноябрь 2026=20000").status == 0
    rows = revenue(business)
    assert [rows[f"2026-{n}"]["target"] for n in ("09", "10", "11")] == [10500, 12000, 20000]
    assert [rows[f"2026-{n}"]["status"] for n in ("09", "10")] == ["good", "missed"]
    assert business("targets", "set", "revenue", "--sum", "2026=120000").status == 0
    (year,) = business("value", "revenue", "--grain", "year", "--since", "2026-01-01", "--format", "json").json
    assert year["target"] == 120000
    kinds = [row["kind"] for row in business("targets", "list", "--json").json]
    assert kinds == ["fixed", "cumulative", "plan", "plan"]


def test_a_rule_is_stored_with_its_numbers_and_keeps_them(business: Terminal) -> None:
    asked = (
        "targets",
        "set",
        "revenue",
        "--rule",
        "last_year",
        "--percent",
        "10",
        "--slack",
        "10",
        "--from",
        "2026-09-01",
    )
    assert business(*asked).status == 0
    (row,) = business("targets", "list", "--json").json
    # ten jobs of 1090, 1100 and 1110 a year before, plus ten per cent
    assert [number["good_low"] for number in row["numbers"]] == [11990, 12100, 12210]
    assert [number["ok_low"] for number in row["numbers"]] == [10790, 10890, 10990]
    business.write("more.csv", HEADER + "y;01.09.2025;05.09.2025;Выполнен;99000;Анна;Север\n")
    assert business("import", "more.csv").status == 0
    assert revenue(business)["2026-09"]["target"] == 11990
    assert "the same month a year before plus 10%" in business("targets", "list").out


def test_a_rule_for_one_person_looks_at_that_person(business: Terminal) -> None:
    business("targets", "set", "revenue", "--rule", "previous", "--for", "employee=Анна")
    (row,) = business("targets", "list", "--json").json
    assert [(number["first"], number["base"]) for number in row["numbers"]] == [("2026-11-01", 5500)]


def test_a_plan_from_a_file_is_one_step_that_can_be_taken_back(business: Terminal) -> None:
    business.write("План 2026.csv", "Показатель;Ноябрь;Декабрь\nВыручка;20000;25000\nВыручька;1;2\n")
    looked = business("targets", "import", "План 2026.csv", "--dry-run", "--json").json
    assert (looked["step"], [cell["good_low"] for cell in looked["cells"]]) == (None, [20000, 25000])
    (problem,) = looked["problems"]
    assert problem["line"] == 3
    assert problem["message"].startswith("There is no KPI «Выручька». Did you mean")
    assert "Выручка" in problem["message"]
    assert business("targets", "list", "--json").json == []
    done = business("targets", "import", "План 2026.csv", "--note", "new year")
    assert "line 3" in done.err
    assert revenue(business)["2026-11"]["target"] == 20000
    assert business("targets", "undo", "1", "--note", "wrong file").status == 0
    assert business("targets", "list", "--json").json == []
    log = business("targets", "history", "--json").json
    assert [(line["action"], line["kpi"], line["note"]) for line in log] == [
        ("Change 1 taken back", "", "wrong file"),
        ("Plan imported from План 2026.csv", "Revenue", "new year"),
        ("Plan imported from План 2026.csv", "Revenue", "new year"),
    ]
    assert log[1]["undone_at"] is not None
    assert business("targets", "undo", "1").status == 1
    assert business("targets", "undo", "7").status == 1


def test_the_log_says_what_was_before(business: Terminal) -> None:
    business("targets", "set", "rework_rate", "--good", "5", "--from", "2026-11-01")
    business("targets", "set", "rework_rate", "--good", "4", "--from", "2026-11-01", "--note", "we can")
    business("targets", "remove", "rework_rate", "--from", "2026-12-01")
    log = business("targets", "history", "--json").json
    assert [(line["before"], line["after"]) for line in log] == [
        ("at most 4%", "as by default"), ("at most 5%", "at most 4%"), ("", "at most 5%"),
    ]  # fmt: skip
    assert {line["who"] for line in log} == {"this computer"}
    assert "we can" in business("targets", "history").out


def test_what_closed_and_was_judged_is_not_planned_again(business: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    business("targets", "set", "revenue", "--good", "10500", "--from", "2026-01-01")
    monkeypatch.setenv("KPI_NOW", "2027-01-15T10:00:00")
    business.write("late.csv", "KPI;2026-10;2026-12;2027-01\nrevenue;1;2;3\n")
    looked = business("targets", "import", "late.csv", "--json").json
    # October closed before anything was loaded here; December closed while 10 500 stood
    assert [cell["first"] for cell in looked["cells"]] == ["2026-10-01", "2027-01-01"]
    assert "stays judged" in looked["problems"][0]["message"]


@pytest.mark.parametrize(
    "wrong",
    [
        ("set", "revenue"),
        ("set", "rework", "--good", "1"),
        ("set", "revenue", "--good", "1", "--for", "client=x"),
        ("set", "utilisation", "--good", "1"),
        ("set", "utilisation", "--rule", "best"),
        ("set", "rework_rate", "--sum", "2026=5"),
        ("set", "revenue", "--plan", "someday=5"),
        ("set", "revenue", "--plan", "2026-11=many"),
        ("set", "revenue", "--rule", "best", "--periods", "1"),
        ("import", "nowhere.csv"),
    ],
)
def test_mistakes_are_told(business: Terminal, wrong: tuple[str, ...]) -> None:
    done = business("targets", *wrong)
    assert done.status == 1
    assert done.err.strip()
    assert business("targets", "list", "--json").json == []


def test_the_coach_proposes_what_can_be_computed(business: Terminal) -> None:
    told = business("coach", "--json").json
    assert told["advice"][0]["kind"] == "few"
    proposed = {kpi for one in told["advice"] for action in one["actions"] for kpi in action["add"]}
    possible = {row["id"] for row in business("catalogue", "--json").json if row["computable"]}
    assert proposed
    assert proposed <= possible
    assert {"columns": ["reviews.rating"], "kpis": ["rating", "low_rating_share"]} in told["unlocks"]
    assert [one["id"] for one in told["templates"]] == ["barbershop", "repair", "cleaning", "hiring"]
    assert "choose three to nine" in business("coach").out
