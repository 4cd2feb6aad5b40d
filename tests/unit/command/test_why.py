"""`why`."""

import math

import pytest

from tests.unit.command.conftest import Terminal

JOBS = """Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Мастер;Филиал;Переделка
"""


@pytest.fixture
def months(terminal: Terminal) -> Terminal:
    """September and October: in October the jobs of one branch have to be done again."""
    rows = []
    for month, again in ((9, 1), (10, 13)):
        for number in range(40):
            branch = "Центр" if number % 2 else "Север"
            rework = "да" if branch == "Север" and number < 2 * again else "нет"
            day = f"{1 + number % 25:02}.{month:02}.2026"
            rows.append(f"{month}-{number};{day} 10:00;{day} 12:00;Выполнен;1000;Иванов;{branch};{rework}")
    terminal.write("заказы.csv", JOBS + "\n".join(rows) + "\n", "cp1251")
    done = terminal("import", "заказы.csv")
    assert done.status == 0, done.err
    return terminal


OCTOBER = ("--since", "2026-10-01", "--until", "2026-10-31")


def test_all_contributions_as_json(months: Terminal) -> None:
    done = months("why", "rework_rate", *OCTOBER, "--json")
    assert done.status == 0, done.err
    told = done.json
    assert (told["before"]["value"], told["after"]["value"]) == pytest.approx((2.5, 32.5))
    assert told["is_real"] is None
    branch = next(t for t in told["breakdowns"] if t["dimension"] == "branch")
    north = branch["contributions"][0]
    assert north["member"] == "Север"
    assert north["effect"] == pytest.approx(30)
    assert north["rate_effect"] == pytest.approx(30)
    assert (north["before"], north["after"], north["share_after"]) == pytest.approx((5, 65, 0.5))
    for breakdown in told["breakdowns"]:
        assert math.fsum(c["effect"] for c in breakdown["contributions"]) == told["change"]


def test_the_sentence_and_tables_for_people(months: Terminal) -> None:
    english = months("why", "rework_rate", *OCTOBER).out
    assert "Rework: up by 30 pp, to 32.5%; 30 pp of it is Север (branch)." in english
    months.language = "ru"
    russian = months("why", "rework_rate", *OCTOBER).out
    assert "рост на 30\u00a0п.п., до 32,5\u00a0%; из них 30\u00a0п.п. — Север (филиал)." in russian
    assert "Север: было 5\u00a0%, стало 65\u00a0%." in russian
    assert "История слишком короткая" in russian


def test_revenue_is_made_of_jobs_and_ticket(months: Terminal) -> None:
    told = months("why", "revenue", *OCTOBER, "--json", "--where", "branch=Север").json
    assert [driver["kpi"] for driver in told["drivers"]] == ["orders_done", "average_ticket"]
    assert told["change"] == 0


def test_any_days_and_a_year_before(months: Terminal) -> None:
    days = ("--against-since", "2026-09-01", "--against-until", "2026-09-05")
    told = months("why", "orders_done", *OCTOBER, *days, "--json").json
    assert told["before"]["until"] == "2026-09-05"
    year = months("why", "orders_done", *OCTOBER, "--last-year", "--json")
    assert year.status == 1
    assert year.json["why_not"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("revenue", "--since", "2026-10-31", "--until", "2026-10-01"), "ends before it begins"),
        (("revenue", *OCTOBER, "--against-since", "2026-09-01"), "both --against-since and --against-until"),
        (("revenu", *OCTOBER), "revenue"),
        (("revenue", *OCTOBER, "--where", "brnch=Север"), "branch"),
        (("enps", *OCTOBER), "anonymous"),
    ],
)
def test_mistakes_are_said(months: Terminal, argv: tuple[str, ...], said: str) -> None:
    done = months("why", *argv)
    assert done.status == 1
    assert said in done.err
