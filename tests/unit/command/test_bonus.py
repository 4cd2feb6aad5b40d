"""`bonus`."""

from pathlib import Path

import openpyxl
import pytest

from tests.unit.command.conftest import Terminal

SCHEME = """title = "Masters"
[fund]
from = "person"
amount = 10000
[[kpi]]
kpi = "orders_done"
weight = 100
target = 2
threshold = 1
cap = 4
"""
HEADER = "Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер"


@pytest.fixture
def scheme(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Three masters with one, two and three jobs in September, none of them in a staff list."""
    monkeypatch.setenv("KPI_NOW", "2026-10-05T10:00:00")
    jobs = [(1, "Анна"), (2, "Борис"), (3, "Борис"), (4, "=Вера()"), (5, "=Вера()"), (6, "=Вера()")]
    rows = [f"{n};10.09.2026 10:00;30.09.2026 12:00;Выполнен;1000,00;{name}" for n, name in jobs]
    terminal.write("заказы.csv", "\n".join([HEADER, *rows]))
    assert terminal("import", "заказы.csv").status == 0
    terminal.write("scheme.toml", SCHEME)
    done = terminal("bonus", "enter", "masters", "scheme.toml", "--json")
    assert (done.status, done.json) == (0, {"version": 1})
    return terminal


def test_json_tells_everybodys_bonus_and_what_it_is_made_of(scheme: Terminal) -> None:
    done = scheme("bonus", "--month", "2026-09", "--json")
    assert (done.status, done.err) == (0, "")
    told = done.json
    assert (told["status"], told["total"], told["month"]) == ("preview", 27500.0, "2026-09-01")
    assert {one["name"]: one["total"] for one in told["people"]} == {"=Вера()": 12500, "Анна": 5000, "Борис": 10000}
    anna = told["people"][1]
    assert anna["kpis"][0]["one_step_more"] == {"step": "one", "by": 1, "pays": 5000, "next": 2, "next_pays": 5000}
    assert anna["personal"] + anna["team_part"] == anna["total"]


def test_a_person_sees_their_own_sheet_in_words_and_nobody_elses(scheme: Terminal) -> None:
    done = scheme("bonus", "--month", "2026-09", "--person", "Анна")
    assert done.status == 0
    assert "10,000 × 100% × 50%" in done.out
    seen = scheme("bonus", "--month", "2026-09", "--seen-by", "Анна", "--json")
    assert [one["name"] for one in seen.json["people"]] == ["Анна"]
    assert seen.json["total"] == 5000
    other = scheme("bonus", "--month", "2026-09", "--seen-by", "Анна", "--person", "Борис")
    assert (other.status, other.out) == (1, "")
    for action in (["approve"], ["correct", "--person", "Анна", "--amount", "1", "--reason", "x"], ["simulate"]):
        refused = scheme("bonus", "--month", "2026-09", "--seen-by", "Анна", *action)
        assert (refused.status, refused.out) == (1, ""), action


def test_approve_correct_and_the_sheets_agree(scheme: Terminal) -> None:
    assert scheme("bonus", "approve", "--month", "2026-09").status == 0
    again = scheme("bonus", "approve", "--month", "2026-09")
    assert (again.status, again.out) == (1, "")
    taken = scheme(
        "bonus", "correct", "--month", "2026-09", "--person", "Борис", "--amount=-0,50", "--reason", "refund"
    )
    assert taken.status == 0, taken.err
    told = scheme("bonus", "--month", "2026-09", "--json").json
    assert (told["status"], told["approval"]["is_intact"], told["total"]) == ("approved", True, 27499.5)
    for name in ("all.xlsx", "one.pdf"):
        saved = scheme("bonus", "sheet", "--month", "2026-09", name)
        assert saved.status == 0, saved.err
    front = openpyxl.load_workbook(Path(scheme.folder / "all.xlsx"), data_only=True)["All"]
    assert [row[1].value for row in front.iter_rows(min_row=4, max_row=7)] == [12500, 5000, 9999.5, 27499.5]
    assert scheme("bonus", "sheet", "--month", "2026-09", "sheet.docx").status == 1
    mine = scheme("bonus", "sheet", "--month", "2026-09", "--seen-by", "Анна", "mine.xlsx")
    assert mine.status == 0
    assert openpyxl.load_workbook(Path(scheme.folder / "mine.xlsx")).sheetnames == ["Анна"]


def test_simulate_compares_with_another_text_or_setting(scheme: Terminal) -> None:
    scheme.write("other.toml", SCHEME.replace("10000", "20000"))
    told = scheme("bonus", "simulate", "--scheme", "other.toml", "--json").json
    assert (told["before"]["total"], told["after"]["total"]) == (27500, 55000)
    assert told["people"][0] == {
        "name": "=Вера()", "before": 12500, "after": 25000, "change": 12500, "noise_before": None, "noise_after": None,
    }  # fmt: skip
    harder = scheme("bonus", "simulate", "--stretch", "orders_done=200", "--json").json
    assert harder["after"]["total"] < 27500
    assert scheme("bonus", "simulate", "--weight", "orders_done=50").status == 1  # nobody else to take the rest
    assert scheme("bonus", "simulate").status == 0


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("weight = 99", "99 %"),
        ("weight = 100\nwieght = 1", "wieght"),
        ('weight = "a lot"', "not a number"),
        ("weight = 100\ncap = 1", "not in order"),
        ("weight = nan", "not a number"),
        ("weight = 100\n[[kpi]]\nkpi = 'nothing'\nweight = 0", "nothing"),
        ("weight = 100\nbrake = {kpi = 'rework_rate', from = 1, to = 1}", "begins where it ends"),
        ("weight = 100 %", "TOML"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_told_and_not_entered(scheme: Terminal, broken: str, told: str) -> None:
    text = SCHEME.replace("target = 2\nthreshold = 1\ncap = 4\n", "target = 2\n").replace("weight = 100", broken)
    scheme.write("broken.toml", text)
    done = scheme("bonus", "enter", "masters", "broken.toml")
    assert done.status == 1
    assert told in done.err
    assert scheme("bonus", "schemes", "--json").json[0]["version"] == 1


def test_a_staff_list_without_days_and_somebody_without_jobs_count(scheme: Terminal) -> None:
    scheme.write("staff.csv", "ФИО;Должность;Премиальный фонд\nАнна;Мастер;8000\nГлеб;Мастер;9000\n")
    assert scheme("import", "staff.csv").status == 0
    text = SCHEME.replace('"person"\namount = 10000', '"staff"').replace("weight = 100", "weight = 60")
    scheme.write("two.toml", text + '[[kpi]]\nkpi = "revenue"\nweight = 40\ntarget = 1000\n')
    assert scheme("bonus", "enter", "masters", "two.toml").status == 0
    done = scheme("bonus", "--month", "2026-09", "--json")
    told = {one["name"]: one for one in done.json["people"]}
    assert {name: one["total"] for name, one in told.items()} == {"Анна": 5600, "Глеб": 0}
    assert [kpi["personal"]["value"] for kpi in told["Глеб"]["kpis"]] == [0, 0]
    assert "=Вера()" in done.json["without_post"]
    assert "Борис" in done.err


def test_without_a_scheme_it_says_what_to_do(terminal: Terminal) -> None:
    done = terminal("bonus", "--month", "2026-09")
    assert done.status == 1
    assert "no bonus scheme" in done.err
