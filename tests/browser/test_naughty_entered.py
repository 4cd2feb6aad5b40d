"""Strings that break pages in everything people enter and name: in a real browser each is the text it is.

Nothing of them runs, nothing is asked for elsewhere, and in an export no cell of them is a formula.
"""

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from data.access.people import Membership, People, passwords
from data.errors import UserError
from data.store.entries import Comment, CustomKpi, Design, NewLink
from data.store.entries.marks import Mark
from data.store.entries.surveys import NewSurvey, Question
from data.store.store import Store
from data.store.taking.export import export
from tests.browser.conftest import listen
from tests.browser.owner import open_page
from tests.browser.server import serve
from tests.browser.test_naughty import FOREIGN, MEAN
from tests.pages.test_naughty import big_list
from tests.unit.store.files import load
from tests.unit.surveys.asked import tokens

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 12)
BATCH = 40
"""Strings that are entered at once."""
HEADER = "order_id,finished_at,status,revenue,employee,account,service,source"
STEPS = "case_id,activity,at"
STARTS = tuple("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Entered:
    """An app with such texts in it."""

    url: str
    """Its address."""
    cookie: str
    """Session of the owner, who is called the first of them."""
    survey: str
    """Token of a survey's form."""
    link: str
    """Token of a link with a password."""
    first: str
    """The first of the texts."""


SCREENS = (
    ("overview", ""), ("finance", "kpi=revenue&by=account"), ("finance", "kpi=revenue&lens=comments"),
    ("finance", "kpi=revenue&lens=rows&by=employee"), ("targets", "step=goals"), ("catalogue", ""), ("experiments", ""),
    ("experiments", "experiment=1"), ("surveys", ""), ("surveys", "survey=1"), ("access", ""),
    ("access", "tab=people"), ("access", "tab=log"), ("processes", ""), ("accounts", ""), ("people", ""),
    ("overview", "as=1"),
)  # fmt: skip
"""Pages and what of them is asked for."""
SAID_ON = (
    ("finance", "kpi=revenue&lens=comments"), ("targets", "step=goals"), ("catalogue", ""), ("experiments", ""),
    ("surveys", ""), ("access", ""), ("access", "tab=people"),
)  # fmt: skip
"""Screens on which every text of a sample has to be read; looked at in every run."""


def enter(store: Store, people: People, folder: Path, texts: Sequence[str]) -> tuple[str, str]:
    """Each text as a name or words of everything that has some; the tokens of a survey's form and of a link."""
    entries, day = store.entries, date(2026, 10, 1)
    rows, steps = [HEADER], [STEPS]
    for n, text in enumerate(texts):
        cell = '"' + text.replace('"', '""') + '"'
        rows += [f"{n}-{m},2026-10-{1 + m:02} 10:00,done,100,{cell},{cell},{cell},{cell}" for m in range(3)]
        steps += [f"{n},{step},2026-10-{1 + m:02} 10:00" for m, step in enumerate((cell, "готово"))]
        wanted = (
            lambda text=text: entries.marks.add(Mark(0, day, text)),
            lambda text=text: entries.add_goal(text, text, date(2026, 12, 31), text),
            lambda text=text: entries.comments.add(
                Comment(0, "revenue", day, date(2026, 10, 31), None, text, None, text)
            ),
            lambda text=text: entries.saved_views.save(text, "finance", {"kpi": ["revenue"]}),
            lambda n=n, text=text: entries.custom_kpis.enter(
                CustomKpi(f"own_{n}", text, text, "total(revenue)", "finance", "money", "higher")
            ),
            lambda text=text: entries.experiments.add(
                Design(text, text, "revenue", "employee", (text,), (f"{text}2",), day, date(2026, 10, 30), text, text),
                text,
            ),
            lambda text=text: entries.links.create(NewLink(frozenset({"overview"}), "overview", (), text)),
            lambda n=n, text=text: people.let_in(f"n{n}", text, Membership("", "viewer")),
            lambda text=text: entries.surveys.add(
                NewSurvey("csat", "client", text, (Question(None, text, 1, 5),), None)
            ),
        )
        for one in wanted:
            try:
                one()
            except UserError:
                continue  # a name that nothing can have, told when it is entered
    load(store, folder, "orders.csv", "orders", rows)
    load(store, folder, "events.csv", "events", steps)
    locked = NewLink(frozenset({"overview"}), "overview", (), texts[0], password=passwords.hashed("верблюд в горах"))
    return tokens(store, 1)[0][0], entries.links.create(locked)[1]


def entered(folder: Path, texts: Sequence[str]) -> Iterator[Entered]:
    with Store.open(folder / "workspace", lambda: NOW) as store:
        people = People(folder / "workspace", lambda: NOW)
        survey, link = enter(store, people, folder, texts)
        number, _ = people.let_in("boss", texts[0], Membership("", "owner"))
        cookie = people.sessions.begin("", texts[0], person=number)
        people.deeds.note("", texts[0], "changed", texts[0])
        people.close()
        assert_no_formula(store, folder / "all.zip")
    with serve(folder, KPI_NOW=NOW.isoformat(), KPI_ALONE="0") as app:
        yield Entered(app.url, cookie, survey, link, texts[0])


def assert_no_formula(store: Store, path: Path) -> None:
    """Nothing that is exported begins as a formula does."""
    export(store, path)
    with zipfile.ZipFile(path) as pack:
        for name in [one for one in pack.namelist() if one.endswith(".csv") and "/originals/" not in f"/{one}"]:
            for row in csv.reader(io.StringIO(pack.read(name).decode("utf-8-sig")), delimiter=","):
                assert not [cell for cell in row if cell.startswith(STARTS) and not _is_number(cell)], (name, row)


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "", 1).replace(",", "").isdigit()


