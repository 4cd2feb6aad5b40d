"""`report`: files of the forms asked for, of whom was asked for, under names every system takes."""

from pathlib import Path

import pytest

from tests.unit.command.conftest import Terminal

OCTOBER = ("--period", "2026-10")


def test_one_file_a_form(loaded: Terminal) -> None:
    done = loaded("report", "--form", "html", "--form", "mail", "--form", "xlsx", *OCTOBER, "--out", "out", "--json")
    assert done.status == 0, done.err
    told = done.json
    assert [one["form"] for one in told] == ["html", "mail", "xlsx"]
    assert {(one["since"], one["until"], one["member"]) for one in told} == {("2026-10-01", "2026-10-31", None)}
    assert [Path(one["file"]).name for one in told] == [
        "Report 2026-10.html", "Report 2026-10.eml", "Report 2026-10.xlsx"
    ]  # fmt: skip
    page = (loaded.folder / "out" / "Report 2026-10.html").read_text(encoding="utf-8")
    value = loaded("value", "revenue", "--since", "2026-10-01", "--until", "2026-10-31", "--grain", "month")
    assert 'title="₽4,000.50">₽4,000<' in page
    assert "₽4,000 " in value.out


def test_everybody_in_the_chosen_language(loaded: Terminal) -> None:
    asked = ("--for", "everyone", "--lang", "ru", "--kpi", "revenue", *OCTOBER)
    done = loaded("report", "--form", "mail", *asked, "--out", "out")
    assert done.status == 0, done.err
    names = sorted(path.name for path in (loaded.folder / "out").iterdir())
    assert names == ["Отчёт 2026-10 =SUM(A1).eml", "Отчёт 2026-10 Иванов.eml", "Отчёт 2026-10 Петрова.eml"]
    assert len(done.out.splitlines()) == 3


def test_a_week_of_one_branch(loaded: Terminal) -> None:
    asked = ("--for", "branch=Центр", "--edition", "week", "--period", "2026-10-03")
    done = loaded("report", "--form", "html", *asked, "--out", "out", "--json")
    assert done.json[0]["since"] == "2026-09-28"
    assert done.json[0]["member"] == "Центр"
    page = Path(done.json[0]["file"]).read_text(encoding="utf-8")
    assert "Петрова" not in page


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (("--for", "branch=Центо"), 1, "Центр"),
        (("--for", "weather=rain"), 1, "weather"),
        (("--for", "Иванов"), 1, "everyone"),
        (("--period", "October"), 2, "2026-10"),
        (("--kpi", "revenu"), 1, "revenue"),
    ],
)
def test_what_cannot_be_told(loaded: Terminal, asked: tuple[str, ...], status: int, said: str) -> None:
    done = loaded("report", "--form", "html", *asked, "--out", "out")
    assert done.status == status
    assert said in done.err


def test_a_chart_needs_two_periods(loaded: Terminal) -> None:
    done = loaded("report", "--form", "png", "--kpi", "revenue", *OCTOBER, "--out", "out")
    assert (done.status, "no chart" in done.err) == (1, True)


def test_an_empty_workspace_says_so(terminal: Terminal) -> None:
    done = terminal("report", "--form", "pdf", "--out", "out")
    assert (done.status, "Nothing is loaded" in done.err) == (1, True)
