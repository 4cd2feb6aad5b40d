"""`forecast`."""

from datetime import date, timedelta

import pytest

from tests.unit.command.conftest import Terminal


@pytest.fixture
def months(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Four jobs a day, six at weekends, 1 July to 12 November."""
    monkeypatch.setenv("KPI_NOW", "2026-11-13T10:00:00")
    rows, day = ["Номер заказа;Дата создания;Дата завершения;Статус;Сумма;Филиал"], date(2026, 7, 1)
    while day <= date(2026, 11, 12):
        for _ in range(6 if day.weekday() >= 5 else 4):
            text = f"{day:%d.%m.%Y}"
            rows.append(f"{len(rows)};{text} 10:00;{text} 12:00;Выполнен;1000,00;Центр")
        day += timedelta(days=1)
    terminal.write("заказы.csv", "\n".join(rows))
    done = terminal("import", "заказы.csv")
    assert done.status == 0, done.err
    return terminal


def test_json_has_the_promised_shape(months: Terminal) -> None:
    done = months("forecast", "orders_done", "--json")
    assert (done.status, done.err) == (0, "")
    told = done.json
    assert (told["kpi"], told["since"], told["until"], told["now"]) == (
        "orders_done", "2026-11-01", "2026-11-30", "2026-11-12",
    )  # fmt: skip
    assert told["fact"] == 9 * 4 + 3 * 6  # a Sunday, then a whole weekend
    assert told["expected"] == pytest.approx(30 * 4 + 9 * 2)
    assert told["coverage"] == 0.8
    assert told["method"] != "pace"
    assert told["past"]["error"] < told["past"]["pace_error"]
    assert [day["day"] for day in told["days"]] == [f"2026-11-{n}" for n in range(13, 31)]


def test_a_table_and_a_sentence_for_people(months: Terminal) -> None:
    months.language = "ru"
    text = months("forecast", "orders_done").out
    assert "К 30\u00a0нояб. ожидается около 138" in text
    assert "простой темп" in text


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["orders_don"], "orders_done"), (["rating"], "rating"), (["headcount"], "headcount"),
        (["orders_done", "--until", "2026-10-01"], "1"), (["orders_done", "--where", "shoe_size=43"], "shoe_size"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_sentence(months: Terminal, argv: list[str], told: str) -> None:
    done = months("forecast", *argv)
    assert done.status == 1
    assert told in done.err
    assert "Traceback" not in done.err


def test_wrong_usage_is_status_two(months: Terminal) -> None:
    assert months("forecast").status == 2
    assert months("forecast", "orders_done", "--grain", "day").status == 2