def plain(text: str) -> str:
    """White space made one, and without the sign that joins others, which titles of surveys are kept without."""
    return " ".join(text.replace("\u200d", "").split())


def not_said(page: Page, texts: Sequence[str]) -> list[str]:
    """The texts that cannot be read on the page, once there has been time to draw it."""
    until = time.monotonic() + 20
    while True:
        body = plain(page.locator("body").text_content() or "")
        missing = [text for text in texts if plain(text) not in body]
        if not missing or time.monotonic() > until:
            return missing
        page.wait_for_timeout(300)


def look(page: Page, app: Entered, texts: Sequence[str]) -> None:
    """Every screen that shows them, and the plain pages."""
    for code, query in SAID_ON if texts else SCREENS:
        open_page(page, app.url, code, query)
        if (code, query) in SAID_ON:
            assert not_said(page, texts) == [], (code, query)
        assert page.locator(FOREIGN).count() == 0, (code, query)
        if query == "as=1":
            open_page(page, app.url, code, "as=0")
    for path in ("/account", "/businesses", f"/s/{app.survey}", f"/l/{app.link}"):
        page.goto(app.url + path)
        assert page.locator(FOREIGN).count() == 0, path
        if path != "/businesses":
            assert plain(app.first) in plain(page.inner_text("body")), path


def opened(chromium: Browser, app: Entered, complaints: list[str], dialogs: list[str]) -> Page:
    """The owner's browser."""
    context = chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "kpi_session", "value": app.cookie, "url": app.url}])
    page = context.new_page()
    listen(page, complaints)

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return page


def trial(folder: Path, chromium: Browser, complaints: list[str], texts: Sequence[str], *, whole: bool = True) -> None:
    for app in entered(folder, texts):
        dialogs: list[str] = []
        page = opened(chromium, app, complaints, dialogs)
        look(page, app, texts if whole else ())
        page.context.close()
        assert dialogs == []
        assert complaints == [], json.dumps(complaints, ensure_ascii=False)


def test_a_sample(tmp_path: Path, chromium: Browser, complaints: list[str]) -> None:
    trial(tmp_path, chromium, complaints, MEAN)


@pytest.mark.slow
def test_a_sample_on_every_screen(tmp_path: Path, chromium: Browser, complaints: list[str]) -> None:
    trial(tmp_path, chromium, complaints, MEAN, whole=False)


@pytest.mark.slow
@pytest.mark.real_data
def test_the_big_list(tmp_path: Path, chromium: Browser, complaints: list[str], real_data: Path) -> None:
    texts = [text for text in big_list(real_data) if len(text) <= 60]
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        trial(tmp_path / str(start), chromium, complaints, batch, whole=False)
