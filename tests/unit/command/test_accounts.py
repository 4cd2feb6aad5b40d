"""`accounts`: what it prints and what it tells programs."""

import pytest

from tests.unit.command.conftest import Terminal

ADS = """Аккаунт;Номер объявления;Название;Город;Начало периода;Конец периода;Показы;Просмотры;Контакты;Расходы
Центр;1;Стрижка;Москва;01.10.2026;01.10.2026;1000;100;10;1500
Область;2;Стрижка;Химки;01.10.2026;01.10.2026;800;60;4;1200
Область;3;=SUM(A1);Химки;02.10.2026;02.10.2026;100;10;1;300
"""


@pytest.fixture
def advertised(terminal: Terminal) -> Terminal:
    terminal.write("реклама.csv", ADS, "cp1251")
    done = terminal("import", "реклама.csv", "--fact", "ads")
    assert done.status == 0, done.err
    return terminal


def test_in_words(advertised: Terminal) -> None:
    done = advertised("accounts")
    assert done.status == 0, done.err
    assert "a contact costs ₽150 to ₽300; " in done.out
    assert "the days are too few to say who is dearer" in done.out.splitlines()[0]
    assert "sums of daily unique visitors" in done.out
    assert "Nothing that tells them is loaded" in done.out
    advertised.language = "ru"
    said = advertised("accounts", "--by", "city").out
    assert "Москва" in said
    assert "Контакт" in said


def test_for_programs(advertised: Terminal) -> None:
    told = advertised("accounts", "--json").json
    assert [(one["member"], one["counts"]["contacts"]) for one in told["members"]] == [("Область", 5), ("Центр", 10)]
    assert told["members"][0]["rates"]["cost_per_contact"]["value"] == 300
    assert told["members"][0]["differences"]["cost_per_contact"]["verdict"] == "too_few"
    assert (told["total"]["counts"]["spend"], told["clients"], told["same_advertisements"]) == (3000, None, [])
    assert told["unknown"]["revenue"] == {"reason": "nothing", "name": ""}
    value = advertised("value", "cost_per_contact", "--by", "account", "--format", "json").json
    kpis = {row["slice"]: row["value"] for row in value if not row["is_total"]}
    assert kpis == {one["member"]: one["rates"]["cost_per_contact"]["value"] for one in told["members"]}


def test_narrowed(advertised: Terminal) -> None:
    told = advertised("accounts", "--by", "title", "--since", "2026-10-02", "--where", "account=Область", "--json").json
    assert [(one["member"], one["days"]) for one in told["members"]] == [("=SUM(A1)", 1)]
    assert (told["since"], told["until"]) == ("2026-10-02", "2026-10-02")


def test_what_cannot_be_asked(advertised: Terminal, terminal: Terminal) -> None:
    assert advertised("accounts", "--by", "weather").status == 2
    done = advertised("accounts", "--since", "2026-10-02", "--until", "2026-10-01")
    assert done.status == 1
    assert "ends before it begins" in done.err


def test_nothing_is_loaded(terminal: Terminal) -> None:
    done = terminal("accounts")
    assert done.status == 1
    assert "Load the statistics of your advertisements" in done.err
