"""Who is asking: from a session's token to the Scope that everything is asked with.

Invariant: resolved anew each time it is asked, so a link that was taken back, a role that was changed and a session
that was ended show it at the next rerun; a token nobody gave out opens nothing at all, never more.
"""

from collections.abc import Callable
from dataclasses import dataclass

from data.access.people import People
from data.access.people.model import Session
from data.model import OWNER, Scope, Where
from data.store.entries import ApiToken, Entries, Link, NewLink
from data.store.entries.merges import as_read

PERSON = "employee"
"""The dimension of a personal link."""
PERSONAL_PAGES = frozenset({"people", "bonus"})
"""What a personal link opens."""
FIRST = ""
"""Name of the first business of an installation."""
NO_SCOPE = Scope("viewer", frozenset(), ((PERSON, ()),))
"""Sees no page and no row."""

EntriesOf = Callable[[str], Entries | None]
"""Name of a business → what was entered there; None: there is no such business."""


@dataclass(frozen=True)
class Visitor:
    """Whoever is asking, at this moment."""

    scope: Scope
    """What they may see."""
    name: str = ""
    """What they are called in the log."""
    business: str = FIRST
    """The business they look at."""
    person: int | None = None
    """Their number, where they have an account."""
    link: int | None = None
    """Number of the link they came by."""
    session: int | None = None
    """Number of their session."""

    @property
    def is_known(self) -> bool:
        """Whether they may see anything at all."""
        return self.scope.pages != frozenset()


NOBODY = Visitor(NO_SCOPE)
"""Somebody nobody knows."""
ALONE = Visitor(OWNER)
"""Whoever sits at the computer the app runs on, where it was started for them alone."""


def of_session(people: People, entries_of: EntriesOf, token: str) -> Visitor:
    """Whoever shows the token of a session."""
    session = people.sessions.find(token)
    if session is None:
        return NOBODY
    return _by_link(entries_of, session) if session.link is not None else _by_account(people, session)


def _by_account(people: People, session: Session) -> Visitor:
    person = people.persons.get(session.person or 0)
    if person is None or person.disabled_at is not None:
        return NOBODY
    mine = people.persons.memberships(person.id)
    chosen = next((one for one in mine if one.business == session.business), None) or next(iter(mine), None)
    if chosen is None:
        return NOBODY
    return Visitor(chosen.scope, person.name, chosen.business, person=person.id, session=session.id)


def _by_link(entries_of: EntriesOf, session: Session) -> Visitor:
    entries = entries_of(session.business)
    link = entries.links.get(session.link or 0) if entries is not None else None
    if entries is None or link is None:
        return NOBODY
    return Visitor(of_link(entries, link), link.title, session.business, link=link.id, session=session.id)


def of_link(entries: Entries, link: Link) -> Scope:
    """What a link shows."""
    return Scope("viewer", link.pages, _as_known(entries, link.where), link.since, link.until, link.money)


def of_token(entries: Entries, token: ApiToken) -> Scope:
    """What a token of the API shows: of pages, the areas of KPIs it answers for."""
    return Scope("viewer", token.areas, _as_known(entries, token.where), token.since, token.until, token.money)


def _as_known(entries: Entries, where: Where) -> Where:
    """The members as they are read now: people under the names their spellings were merged to."""
    names = entries.merges.names()
    return tuple(
        (name, tuple(as_read(names, member) for member in members) if name == PERSON else members)
        for name, members in sorted(where)
    )


def personal(name: str) -> Scope:
    """One person's own rows, on their own page."""
    return Scope("viewer", PERSONAL_PAGES, ((PERSON, (name,)),))


def personal_link(name: str, by: str = "") -> NewLink:
    """A link to one person's own page."""
    return NewLink(PERSONAL_PAGES, "people", ((PERSON, (name,)),), by=by)


def own_name(scope: Scope) -> str | None:
    """The one person a scope is limited to; None: it is not limited to one."""
    members = dict(scope.where).get(PERSON)
    return members[0] if members is not None and len(members) == 1 else None
