"""A web address gives its file when it changed, and says in plain words what it gives instead."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.collect import web
from data.collect.model import Arrived, Asked, Found, Limits, State, Trouble
from data.collect.net import https
from data.collect.net.addresses import PRIVATE, resolved
from data.errors import UserError
from tests.unit.collect import asking
from tests.unit.collect.web_server import Page, WebServer, serving

CSV = b"order_id,revenue\n1,10\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[WebServer, Path]]:
    folder = tmp_path_factory.mktemp("web")
    with serving(folder) as made:
        yield made, folder


@pytest.fixture
def server(running: tuple[WebServer, Path], monkeypatch: pytest.MonkeyPatch) -> WebServer:
    made, folder = running
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "certificate.pem"))
    monkeypatch.setenv(PRIVATE, "1")
    made.pages.clear()
    made.asked.clear()
    return made


def told(address: str, state: State | None = None, password: str = "", user: str = "", **limits: float) -> Asked:
    made = asking.asked(web.KIND, {"address": address, "user": user}, state, {"password": password})
    return replace(made, limits=Limits(**limits)) if limits else made  # type: ignore[arg-type]


def fetched(
    address: str, state: State | None = None, password: str = "", user: str = "", **limits: float
) -> list[Found]:
    return list(web.KIND.fetch(told(address, state, password, user, **limits)))


def always(page: Page) -> Callable[[dict[str, str]], Page]:
    return lambda _headers: page


def test_a_file_comes_once_and_again_when_it_changed(server: WebServer) -> None:
    def page(headers: dict[str, str]) -> Page:
        if headers.get("if-none-match") == '"1"':
            return Page(status=304)
        return Page(CSV, headers={"ETag": '"1"', "Last-Modified": "Thu, 05 Nov 2026 09:00:00 GMT"})

    server.pages["/a.csv"] = page
    address = f"{server.url}/a.csv?x=1"
    found = fetched(address)
    assert asking.files(found) == [Arrived("a.csv", CSV, address)]
    assert fetched(address, asking.state(found)) == []
    assert server.asked[1][1]["if-modified-since"] == "Thu, 05 Nov 2026 09:00:00 GMT"
    assert len(asking.files(fetched(f"{server.url}/a.csv", asking.state(found)))) == 1  # another address, another file


@pytest.mark.parametrize(
    ("headers", "content", "name"),
    [
        ({"Content-Disposition": "attachment; filename=\"report.xlsx\""}, b"PK", "report.xlsx"),
        ({"Content-Disposition": "attachment; filename*=UTF-8''%D0%94%D0%B0.csv"}, CSV, "Да.csv"),
        ({}, b"PK\x03\x04", "file.xlsx"),
        ({"Content-Type": "application/json; charset=utf-8"}, b"[]", "file.json"),
        ({"Content-Type": "text/plain"}, CSV, "file.csv"),
        ({"Content-Disposition": "attachment; filename=\"../../etc/x.csv\""}, CSV, "../../etc/x.csv"),
    ],
)  # fmt: skip
def test_names(server: WebServer, headers: dict[str, str], content: bytes, name: str) -> None:
    server.pages["/file"] = always(Page(content, headers=headers))
    assert asking.files(fetched(f"{server.url}/file"))[0].name == name


@pytest.mark.parametrize(
    ("page", "words", "is_lasting"),
    [
        (Page(b"<!DOCTYPE html><html><body>Sign in</body></html>"), "gives a page for people to read", True),
        (Page(b""), "gives an empty file", False),
        (Page(status=401), "asks for a name and password", True),
        (Page(status=403), "shows this only to some", True),
        (Page(status=404), "has nothing under this address", True),
        (Page(status=500), "has an error of its own", False),
        (Page(status=429, headers={"Retry-After": "7200"}), "is asked too often", False),
        (Page(CSV, headers={"Content-Length": "999999999999"}), "sends more than", True),
        (Page(CSV, headers={"Content-Length": "5000"}), "ended in the middle", False),
    ],
)  # fmt: skip
def test_what_comes_instead_is_told(server: WebServer, page: Page, words: str, is_lasting: bool) -> None:
    server.pages["/x"] = always(replace(page, headers={"Connection": "close", **page.headers}))
    with pytest.raises(Trouble, match=words) as error:
        fetched(f"{server.url}/x", password="canary-password", wait=2.0)
    assert error.value.is_lasting == is_lasting
    assert "canary" not in str(error.value)
    if page.status == 429:
        assert error.value.retry_at == asking.NOW.replace(hour=14)


def test_a_table_of_a_page_is_a_table(server: WebServer) -> None:
    server.pages["/t.xls"] = always(Page(b"<html><table><tr><td>a</td></tr></table></html>"))
    assert asking.files(fetched(f"{server.url}/t.xls"))[0].name == "t.xls"


def test_packed_and_slow_and_endless_answers_are_bounded(server: WebServer) -> None:
    server.pages["/g"] = always(Page(gzip.compress(CSV), headers={"Content-Encoding": "gzip"}))
    assert asking.files(fetched(f"{server.url}/g"))[0].content == CSV
    bomb = gzip.compress(bytes(20_000_000))
    server.pages["/b"] = always(Page(bomb, headers={"Content-Encoding": "gzip"}))
    with pytest.raises(Trouble, match="sends more than 1 MB"):
        fetched(f"{server.url}/b", bytes=1_000_000)
    server.pages["/s"] = always(Page(CSV, trickle=0.4))
    with pytest.raises(Trouble, match=r"does not answer|too slowly"):
        fetched(f"{server.url}/s", wait=0.2)


def test_a_drip_that_never_times_out_is_given_up(server: WebServer) -> None:
    server.pages["/d"] = always(Page(CSV, trickle=0.02))
    asked = told(f"{server.url}/d")
    ticks = iter(range(0, 10_000, 100))
    with pytest.raises(Trouble, match="too slowly"):
        list(web.KIND.fetch(replace(asked, clock=lambda: float(next(ticks)), limits=Limits(seconds=50))))


def test_redirects_are_held_to_the_same_rules(server: WebServer, tmp_path: Path) -> None:
    server.pages["/to"] = always(Page(CSV))
    server.pages["/from"] = always(Page(status=302, headers={"Location": "/to"}))
    server.pages["/loop"] = always(Page(status=302, headers={"Location": "/loop"}))
    server.pages["/plain"] = always(Page(status=301, headers={"Location": "http://example.org/a.csv"}))
    server.pages["/file"] = always(Page(status=301, headers={"Location": "file:///etc/passwd"}))
    assert asking.files(fetched(f"{server.url}/from"))[0].content == CSV
    for page, words in (("/loop", "without end"), ("/plain", "not asked"), ("/file", "not asked")):
        with pytest.raises(Trouble, match=words):
            fetched(server.url + page)
    with serving(tmp_path, tls=False) as other:
        other.pages["/a.csv"] = always(Page(CSV))
        server.pages["/away"] = always(Page(status=302, headers={"Location": f"{other.url}/a.csv"}))
        server.asked.clear()
        assert asking.files(fetched(f"{server.url}/away", password="canary"))[0].content == CSV
        assert server.asked[0][1]["authorization"] == "Bearer canary"
        assert "authorization" not in other.asked[0][1]


def test_a_redirect_into_the_network_behind_is_refused(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def looked(host: str, port: int) -> tuple[str, ...]:
        seen.append(host)
        if len(seen) == 1:
            return ("127.0.0.1",)
        monkeypatch.delenv(PRIVATE)
        return real(host, port)

    real = resolved
    monkeypatch.setattr(https, "resolved", looked)
    server.pages["/in"] = always(Page(status=302, headers={"Location": "https://169.254.169.254/latest/meta-data"}))
    with pytest.raises(Trouble, match="the network behind it"):
        fetched(f"{server.url}/in")
    assert seen == ["localhost", "169.254.169.254"]


def test_name_and_password_are_sent_as_they_are_asked_for(server: WebServer) -> None:
    server.pages["/a.csv"] = always(Page(CSV))
    fetched(f"{server.url}/a.csv", user="Админ", password="п:ароль")
    fetched(f"{server.url}/a.csv")
    assert server.asked[0][1]["authorization"] == "Basic 0JDQtNC80LjQvTrQvzrQsNGA0L7Qu9GM"
    assert "authorization" not in server.asked[1][1]


def test_a_certificate_nobody_knows_is_told(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Trouble, match="its certificate is not good") as error:
        fetched(f"{server.url}/a.csv")
    assert error.value.is_lasting


def test_this_computer_is_not_asked_on_a_server(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PRIVATE)
    with pytest.raises(Trouble, match="leads to this computer"):
        fetched(f"{server.url}/a.csv")
    assert server.asked == []
    with pytest.raises(UserError, match="no web address"):
        told("example.org")
    monkeypatch.setenv(PRIVATE, "1")
    with pytest.raises(Trouble, match="cannot be reached"):
        fetched("https://localhost:1/a.csv")
