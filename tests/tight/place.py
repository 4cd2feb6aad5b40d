"""The hosted app on a business of two halves, and who can come in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from data.access.people import Membership, People, passwords
from data.access.people.sessions import Sessions
from data.store.entries import NewLink
from data.store.store import Store
from tests.browser.server import Served, serve
from tests.pages.canary import SEEN, write_business

NOW = "2026-11-23T12:00:00"
PASSWORD = "верблюд идёт в гору"
"""Of the owner and of the viewer, who sign in as «owner» and «viewer»."""
LINK_PASSWORD = "ключ от склада"
"""Of the link that asks for one."""
BRANCH = (("branch", (SEEN["branch"],)),)
"""The half that may be seen."""


def clock() -> datetime:
    """The app's own time."""
    return datetime.fromisoformat(NOW)


@dataclass(frozen=True)
class Place:
    """The app, and what was given out."""

    app: Served
    """The app; it tells its log everything (level debug)."""
    owner: str
    """Cookie of the owner."""
    viewer: str
    """Cookie of somebody who sees one half."""
    guest: str
    """Cookie of who came by a link to that half."""
    link: int
    """Number of that link."""
    tokens: Mapping[str, str]
    """Name → token: `link`, `locked` (a link with a password), `personal` (a person's), `invitation` (for «new»)."""

    def browser(self, cookie: str = "", **headers: str) -> httpx.Client:
        """A browser that shows this cookie at every request, and is led nowhere by itself."""
        told = {"accept": "text/html", "accept-language": "ru", **({"cookie": cookie} if cookie else {}), **headers}
        return httpx.Client(base_url=self.app.url, headers=told, timeout=60, verify=False)

    def session(self, who: str) -> str:
        """Cookie of another browser of «owner», «viewer» or «guest»."""
        people = People(self.app.workspace, clock)
        person = people.persons.find(who)
        made = _cookie(people.sessions, person=person.id) if person else _cookie(people.sessions, link=self.link)
        people.close()
        return made


@contextmanager
def opened(folder: Path) -> Iterator[Place]:
    """The place, in a folder of its own."""
    with Store.open(folder / "workspace", clock) as store:
        write_business(store, folder)
        pages = frozenset({"overview", "quality"})
        links = store.entries.links
        link, token = links.create(NewLink(pages, "overview", BRANCH, "Половина"))
        locked = NewLink(pages, "overview", BRANCH, "Под ключом", password=passwords.hashed(LINK_PASSWORD))
        tokens = {"link": token, "locked": links.create(locked)[1]}
        own = NewLink(frozenset({"people"}), "people", (("employee", (SEEN["employee"],)),))
        tokens["personal"] = links.create(own)[1]
    people = People(folder / "workspace", clock)
    owner, viewer = _come_in(people, Membership("", "owner")), _come_in(people, Membership("", "viewer", BRANCH))
    guest = _cookie(people.sessions, link=link)
    new = people.persons.add("new", "Новенький")
    people.persons.admit(new, Membership("", "viewer", BRANCH))
    tokens["invitation"] = people.invitations.make("invitation", new, "")
    people.close()
    with serve(folder, KPI_NOW=NOW, KPI_ALONE="0", STREAMLIT_LOGGER_LEVEL="debug") as served:
        yield Place(served, owner, viewer, guest, link, tokens)


def _come_in(people: People, membership: Membership) -> str:
    number = people.persons.add(membership.role, membership.role)
    people.persons.admit(number, membership)
    people.persons.choose_password(number, passwords.hashed(PASSWORD))
    return _cookie(people.sessions, person=number)


def _cookie(sessions: Sessions, *, person: int | None = None, link: int | None = None) -> str:
    return f"kpi_session={sessions.begin('', 'Linux', person=person, link=link)}"
