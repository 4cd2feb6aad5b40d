"""The page of accounts: with advertising, with one account, without orders, without spend, and as a person clicks."""

import random
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.store.store import Store
from tests.pages.conftest import Open, links, shown
from tests.unit.store.files import load

HEADER = "account,ad_id,title,city,category,period_start,period_end,impressions,views,contacts,orders,spend"
ORDERS = "order_id,account,client,status,created_at,finished_at,revenue,service"
FIRST = date(2026, 5, 1)


def advertising(spend: bool = True, accounts: tuple[str, ...] = ("Север", "Юг")) -> list[str]:
    """A row a day and account; a contact of «Юг» costs twice as much."""
    chance, rows = random.Random(4), [HEADER if spend else HEADER.removesuffix(",spend")]
    for n in range(205):
        day = FIRST + timedelta(days=n)
        for name in accounts:
            contacts = chance.randint(4, 9)
            cost = round(contacts * (200 if name == "Юг" else 100) * chance.uniform(0.9, 1.1))
            figures = f"{contacts * 150},{contacts * 12},{contacts},{contacts // 3}" + (f",{cost}" if spend else "")
            rows.append(f"{name},{name}1,Уборка,Омск,Услуги,{day},{day},{figures}")
    return rows


def jobs() -> list[str]:
    chance, rows = random.Random(5), [ORDERS]
    for n in range(600):
        day = FIRST + timedelta(days=n // 3)
        name, phone = chance.choice(("Север", "Юг", "Юг", "")), f"7900{chance.randint(1000000, 1000250)}"
        rows.append(f"{n},{name},{phone},done,{day} 10:00,{day} 12:00,{chance.randint(500, 5000)},Уборка")
    return rows


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A workspace with these facts, made once."""
    made: dict[str, Path] = {}

    def workspace(name: str, **facts: list[str]) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp("accounts")
            with Store.open(folder / "workspace") as store:
                for fact, lines in facts.items():
                    load(store, folder, f"{fact}.csv", fact, lines)
            made[name] = folder / "workspace"
        return made[name]

    return workspace


Fill = Callable[..., None]


@pytest.fixture
def fill(workspace: Path, prepared: Callable[..., Path]) -> Fill:
    """Fills the app's workspace: a name, and facts as lines of CSV."""

    def filled(name: str = "both", **facts: list[str]) -> None:
        shutil.copytree(prepared(name, **(facts or {"ads": advertising(), "orders": jobs()})), workspace)

    return filled


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_who_is_dearer_is_said_first(fill: Fill, app: Open, lang: str) -> None:
    fill()
    page = shown(app("accounts", lang))
    said = re.search(r'class="headline">([^<]+)<', page)
    assert said is not None
    told = "вдвое дороже, чем в «Север»" if lang == "ru" else "twice as much in «Юг» as in «Север»"
    assert told in said[1]
    assert ("разница больше случайной" if lang == "ru" else "by more than chance") in page
    assert page.index('class="headline"') < page.index('class="cards mine members"')
    assert ("сумма дневных уникальных" if lang == "ru" else "sums of daily uniques") in page


@pytest.mark.parametrize("by", ["city", "category", "title", "ad_id", "month", "week"])
def test_every_lens(fill: Fill, app: Open, by: str) -> None:
    fill()
    at = app("accounts", "ru", by=by)
    page = shown(at)
    assert not at.error
    assert ("Здесь неизвестно" in page) is (by in ("city", "category", "title", "ad_id"))
    assert [where for where in links(at) if f"by={by}" in where]


def test_segments_and_shared_clients(fill: Fill, app: Open) -> None:
    fill()
    segments = shown(app("accounts", "ru", tab="segments"))
    assert "Сколько стоит новый клиент" in segments
    assert "По дню обращения" in segments
    clients = shown(app("accounts", "ru", tab="clients"))
    assert "обращались больше чем в один ваш аккаунт" in clients
    assert [where for where in links(app("accounts", "ru", tab="clients")) if "experiments" in where]
    assert "«Уборка» стоит и в «Юг», и в «Север»" in clients or "«Уборка» стоит и в «Север», и в «Юг»" in clients


def test_one_account_only(fill: Fill, app: Open) -> None:
    fill("one", ads=advertising(accounts=("Юг",)))
    page = shown(app("accounts", "ru"))
    assert "сравнить не с чем" in page
    assert "разница больше случайной" not in page
    assert "Ничего об этом не загружено" in page
    assert "Общих клиентов не видно" in shown(app("accounts", "ru", tab="clients"))
    assert "По городам" in shown(app("accounts", "ru", tab="segments"))


def test_without_spend(fill: Fill, app: Open) -> None:
    fill("no spend", ads=advertising(spend=False))
    page = shown(app("accounts", "ru"))
    assert "сколько стоили объявления, здесь неизвестно" in page
    assert "Цена шага неизвестна" in page


@pytest.mark.parametrize("tab", ["", "segments", "clients"])
def test_without_advertising(business: Path, app: Open, tab: str) -> None:
    at = app("accounts", "ru", **({"tab": tab} if tab else {}))
    page = shown(at)
    assert not at.error
    told = {"": "Загрузите статистику объявлений", "segments": "загрузите заказы", "clients": "должны быть указаны"}
    assert told[tab] in page


def test_names_are_never_markup(fill: Fill, app: Open) -> None:
    fill("names", ads=[line.replace("Юг", "<b>Юг") for line in advertising()])
    assert "<b>Юг" not in shown(app("accounts", "ru"))
