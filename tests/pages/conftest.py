"""A small business in a workspace of its own, and the app opened on it as a person in either language opens it."""

import csv
import functools
import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from data.ingest.pipeline import propose
from data.store.store import Store
from pages._ui import session
from pages._ui.server.door import alone

ENTRY = Path(__file__).parents[2] / "pages" / "_ui" / "entry.py"
NOW = "2026-11-23T12:00:00"
HEADER = (
    "Номер заказа", "Дата создания", "Дата визита", "Дата завершения", "Статус", "Сумма", "Переделка", "Мастер",
    "Бригада", "Филиал", "Услуга", "Телефон",
)  # fmt: skip
PEOPLE = (
    ("Анна Котова", "Бригада 1", "Центр"),
    ("Борис <b>Лунёв", "Бригада 1", "Центр"),
    ("Вера Седова", "Бригада 2", "Север"),
)


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Streamlit reads what every installed package says of itself at each rerun of a test: here once for all."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


def write_orders(path: Path, since: date = date(2026, 1, 1), until: date = date(2026, 11, 22)) -> Path:
    """A Russian cp1251 sheet of jobs, the same every time."""
    chance, rows, day, number = random.Random(7), [], since, 0
    while day <= until:
        for _ in range(chance.randint(3, 6)):
            number += 1
            rows.append(_job(chance, number, day))
        day += timedelta(days=1)
    with path.open("w", encoding="cp1251", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *rows])
    return path


def _job(chance: random.Random, number: int, day: date) -> tuple[object, ...]:
    master, team, branch = chance.choice(PEOPLE)
    state = chance.choices(("Выполнен", "Не пришёл", "Отменён"), (85, 8, 7))[0]
    done = state == "Выполнен"
    rework = "да" if chance.random() < 0.06 else "нет"
    text = f"{day:%d.%m.%Y}"
    return (
        number, text, f"{text} 12:00", text if done else "", state, "1 200,50" if done else "", rework if done else "",
        master, team, branch, "=СУММ(1)", f"+7900{chance.randint(1000000, 1000300)}",
    )  # fmt: skip


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the small business; copied for each test."""
    folder = tmp_path_factory.mktemp("pages")
    sheet = write_orders(folder / "Заказы.csv")
    with Store.open(folder / "workspace") as store:
        mapping = propose(store.cursor(), sheet)[0].mapping
        assert mapping is not None
        store.publish(sheet, [mapping])
    return folder / "workspace"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The workspace of the app in this test: empty until a test fills it."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("KPI_WORKSPACE", str(folder))
    monkeypatch.setenv("KPI_NOW", NOW)
    yield folder
    if folder.exists():
        session.close()


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The browser's cookies, which AppTest cannot send: its session has no client of its own."""
    jar: dict[str, str] = {}
    client = SimpleNamespace(
        cookies=jar, headers=[("host", "localhost"), (alone.HEADER, alone.VALUE)], remote_ip="127.0.0.1"
    )
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: client)
    return jar


@pytest.fixture
def business(workspace: Path, filled: Path) -> Path:
    """The workspace with the small business in it."""
    shutil.copytree(filled, workspace)
    return workspace


Open = Callable[..., AppTest]


@pytest.fixture
def app(workspace: Path) -> Open:
    """Opens a page: `app("quality", lang="en", kpi="rework_rate")`."""

    def opened(page: str = "overview", lang: str = "ru", **address: str | list[str]) -> AppTest:
        at = AppTest.from_file(str(ENTRY), default_timeout=60)
        at.context = {"locale": "ru-RU" if lang == "ru" else "en-US", "theme": "light"}
        fill(at, address)
        if page != "overview":
            at.switch_page(f"../{page}.py")
        return at.run()

    return opened


def fill(at: AppTest, address: Mapping[str, str | list[str]]) -> None:
    """Puts parts into the address."""
    for name, value in address.items():
        at.query_params[name] = value


def shown(at: AppTest) -> str:
    """Everything that is written on the page."""
    assert not at.exception, at.exception
    parts = [*at.html, *at.markdown, *at.warning, *at.error, *at.success, *at.caption]
    return "\n".join(str(part.value) for part in parts)


def behind(at: AppTest, button: str) -> AppTest:
    """The page with the choice behind one of its buttons open."""
    at.session_state[button] = True
    return at.run()


def links(at: AppTest) -> list[str]:
    """Where the page's own links lead."""
    return [
        unescape(found) for piece in at.html for found in re.findall(r'class="go[^"]*" href="([^"]+)"', piece.value)
    ]
