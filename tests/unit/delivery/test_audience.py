"""Whom something goes to: as people are now, each with what they may see."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from data.access.people import Membership, People
from data.errors import UserError
from data.model import OWNER, Scope
from data.store.entries import Audience
from data.store.store import Store
from kpi.delivery.audience import recipient, recipients

NOW = datetime(2026, 11, 2, 9)


@pytest.fixture
def people(store: Store) -> Iterator[People]:
    """Ольга owns, Пётр leads team A, Вера only looks; another business has its own owner."""
    made = People(store.workspace.folder, lambda: NOW)
    for login, name, membership in (
        ("olga@example.org", "Ольга", Membership("", "owner")),
        ("petr", "Пётр", Membership("", "lead", (("team", ("A",)),))),
        ("vera@example.org", "Вера", Membership("", "viewer", (("employee", ("Вера",)),), money="hidden")),
        ("foreign@example.org", "Чужой", Membership("other", "owner")),
    ):
        made.persons.admit(made.persons.add(login, name), membership)
    yield made
    made.close()


def test_everybody_of_a_role_with_their_own_scope(store: Store, people: People) -> None:
    found = recipients(store, Audience(("owner", "lead")))
    assert [(one.name, one.email) for one in found] == [("Ольга", "olga@example.org"), ("Пётр", "")]
    assert found[0].scope == OWNER
    assert (found[1].scope.role, found[1].scope.where) == ("lead", (("team", ("A",)),))


def test_each_once_however_often_they_are_meant(store: Store, people: People) -> None:
    number = people.persons.find("petr")
    assert number is not None
    assert [one.name for one in recipients(store, Audience(("lead",), (number.id,)))] == ["Пётр"]


def test_where_people_are_reached(store: Store, people: People) -> None:
    petr = people.persons.find("petr")
    assert petr is not None
    people.contacts.choose(petr.id, email="petr@example.org", chat="77")
    (found,) = recipients(store, Audience(persons=(petr.id,)))
    assert (found.email, found.chat) == ("petr@example.org", "77")
    people.contacts.choose(petr.id, email="")
    assert recipients(store, Audience(persons=(petr.id,)))[0].email == ""
    for wrong in ("petr", "a@b@c.ru", "a b@c.ru", "a@c.ru\nBcc: x@y.ru", "a@c.ru,b@c.ru"):
        with pytest.raises(UserError):
            people.contacts.choose(petr.id, email=wrong)


def test_whoever_lost_the_account_is_nobody(store: Store, people: People) -> None:
    vera = people.persons.find("vera@example.org")
    assert vera is not None
    found = recipient(store, f"person:{vera.id}")
    assert found is not None
    assert (found.scope.where, found.scope.money) == ((("employee", ("Вера",)),), "hidden")
    people.persons.leave(vera.id, "")
    assert recipient(store, f"person:{vera.id}") is None


def test_somebody_without_an_account_has_a_part_of_their_own(store: Store, people: People) -> None:
    entered = store.entries.addressees
    number = entered.add("Бухгалтер", email="buh@example.org", where=(("branch", ("Центр",)),), money="rounded")
    (found,) = recipients(store, Audience(addressees=(number,)))
    assert (found.key, found.email) == (f"addressee:{number}", "buh@example.org")
    assert (found.scope.role, found.scope.where, found.scope.money) == ("viewer", (("branch", ("Центр",)),), "rounded")
    assert "access" not in (found.scope.pages or ())
    entered.remove(number)
    assert recipients(store, Audience(addressees=(number,))) == ()
    assert recipient(store, f"addressee:{number}") is None
    for name, email, where in (("Никто", "", ()), ("Никто", "a@b.ru", (("team", ()),))):
        with pytest.raises(UserError):
            entered.add(name, email=email, where=where)


def test_an_employee_s_own_rows(store: Store) -> None:
    found = recipient(store, "employee:Анна")
    assert found is not None
    assert isinstance(found.scope, Scope)
    assert found.scope.where == (("employee", ("Анна",)),)
    place = recipient(store, "place")
    assert place is not None
    assert place.scope == OWNER
