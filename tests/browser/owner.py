"""What an owner does, by the names that the screens give their parts (`key=` becomes a class, in every language)."""

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SECONDS = 1000
LONG = 120 * SECONDS


def open_page(page: Page, url: str, code: str = "", query: str = "") -> None:
    """Open a page of the app and wait until Streamlit has drawn it."""
    page.goto(f"{url}/{code}{'?' + query if query else ''}")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the script has run and nothing is being computed."""
    page.locator('[data-testid="stApp"]').wait_for(timeout=LONG)
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            const drawn = app?.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]');
            return drawn && app.getAttribute('data-test-script-state') !== 'running'
                && app.getAttribute('data-test-connection-state') === 'CONNECTED';
        }""",
        timeout=LONG,
    )


def keyed(page: Page, key: str) -> Locator:
    """The part of a screen with that key."""
    return page.locator(f".st-key-{key}")


def press(page: Page, key: str) -> None:
    """Press the button with that key."""
    keyed(page, key).get_by_role("button").first.click()


def choose(page: Page, box: Locator, text: str) -> None:
    """Pick an option of a select box by its words; they are typed, because a long list draws only what is in sight."""
    box.get_by_role("combobox").click()
    box.get_by_role("combobox").fill(text)
    page.get_by_role("option", name=text, exact=True).first.click()
    settled(page)


def card_value(page: Page, kpi: str) -> str:
    """The value shown for a KPI on a card or tile, without the mark of its status."""
    value = page.locator(f".open-{kpi} .value, .tile.kpi-{kpi} .value").first
    expect(value).to_be_visible(timeout=LONG)
    return " ".join(value.inner_text().split()).lstrip("●◐▲○ ")


def write_orders(path: Path, first: date = date(2026, 9, 1), days: int = 61) -> Path:
    """Two months of an owner's own sheet: cp1251, decimal commas, a status word and a header nobody knows."""
    lines = ["Номер заказа;Дата создания;Дата завершения;Статус;Сумма, руб;Мастер;Филиал;Пришлось переделать"]
    for number in range(days * 2):
        day = f"{first + timedelta(days=number // 2):%d.%m.%Y}"
        state = "Отменён" if number % 10 == 9 else "Сдано клиенту"
        again = "да" if number % 12 == 0 else "нет"
        who = ("Иванов", "Петрова", "Сидоров")[number % 3]
        amount = f"{1200 + number * 10},50"
        lines.append(f"{number + 1};{day} 10:00;{day} 14:30;{state};{amount};{who};Центр;{again}")
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1251"))
    return path
