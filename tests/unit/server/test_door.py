"""The door: signing in, one-time links, links to figures, and who reaches what."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.access.people import Membership, passwords
from data.access.visitor import personal_link
from data.store.entries import NewLink
from pages._ui import cookie
from pages._ui.server.door.routes import inside
from tests.unit.server.visiting import Browser, Place, installed

PASSWORD = "верблюд идёт в гору"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    with installed(tmp_path, monkeypatch) as made:
        yield made


def account(place: Place, role: str = "owner", login: str = "anna@example.org") -> int:
    """Somebody with an account."""
    number = place.people.persons.add(login, "Анна")
    place.people.persons.admit(number, Membership("", role))  # type: ignore[arg-type]
    place.people.persons.choose_password(number, passwords.hashed(PASSWORD))
    return number


def signed_in(place: Place, role: str = "owner") -> Browser:
    account(place, role)
    browser = Browser()
    status, headers, _ = browser.post("/enter", login="Anna@example.org ", password=PASSWORD, next="/quality?kpi=nps")
    assert (status, headers["location"]) == (303, "/quality?kpi=nps")
    return browser


def test_whoever_is_unknown_meets_the_sign_in_page(place: Place) -> None:
    browser = Browser()
    status, headers, _ = browser.get("/quality?kpi=nps")
    assert (status, headers["location"]) == (303, "/enter?next=%2Fquality%3Fkpi%3Dnps")
    status, headers, text = browser.get(headers["location"])
    assert status == 200
    assert 'value="/quality?kpi=nps"' in text
    assert "script" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert browser.ask("PUT", "/_stcore/upload_file/x/y", b"x", {"accept": "*/*"})[0] == 401


def test_a_password_lets_in_and_leaving_shows_out(place: Place) -> None:
    browser = signed_in(place)
    assert browser.get("/")[2] == "inside"
    assert browser.get("/door")[0] == 204
    before = browser.cookie
    assert browser.get("/leave")[1]["location"] == "/"
    assert browser.cookies == {}
    browser.headers["cookie"] = before  # who kept a copy of it
    assert browser.get("/")[0] == 303


@pytest.mark.parametrize(("login", "password"), [("anna@example.org", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(place: Place, login: str, password: str) -> None:
    account(place)
    browser = Browser()
    status, _, text = browser.post("/enter", login=login, password=password)
    assert status == 403
    assert "Имя или пароль неверны" in text
    assert not password or password not in text
    assert browser.cookies == {}


def test_ten_tries_a_quarter_of_an_hour_are_looked_at(place: Place) -> None:
    account(place)
    states = [Browser(f"203.0.113.{n}").post("/enter", login="anna@example.org", password="x")[0] for n in range(14)]
    assert states == [403] * 10 + [429] * 4
    assert Browser().post("/enter", login="anna@example.org", password=PASSWORD)[0] == 429
    assert [Browser().post("/enter", login="nobody", password="x")[0] for _ in range(11)] == [403] * 10 + [429]
    place.clock.now -= timedelta(hours=5)  # a clock that was set back opens nothing
    assert Browser().post("/enter", login="anna@example.org", password=PASSWORD)[0] == 429
    place.clock.now += timedelta(hours=5, minutes=16)
    assert Browser().post("/enter", login="anna@example.org", password=PASSWORD)[0] == 303


def test_one_address_tries_many_accounts_in_vain(place: Place) -> None:
    states = [Browser().post("/enter", login=f"n{n}", password="x")[0] for n in range(62)]
    assert states == [403] * 60 + [429] * 2
    assert Browser("198.51.100.1").post("/enter", login="n70", password="x")[0] == 403


def test_a_form_of_another_site_signs_nobody_in(place: Place) -> None:
    account(place)
    browser = Browser()
    assert browser.post("/enter", "https://evil.example", login="anna@example.org", password=PASSWORD)[0] == 400
    assert browser.cookies == {}


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\t/evil", ""])
def test_signing_in_leads_nowhere_else(where: str) -> None:
    assert inside(where) == "/"


def test_the_first_owner(place: Place) -> None:
    token = place.people.invitations.make("owner", None, "")
    browser = Browser()
    assert "Станьте владельцем" in browser.get(f"/welcome/{token}")[2]
    told = {"login": "boss", "name": "Ольга", "password": PASSWORD}
    assert browser.post(f"/welcome/{token}", again="другое", **told)[0] == 422
    assert browser.post(f"/welcome/{token}", again="x", **told | {"password": "x"})[0] == 422
    assert browser.post(f"/welcome/{token}", again=PASSWORD, **told)[0] == 303
    assert browser.get("/")[2] == "inside"
    assert Browser().get(f"/welcome/{token}")[0] == 404
    other = place.people.invitations.make("owner", None, "")  # made before, used after somebody owns it
    assert Browser().post(f"/welcome/{other}", again=PASSWORD, **told | {"login": "evil"})[0] == 404
    assert [person.login for person in place.people.persons.all()] == ["boss"]


def test_an_invitation_is_good_once_and_for_a_week(place: Place) -> None:
    number = place.people.persons.add("boris", "Борис <b>")
    place.people.persons.admit(number, Membership("", "lead"))
    first, token = (place.people.invitations.make("invitation", number, "") for _ in range(2))
    assert Browser().get(f"/welcome/{first}")[0] == 404  # the newer one counts
    assert "Борис &lt;b&gt;" in Browser().get(f"/welcome/{token}")[2]
    place.clock.now += timedelta(days=7)
    assert Browser().get(f"/welcome/{token}")[0] == 404
    token = place.people.invitations.make("reset", number, "")
    assert Browser().post(f"/welcome/{token}", password=PASSWORD, again=PASSWORD)[0] == 303
    assert Browser().post(f"/welcome/{token}", password=PASSWORD, again=PASSWORD)[0] == 404


def test_a_new_password_ends_what_was_signed_in(place: Place) -> None:
    browser = signed_in(place)
    place.people.persons.choose_password(1, passwords.hashed(PASSWORD + "!"))
    assert browser.get("/")[0] == 303


def test_sessions_end_by_themselves_and_everywhere(place: Place) -> None:
    browser, other = signed_in(place), Browser()
    assert other.post("/enter", login="anna@example.org", password=PASSWORD)[0] == 303
    place.people.sessions.end_all(1)
    assert {one.get("/")[0] for one in (browser, other)} == {303}
    assert browser.post("/enter", login="anna@example.org", password=PASSWORD)[0] == 303
    place.clock.now += timedelta(days=15)
    assert browser.get("/")[0] == 303


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("lead", 403), ("viewer", 403)])
def test_only_owners_send_files(place: Place, role: str, status: int) -> None:
    browser = signed_in(place, role)
    sent = {"origin": "https://kpi.example.org", "content-length": "1"}
    assert browser.ask("PUT", "/_stcore/upload_file/x/y", b"x", sent)[0] == status
    assert browser.get("/_stcore/metrics")[0] == status
    assert browser.get(f"/export/{'a' * 43}")[0] == status


def shared(place: Place, **chosen: Any) -> tuple[int, str]:
    """A link to the overview of one team."""
    return place.entries.links.create(
        NewLink(
            frozenset({"overview", "quality"}), "overview", (("team", ("Ночная",)),), title="Для партнёра", **chosen
        )
    )


def test_a_link_opens_for_whoever_has_it_and_is_counted(place: Place) -> None:
    _, token = shared(place)
    browser = Browser()
    status, headers, _ = browser.get(f"/l/{token}")
    assert (status, headers["location"]) == (303, "/")
    assert token not in browser.cookie
    assert browser.get("/")[2] == "inside"
    assert (place.entries.links.all()[0].opened, place.entries.links.all()[0].opened_at) == (1, place.clock.now)


def test_a_messenger_is_told_a_title(place: Place) -> None:
    _, token = shared(place)
    browser = Browser(**{"user-agent": "TelegramBot (like TwitterBot)"})
    status, _, text = browser.get(f"/l/{token}")
    assert status == 200
    assert "<title>Для партнёра</title>" in text
    assert browser.cookies == {}
    assert place.entries.links.all()[0].opened == 0


def test_a_link_taken_back_or_over_shows_out(place: Place) -> None:
    number, token = shared(place, lasts=timedelta(days=1))
    browser = Browser()
    browser.get(f"/l/{token}")
    place.entries.links.revoke(number)
    assert browser.get("/door")[0] == 401
    assert browser.get("/")[0] == 303
    _, token = shared(place, lasts=timedelta(days=1))
    browser.get(f"/l/{token}")
    assert browser.get("/door")[0] == 204
    place.clock.now += timedelta(days=1)
    assert browser.get("/door")[0] == 401
    assert Browser().get(f"/l/{token}")[0] == 404


def test_a_link_s_password(place: Place) -> None:
    _, token = shared(place, password=passwords.hashed(PASSWORD))
    browser = Browser()
    assert browser.get(f"/l/{token}")[0] == 200
    assert browser.cookies == {}
    assert browser.post(f"/l/{token}", password="мимо")[0] == 403
    assert browser.post(f"/l/{token}", password=PASSWORD)[0] == 303
    assert browser.get("/")[2] == "inside"
    assert [Browser().post(f"/l/{token}", password="x")[0] for _ in range(10)] == [403] * 9 + [429]


@pytest.mark.parametrize("token", ["x", "a" * 43, "' or 1=1 --", "%00"])
def test_a_token_nobody_gave_out_sets_no_cookie(place: Place, token: str) -> None:
    shared(place)
    for path in (f"/l/{token}", f"/p/{token}", f"/welcome/{token}"):
        browser = Browser()
        status, _, text = browser.get(path)
        assert status == 404
        assert "Её отозвали" in text
        assert browser.cookies == {}


def test_an_owner_who_opens_a_link_is_themselves_again_afterwards(place: Place) -> None:
    browser = signed_in(place)
    own = browser.cookies[cookie.SESSION]
    _, token = place.entries.links.create(personal_link("Борис"))
    assert browser.get(f"/p/{token}")[1]["location"] == "/people"
    assert browser.cookies[cookie.SESSION] != own
    assert browser.ask("PUT", "/_stcore/upload_file/x/y", b"x", {"origin": "https://kpi.example.org"})[0] == 403
    browser.get("/leave")
    assert browser.cookies == {cookie.SESSION: own}


def test_no_token_and_no_password_is_kept_as_it_is(place: Place, tmp_path: Path) -> None:
    browser = signed_in(place)
    _, token = shared(place)
    guest = Browser()
    guest.get(f"/l/{token}")
    invitation = place.people.invitations.make("reset", 1, "")
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (token, invitation, PASSWORD, *browser.cookies.values(), *guest.cookies.values()):
        assert secret.encode() not in kept
    assert re.search(rb"\$argon2id\$v=19\$m=47104,t=2,p=1\$", kept)


def test_an_address_that_somebody_vouches_for(place: Place) -> None:
    number = account(place)
    account(place, "viewer", "strasse@example.org")
    account(place, "viewer", "почта@пример.рф")
    boss = account(place, "viewer", "boss")
    vouched = place.people.vouched
    assert [found.id for found in map(vouched, ("anna@example.org", "ANNA@example.ORG")) if found] == [number] * 2
    assert vouched("почта@пример.рф") is not None
    for other in ("straße@example.org", "boss", "", "@", "anna@example.org" + "x" * 200, "ſtrasse@example.org"):
        assert vouched(other) is None
    place.people.persons.admit(boss, Membership("", "owner"))  # somebody has to own the business
    place.people.persons.close(number)
    assert vouched("anna@example.org") is None


def test_where_nobody_signs_in_elsewhere_there_is_no_way(place: Place) -> None:
    browser = Browser()
    assert 'class="way"' not in browser.get("/enter")[2]
    for path, why in (("/with/google", "silent"), ("/oauth2callback?code=x&state=y", "failed")):
        status, headers, _ = browser.get(path)
        assert (status, headers["location"]) == (303, f"/enter?refused={why}&next=%2F")
    assert 'role="alert"' not in browser.get("/enter?refused=%3Cb%3E")[2]
