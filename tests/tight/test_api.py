"""The API of the hosted app: the examples of its page, what cookies are worth there, what its log says of tokens."""

import json
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kpi.api.page import PAGE, page
from tests.pages.canary import CANARY, SEEN
from tests.tight.place import Place

pytestmark = pytest.mark.xdist_group("tight")
EXAMPLES = re.findall(r"^curl .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def told(place: Place, *argv: str) -> Any:
    """What a command answers, carried out by the running app."""
    note = json.loads((place.app.workspace / "app.json").read_text(encoding="utf-8"))
    asked = {"argv": ["token", *argv, "--json"], "cwd": "/", "workspace": str(place.app.workspace)}
    headers = {"authorization": f"Bearer {note['token']}"}
    done = httpx.post(f"{place.app.url}/local/command", json=asked, headers=headers, timeout=30).json()
    assert done["status"] == 0, done
    return json.loads(done["stdout"])


def created(place: Place, *argv: str) -> dict[str, str]:
    """A new token."""
    made: dict[str, str] = told(place, "create", *argv)
    return made


@pytest.fixture(scope="module")
def token(place: Place) -> str:
    return created(place, "--title", "Примеры")["token"]


@pytest.fixture
def program(place: Place, token: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=place.app.url, headers={"authorization": f"Bearer {token}"}, timeout=30) as client:
        yield client


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m kpi.api.page"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_the_examples_answer(place: Place, token: str, tmp_path: Path) -> None:
    assert len(EXAMPLES) >= 10
    for example in EXAMPLES:
        here = example.replace("http://localhost:8501", place.app.url).replace("$KPI_TOKEN", token)
        told = subprocess.run(
            [*shlex.split(here), "-s", "-o", str(tmp_path / "out"), "-w", "%{http_code} %{content_type}"],
            capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}, timeout=60,
        )  # fmt: skip
        assert told.stdout.startswith("200 "), (example, told.stdout, (tmp_path / "out").read_text(errors="replace"))
        assert (tmp_path / "out").stat().st_size > 20


def test_a_cookie_is_worth_nothing(place: Place) -> None:
    for cookie in ("", place.owner, place.viewer, place.guest):
        with place.browser(cookie) as browser:
            assert browser.get("/api/v1/freshness").status_code in (401, 429)  # 429: others have asked much here


def test_a_token_is_worth_nothing_elsewhere(program: httpx.Client) -> None:
    for path in ("/", "/quality", "/account", "/_stcore/metrics", "/export/" + "a" * 43):
        assert program.get(path, headers={"accept": "*/*"}).status_code == 401


def test_a_card_of_one_half_is_framed_by_its_site(place: Place) -> None:
    branch = f"branch={SEEN['branch']}"
    made = created(place, "--card", "revenue", "--site", "https://example.org", "--where", branch)
    shown = httpx.get(place.app.url + made["url"].partition("/api")[1] + made["url"].partition("/api")[2], timeout=30)
    assert shown.status_code == 200
    assert CANARY not in shown.text
    assert shown.headers["content-security-policy"].endswith("frame-ancestors https://example.org")
    assert "x-frame-options" not in shown.headers
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert made["token"] not in place.app.log.read_text(encoding="utf-8")


def test_the_log_knows_no_token(place: Place, token: str, program: httpx.Client) -> None:
    program.get("/api/v1/values?kpi=revenue")
    program.get("/api/v1/values?kpi=wrong")
    httpx.get(f"{place.app.url}/api/v1/embed/{token}", timeout=30)
    httpx.get(f"{place.app.url}/api/v1/values?kpi=revenue&token={token}", timeout=30)
    assert token not in place.app.log.read_text(encoding="utf-8")
    kept = b"".join(path.read_bytes() for path in place.app.workspace.rglob("*.sqlite*"))
    assert token.encode() not in kept


def test_uses_are_counted(place: Place, program: httpx.Client) -> None:
    program.get("/api/v1/freshness")
    until = time.monotonic() + 30
    while not (used := next(one["used"] for one in told(place, "list") if one["title"] == "Примеры")):
        assert time.monotonic() < until
        time.sleep(0.3)
    assert used >= 1
