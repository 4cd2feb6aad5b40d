"""Signing in elsewhere: a real server, a real provider of OpenID Connect, and browsers that go between them."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from data.access.people import Membership, People
from data.store.workspace import Workspace
from pages._ui import cookie
from tests.browser.server import Served, free_port, serve
from tests.tight.identity import ACCESS, CLIENT, SECRET, Identities, serving

pytestmark = pytest.mark.xdist_group("tight")
COOKIE_SECRET = "cookie-secret-of-the-test-that-is-long-enough"
SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{cookie_secret}"
[auth.sso]
title = "Вход <b>Ромашка</b>"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{url}/.well-known/openid-configuration"
[auth.silent]
client_id = "x"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:{nobody}/.well-known/openid-configuration"
[auth.broken]
client_id = "x"
server_metadata_url = "http://127.0.0.1:{nobody}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Identities]:
    with serving() as made:
        yield made


@pytest.fixture(scope="module")
def app(provider: Identities, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("elsewhere")
    told = {"cookie_secret": COOKIE_SECRET, "client": CLIENT, "secret": SECRET, "url": provider.url}
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(nobody=free_port(), **told), encoding="utf-8")
    Workspace(folder / "workspace").prepare()
    people = People(folder / "workspace")
    for login, role in (("anna@example.org", "owner"), ("closed@example.org", "viewer"), ("boss", "viewer")):
        people.persons.admit(people.persons.add(login, login.partition("@")[0]), Membership("", role))  # type: ignore[arg-type]
    people.persons.close(2)
    people.close()
    with serve(folder, KPI_ALONE="", STREAMLIT_SECRETS_FILES=str(secrets)) as served:
        yield served


@pytest.fixture
def people(app: Served, provider: Identities) -> Iterator[People]:
    provider.forget()
    made = People(app.workspace)
    yield made
    made.close()


@pytest.fixture
def browser(app: Served, people: People) -> Iterator[httpx.Client]:
    headers = {"accept": "text/html", "accept-language": "ru"}
    with httpx.Client(base_url=app.url, headers=headers, follow_redirects=True, timeout=20) as made:
        yield made


def refused(browser: httpx.Client, answer: httpx.Response) -> str:
    """Why nobody was let in; nobody was."""
    assert cookie.SESSION not in browser.cookies
    assert browser.get("/quality", follow_redirects=False).status_code == 303
    assert urlsplit(str(answer.url)).path == "/enter"
    return parse_qs(urlsplit(str(answer.url)).query)["refused"][0]


def test_whoever_has_an_account_comes_in_and_goes_where_they_wanted(browser: httpx.Client, people: People) -> None:
    page = browser.get("/quality?kpi=nps")
    assert 'href="/with/sso?next=%2Fquality%3Fkpi%3Dnps"' in page.text
    assert "Войти через Вход &lt;b&gt;Ромашка&lt;/b&gt;" in page.text
    assert "/with/broken" not in page.text
    inside = browser.get("/with/sso?next=%2Fquality%3Fkpi%3Dnps")
    assert (inside.status_code, inside.url.raw_path) == (200, b"/quality?kpi=nps")
    assert {name for name in browser.cookies if name.startswith("_streamlit_user")} == set()
    assert cookie.AFTER not in browser.cookies
    deed = people.deeds.latest("")[0]
    assert (deed.who, deed.what, deed.detail) == ("anna", "signed_in", "Вход <b>Ромашка</b>")
    account = browser.get("/account").text
    assert "anna" in account
    assert "Нынешний пароль" not in account  # she has none to change


def test_its_session_ends_like_any_other(browser: httpx.Client, people: People) -> None:
    assert browser.get("/with/sso").url.path == "/"
    assert browser.get("/door").status_code == 204
    people.sessions.end_all(1)
    assert browser.get("/door").status_code == 401
    assert browser.get("/", follow_redirects=False).status_code == 303


def test_claims_longer_than_a_cookie(browser: httpx.Client, provider: Identities) -> None:
    provider.claims = {"picture": "x" * 9000, "email": "Anna@Example.org"}
    assert browser.get("/with/sso").url.path == "/"
    assert browser.get("/door").status_code == 204


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"email": "nobody@example.org"}, "unknown"),
        ({"email": "closed@example.org"}, "unknown"),
        ({"email": "boss"}, "unknown"),
        ({"email": "аnna@example.org"}, "unknown"),  # a Cyrillic а
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "false"}, "unverified"),
        ({"email_verified": 0}, "unverified"),
        ({"email": None}, "failed"),
        ({"email": ["anna@example.org"]}, "failed"),
        ({"iss": "https://elsewhere.example"}, "failed"),
        ({"aud": "another"}, "failed"),
        ({"nonce": "another"}, "failed"),
        ({"exp": int(time.time()) - 600}, "failed"),
    ],
)
def test_whoever_is_not_known_for_sure_stays_out(
    browser: httpx.Client, provider: Identities, people: People, claims: dict[str, Any], why: str
) -> None:
    provider.claims = claims
    before = len(people.persons.all()), people.deeds.latest("")
    assert refused(browser, browser.get("/with/sso")) == why
    assert (len(people.persons.all()), people.deeds.latest("")) == before


def test_a_provider_that_says_nothing_of_addresses_is_believed(browser: httpx.Client, provider: Identities) -> None:
    provider.claims = {"email_verified": None}
    assert browser.get("/with/sso").url.path == "/"


def test_a_token_signed_by_somebody_else(browser: httpx.Client, provider: Identities) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    answer = browser.get("/with/sso?next=/quality")
    assert refused(browser, answer) == "failed"
    assert "Войти там не получилось" in answer.text
    assert 'value="/quality"' in answer.text


def test_a_provider_that_refuses(browser: httpx.Client, provider: Identities, app: Served) -> None:
    provider.error = "access_denied"
    assert refused(browser, browser.get("/with/sso")) == "failed"
    assert refused(browser, browser.get("/oauth2callback?error=%1b%5b31mred%0aline")) == "failed"
    log = app.log.read_text(encoding="utf-8")
    assert "access_denied" in log
    assert "unknown error" in log
    assert "red" not in log.split("unknown error")[1]
    assert "\x1b[31m" not in log


def test_a_provider_that_does_not_answer(browser: httpx.Client, app: Served) -> None:
    answer = browser.get("/with/silent")
    assert refused(browser, answer) == "silent"
    assert "Сервис не отвечает" in answer.text
    assert refused(browser, browser.get("/with/broken")) == "silent"
    assert refused(browser, browser.get("/with/nobody")) == "silent"
    assert "Nobody can sign in elsewhere" in app.log.read_text(encoding="utf-8")


def test_an_answer_to_somebody_else_s_question(browser: httpx.Client, app: Served, provider: Identities) -> None:
    with httpx.Client(base_url=app.url) as other:
        away = other.get("/with/sso")
        back = httpx.get(away.headers["location"]).headers["location"]  # as far as the provider, and no further
    assert refused(browser, browser.get(back)) == "failed"
    assert refused(browser, browser.get("/oauth2callback?code=c0&state=guessed")) == "failed"
    assert refused(browser, browser.get("/oauth2callback")) == "failed"


def test_an_answer_is_good_once(browser: httpx.Client) -> None:
    away = browser.get("/with/sso", follow_redirects=False)
    back = httpx.get(away.headers["location"]).headers["location"]
    assert browser.get(back).url.path == "/"
    browser.get("/leave")
    assert refused(browser, browser.get(back)) == "failed"


def test_a_cookie_of_streamlit_lets_nobody_in(browser: httpx.Client) -> None:
    told = json.dumps({"email": "anna@example.org", "email_verified": True, "provider": "sso", "is_logged_in": True})
    signed = create_signed_value(COOKIE_SECRET, "_streamlit_user", told).decode()  # even of one who knows the secret
    for value in (signed, signed[:-3] + "abc"):
        browser.cookies.set("_streamlit_user", value, domain="localhost.local")
        assert refused(browser, browser.get("/oauth2callback")) == "failed"
        answer = browser.get("/door")
        assert value in answer.request.headers["cookie"]
        assert answer.status_code == 401
    assert browser.get("/auth/login").url.path == "/enter"


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_leads_nowhere_else(browser: httpx.Client, where: str) -> None:
    away = browser.get("/with/sso", params={"next": where}, follow_redirects=False)
    assert browser.cookies[cookie.AFTER] == "%2F"
    back = httpx.get(away.headers["location"]).headers["location"]
    browser.cookies.delete(cookie.AFTER)
    browser.cookies.set(cookie.AFTER, where, domain="localhost.local")  # of who can write cookies here
    answer = browser.get(back, follow_redirects=False)
    assert where in answer.request.headers["cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_nothing_of_the_provider_is_kept(browser: httpx.Client, app: Served, provider: Identities) -> None:
    browser.get("/with/sso")
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    with httpx.Client(base_url=app.url, follow_redirects=True) as other:
        other.get("/with/sso")  # goes wrong, and is logged
    kept = b"".join(path.read_bytes() for path in app.workspace.rglob("*") if path.is_file()) + app.log.read_bytes()
    told = [one[name] for one in provider.asked for name in ("state", "nonce")]
    for secret in (ACCESS, SECRET, *provider.tokens, *told):
        assert secret.encode() not in kept
        assert secret not in "; ".join(browser.cookies.values())
