"""Two real apps on one KPI_STORE, each with a folder of its own: who comes in at one is in at the other."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from data.access.people import Membership, People, passwords
from data.store.connection import LAKE, SETTING
from data.store.store import Store
from tests.browser.conftest import chromium as chromium
from tests.browser.owner import LONG, settled
from tests.browser.server import ROOT, Served, serve
from tests.postgres import Postgres
from tests.unit.store.files import load

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "верблюд идёт в гору"
NOW = "2026-11-05T12:00:00"
FILES = ("lake", "originals", "journal.jsonl")
"""What instances with folders of their own share as files."""


@pytest.fixture(scope="module")
def apps(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Served]]:
    """Both, on a business that has orders, an owner and no target."""
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    setting = LAKE + postgres.create("two_apps")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, setting)
        with Store.open(one / "workspace") as store:
            lines = (f"{n},2026-10-{1 + n % 28:02},done,100" for n in range(200))
            load(store, one, "orders.csv", "orders", ["order_id,created_at,status,revenue", *lines])
        with closing(People(one / "workspace")) as people:
            number = people.persons.add("olga", "Ольга Ким")
            people.persons.admit(number, Membership("", "owner"))
            people.persons.choose_password(number, passwords.hashed(PASSWORD))
    (other / "workspace").mkdir()
    for name in FILES:
        (other / "workspace" / name).symlink_to(one / "workspace" / name)
    settings = {SETTING: setting, "KPI_NOW": NOW, "KPI_ALONE": "0"}
    with serve(one, **settings) as first, serve(other, **settings) as second:
        yield first, second


def command(app: Served, *words: str) -> str:
    """What a command says, which the running app carries out."""
    done = subprocess.run(
        [sys.executable, "-m", "kpi", *words], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "KPI_WORKSPACE": str(app.workspace), "KPI_NOW": NOW},
    )  # fmt: skip
    return done.stdout


def test_signed_in_at_one_and_in_at_the_other_where_its_target_is_seen(
    apps: tuple[Served, Served], chromium: Browser
) -> None:
    first, second = apps
    page = chromium.new_context(locale="ru-RU", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{second.url}/finance?kpi=revenue")
    assert "/enter" in page.url, "nobody is in before they signed in"
    page.goto(f"{first.url}/enter")
    page.fill("input[name=login]", "olga")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button").click()
    settled(page)
    page.goto(f"{second.url}/finance?kpi=revenue")
    settled(page)
    assert page.url == f"{second.url}/finance?kpi=revenue"
    shown = re.compile(r"19\s(000|тыс)")
    assert not shown.search(page.inner_text("body"))
    command(first, "targets", "set", "revenue", "--good", "19000", "--from", "2026-10-01")
    page.reload()
    settled(page)
    expect(page.locator("body")).to_contain_text(shown, timeout=LONG)
    page.context.close()


def test_a_link_that_is_taken_back_at_one_is_dead_at_the_other(apps: tuple[Served, Served], chromium: Browser) -> None:
    first, second = apps
    made = command(first, "link", "create", "--page", "finance", "--json")
    found = re.search(r"/l/[\w-]+", made)
    assert found is not None, made
    guest = chromium.new_context(locale="ru-RU", viewport={"width": 390, "height": 844}).new_page()
    guest.goto(f"{second.url}{found[0]}")
    settled(guest)
    assert "/finance" in guest.url
    command(first, "link", "revoke", "1")
    guest.wait_for_url(re.compile("/gone$"), timeout=20_000)
    answer = guest.goto(f"{second.url}{found[0]}")
    assert answer is not None
    assert answer.status == 404
    guest.context.close()
