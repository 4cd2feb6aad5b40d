"""A JSON dump, a bank statement for 1C and a column of an unknown unit, dropped on the page Data in both languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpi.language import Language, language
from tests.browser.conftest import listen
from tests.browser.owner import LONG, keyed, open_page, press, settled
from tests.browser.server import Served, serve

pytestmark = pytest.mark.browser


@pytest.fixture(params=["ru-RU", "en-US"])
def words(request: pytest.FixtureRequest) -> Language:
    """The language of the person."""
    return language(str(request.param).split("-", maxsplit=1)[0])


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Served]:
    """The app in November 2026, on an empty workspace."""
    with serve(tmp_path, KPI_NOW="2026-11-05T10:00:00") as served:
        yield served


@pytest.fixture
def page(chromium: Browser, words: Language, complaints: list[str]) -> Iterator[Page]:
    """A tab of a person of that language, which notes complaints."""
    locale = "ru-RU" if words.code == "ru" else "en-US"
    context = chromium.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    listen(opened, complaints)
    yield opened
    context.close()


def test_documents_lead_to_the_mapping_and_the_report(
    page: Page, app: Served, words: Language, tmp_path: Path, complaints: list[str]
) -> None:
    files = [write_records(tmp_path), write_statement(tmp_path), write_calls(tmp_path)]
    open_page(page, app.url, "data")
    page.locator('input[type="file"]').set_input_files(files)
    main = page.locator('[data-testid="stMain"]')
    for name in ("records.json", "kl_to_1c.txt", "Списания", "Поступления", "Звонки.csv"):
        expect(main.get_by_role("heading", name=name).first).to_be_visible(timeout=LONG)
    settled(page)
    main.locator("summary").nth(0).click()
    expect(main.locator(".head").get_by_text("services.title", exact=True)).to_be_visible()
    revenue = words.t("{name} = {how}", name=words.catalogue("Revenue"), how='first("services.cost_to_pay", 0)')
    expect(main.get_by_text(revenue).first).to_be_visible()
    minutes = main.locator('[data-testid="stButtonGroup"]').get_by_text(words.t("in minutes"), exact=True)
    minutes.click()
    expect(minutes).to_have_count(0, timeout=LONG)
    settled(page)
    press(page, "load")
    for title, rows in (("Orders", "3"), ("Expenses", "2"), ("Calls", "4")):
        said = words.t("{fact}: {out} of {rows} rows were loaded.", fact=words.catalogue(title), out=rows, rows=rows)
        expect(main.get_by_text(said)).to_be_visible(timeout=LONG)
    expect(keyed(page, "load")).to_have_count(0)
    assert complaints == []


def write_records(folder: Path) -> Path:
    """Three records of YCLIENTS: came, did not come, deleted."""
    record = {
        "company_id": 9, "staff_id": 5, "staff": {"id": 5, "name": "Анна"},
        "services": [{"id": 3, "title": "Стрижка", "cost": 1500, "cost_to_pay": 1400, "first_cost": 1500}],
        "goods_transactions": [{"id": 1, "title": "Воск", "cost": 500, "amount": -1}],
        "client": {"id": 77, "name": "Иван", "phone": "79991234567"}, "datetime": "2026-10-13T10:00:00+03:00",
        "create_date": "2026-10-12T09:00:00+03:00", "online": True, "seance_length": 3600,
    }  # fmt: skip
    states = [(1, False), (-1, False), (1, True)]
    data = [{"id": n, **record, "attendance": came, "deleted": gone} for n, (came, gone) in enumerate(states)]
    path = folder / "records.json"
    path.write_text(json.dumps({"success": True, "data": data}, ensure_ascii=False), "utf-8")
    return path


def write_statement(folder: Path) -> Path:
    """Two payments out, one in; Windows-1251 under a header that says DOS."""
    own, other = "40702810000000000005", "40702810000000000042"
    lines = ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=DOS", f"РасчСчет={own}"]
    for number, (payer, payee, purpose) in enumerate([
        (own, other, "Арендная плата"), (own, other, "Реклама на Авито"), (other, own, "Оплата по договору"),
    ], start=1):  # fmt: skip
        lines += ["СекцияДокумент=Платежное поручение", f"Номер={number}", "Дата=13.10.2026", "Сумма=1000.00"]
        lines += [
            f"ПлательщикСчет={payer}",
            f"ПолучательСчет={payee}",
            f"НазначениеПлатежа={purpose}",
            "КонецДокумента",
        ]
    path = folder / "kl_to_1c.txt"
    path.write_bytes("\r\n".join([*lines, "КонецФайла", ""]).encode("cp1251"))
    return path


def write_calls(folder: Path) -> Path:
    """Calls whose lengths may be seconds or minutes, with prices in kopecks."""
    rows = [f"{number};{13 + number}.10.2026;{number},5;15000" for number in range(1, 5)]
    path = folder / "Звонки.csv"
    path.write_text("\n".join(["ID звонка;Дата звонка;Разговор;Стоимость звонка, коп.", *rows]), "utf-8")
    return path
