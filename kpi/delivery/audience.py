"""Whom something goes to, and what each of them may see.

Invariant: found anew whenever it is asked: whoever lost their account, or was removed, gets nothing that was asked for
before; whoever may see less, sees less.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from data.access.installation import place_of
from data.access.people import KPI_PAGES, Membership, People, Person
from data.access.visitor import personal
from data.model import OWNER, Scope
from data.store.entries import Addressee, Audience
from data.store.store import Store

PLACE = "place"
"""The recipient where a channel has but one: a folder, a web address."""


@dataclass(frozen=True)
class Recipient:
    """One of them, as things are now."""

    key: str
    """Names them in the log: person:5, addressee:2, employee:Анна, place."""
    name: str
    """What they are called."""
    scope: Scope
    """What they may see."""
    email: str = ""
    """Their e-mail address; empty: none is known."""
    chat: str = ""
    """Number of their chat with the bot; empty: none is known."""


def recipients(store: Store, audience: Audience) -> tuple[Recipient, ...]:
    """Everybody who is meant, each once, people with an account first."""
    with people_of(store) as (people, business):
        found = [
            _of_person(people, person, mine)
            for person, mine in people.persons.of_business(business)
            if mine.role in audience.roles or person.id in audience.persons
        ]
    known = store.entries.addressees.all()
    return (*found, *(_of_addressee(one) for one in known if one.id in audience.addressees))


def recipient(store: Store, key: str) -> Recipient | None:
    """Whoever is named so; None: they get nothing any more."""
    kind, _, name = key.partition(":")
    if kind == PLACE:
        return Recipient(PLACE, "", OWNER)
    if kind == "employee":
        return Recipient(key, name, personal(name))
    if kind == "addressee":
        addressee = store.entries.addressees.get(int(name))
        return _of_addressee(addressee) if addressee is not None else None
    with people_of(store) as (people, business):
        person, mine = people.persons.get(int(name)), people.persons.membership(int(name), business)
        if person is None or mine is None or person.disabled_at is not None:
            return None
        return _of_person(people, person, mine)


@contextmanager
def people_of(store: Store) -> Iterator[tuple[People, str]]:
    """Who may come into a workspace's installation, and the name of its business there."""
    place = place_of(store.workspace.folder)
    people = People(place.folder, store.clock)
    try:
        yield people, place.business
    finally:
        people.close()


def _of_person(people: People, person: Person, mine: Membership) -> Recipient:
    contact = people.contacts.of(person)
    return Recipient(f"person:{person.id}", person.name, mine.scope, contact.email, contact.chat)


def _of_addressee(one: Addressee) -> Recipient:
    scope = Scope("viewer", KPI_PAGES, one.where, money=one.money)
    return Recipient(f"addressee:{one.id}", one.name, scope, one.email, one.chat)
