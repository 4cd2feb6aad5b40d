"""The unit of a column on the mapping screen: seen, changed, asked; money received beside money paid, offered."""

from decimal import Decimal
from typing import Any

from pages._ui import session
from tests.pages.conftest import Open, shown
from tests.pages.test_upload import begins, drop, load

CALLS = (
    "ID звонка;Дата звонка;Разговор;Стоимость звонка\n1;13.10.2026;2,5;15000\n2;14.10.2026;4;20000\n3;15.10.2026;1;0\n"
).encode()
STATEMENT = "\r\n".join([
    "1CClientBankExchange", "Кодировка=Windows", "РасчСчет=1",
    "СекцияДокумент=Платежное поручение", "Номер=1", "Дата=13.10.2026", "Сумма=500.00", "ПлательщикСчет=1",
    "ПолучательСчет=2", "НазначениеПлатежа=Арендная плата", "КонецДокумента",
    "СекцияДокумент=Платежное поручение", "Номер=2", "Дата=14.10.2026", "Сумма=900.00", "ПлательщикСчет=2",
    "ПолучательСчет=1", "НазначениеПлатежа=За ремонт", "КонецДокумента", "КонецФайла",
]).encode("cp1251")  # fmt: skip


def loadable(at: Any) -> bool:
    return any(button.key == "load" for button in at.button)


def test_a_unit_is_changed_and_an_undecided_one_keeps_the_file_from_loading(app: Open) -> None:
    at = drop(app("data", "ru"), "Звонки.csv", CALLS)
    assert "в секундах или в минутах" in shown(at)
    assert not loadable(at)
    begins(at.radio, "unit-").set_value("kopecks").run()
    assert not at.exception
    begins(at.button_group, "format-").set_value("minutes").run()
    assert loadable(at)
    load(at)
    rows = session.store().cursor().execute("select talk_seconds, price from fact_calls order by _line").fetchall()
    assert rows == [(150, 150), (240, 200), (60, 0)]


def test_money_received_is_offered_and_becomes_orders_if_a_person_says_so(app: Open) -> None:
    at = drop(app("data", "ru"), "kl_to_1c.txt", STATEMENT)
    assert loadable(at)
    (received,) = (toggle for toggle in at.toggle if str(toggle.key).startswith("load-") and not toggle.value)
    received.set_value(True).run()
    assert not loadable(at)
    fact = next(box for box in at.selectbox if str(box.key).startswith("fact-") and box.value is None)
    fact.select("orders").run()
    assert loadable(at)
    load(at)
    cursor = session.store().cursor()
    assert cursor.execute("select amount, kind from fact_expenses").fetchall() == [(Decimal(500), "rent")]
    assert cursor.execute("select revenue, status from fact_orders").fetchall() == [(Decimal(900), "done")]
