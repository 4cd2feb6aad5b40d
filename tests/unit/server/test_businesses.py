"""Several businesses in one installation: apart, and switched by those who belong to them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.access.people import Membership, passwords
from kpi.command.workspace import add_business, business_folder, businesses
from pages._ui import cookie, session
from pages._ui.server import workspace
from pages._ui.server.routes import answer
from tests.unit.server.visiting import Browser
from tests.unit.store.files import load

PASSWORD = "верблюд идёт в гору"
HEAD = "order_id,finished_at,status,revenue,employee"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with two businesses, each with an order of its own."""
    monkeypatch.setenv("KPI_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("KPI_NOW", "2026-11-23T12:00:00")
    monkeypatch.delenv("KPI_ALONE", raising=False)
    add_business("Второй")
    for name, who, money in (("", "Анна", 100), ("Второй", "Зоя", 999)):
        load(session.store_of(name), tmp_path, f"{who}.csv", "orders", [HEAD, f"1,2026-10-01,done,{money},{who}"])
    yield tmp_path
    session.close()


def signed_in(login: str, *memberships: Membership) -> Browser:
    """Somebody who belongs to these."""
    people = workspace.people()
    number = people.persons.add(login, login)
    for membership in memberships:
        people.persons.admit(number, membership)
    people.persons.choose_password(number, passwords.hashed(PASSWORD))
    browser = Browser()
    assert browser.post("/enter", login=login, password=PASSWORD)[0] == 303
    return browser


def looks_at(browser: Browser) -> str:
    """The business of the browser's session."""
    found = workspace.people().sessions.find(browser.cookies[cookie.SESSION])
    assert found is not None
    return found.business


def test_each_is_a_workspace_of_its_own(two: Path) -> None:
    assert businesses() == ("", "Второй")
    stores = workspace.stores()
    assert len({str(store.workspace.database) for store in stores}) == 2
    told = [store.cursor().execute("select employee from fact_orders").fetchall() for store in stores]
    assert told == [[("Анна",)], [("Зоя",)]]


def test_who_belongs_to_both_switches(two: Path) -> None:
    browser = signed_in("both", Membership("", "owner"), Membership("Второй", "viewer"))
    assert "Второй" in browser.get("/businesses")[2]
    assert browser.post("/businesses", business="Второй")[1]["location"] == "/"
    assert looks_at(browser) == "Второй"
    sent = {"origin": "https://kpi.example.org", "content-length": "1"}
    assert browser.ask("PUT", "/_stcore/upload_file/x/y", b"x", sent)[0] == 403  # a viewer there


def test_nobody_gets_into_one_of_others(two: Path) -> None:
    browser = signed_in("one", Membership("", "owner"))
    assert "Второй" not in browser.get("/businesses")[2]
    browser.post("/businesses", business="Второй")
    assert looks_at(browser) == ""
    lead = signed_in("lead", Membership("Второй", "lead"))
    assert looks_at(lead) == "Второй"
    lead.post("/businesses", name="Третий")
    assert businesses() == ("", "Второй")


def test_an_owner_makes_another_and_owns_it(two: Path) -> None:
    browser = signed_in("boss", Membership("", "owner"))
    assert browser.post("/businesses", name=" Третий   бизнес ")[0] == 303
    assert looks_at(browser) == "Третий бизнес"
    assert workspace.store("Третий бизнес").imports() == ()
    for wrong in ("../evil", "третий бизнес", "", "a/b", "x" * 60, "."):
        assert browser.post("/businesses", name=wrong)[0] in (303, 422)
    assert businesses() == ("", "Второй", "Третий бизнес")
    assert not (two / "evil").exists()


def test_a_membership_taken_away_leaves_the_other(two: Path) -> None:
    browser = signed_in("both", Membership("", "viewer"), Membership("Второй", "viewer"))
    browser.post("/businesses", business="Второй")
    persons = workspace.people().persons
    persons.leave(1, "Второй")
    assert browser.get("/door")[0] == 204
    assert [one.business for one in persons.memberships(1)] == [""]
    persons.leave(1, "")
    assert browser.get("/door")[0] == 401
    found = persons.get(1)
    assert found is not None
    assert found.disabled_at is not None


def test_a_command_is_carried_out_in_the_business_it_names(two: Path) -> None:
    def revenue(folder: Path) -> float:
        told = answer(["value", "revenue", "--format", "json"], str(two), "en", str(folder))
        return float(json.loads(str(told["stdout"]))[0]["value"])

    assert (revenue(business_folder("")), revenue(business_folder("Второй"))) == (100, 999)
