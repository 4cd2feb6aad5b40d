"""Whose rows a link shows: from its token to the Scope that everything is asked with.

Invariant: resolved anew each time it is asked, so a link that was taken back shows nothing from the next rerun on; a
token nobody gave out opens nothing at all, never more.
"""

from data.model import PEOPLE, Scope
from data.store.entries import Entries
from data.store.entries.merges import as_read

PERSON = "employee"
"""The dimension of a personal link."""
PAGES = frozenset({"people", "bonus"})
"""What a personal link opens."""
NOBODY = Scope("viewer", frozenset(), ((PERSON, ()),))
"""Sees no page and no row."""


def of_token(entries: Entries, token: str) -> Scope:
    """The scope of whoever shows this token."""
    link = entries.links.find(token)
    if link is None:
        return NOBODY
    entries.links.note_opened(link)
    return personal(as_read(entries.merges.names(), link.member))


def personal(name: str) -> Scope:
    """One person's own rows, on their own page."""
    return Scope("viewer", PAGES, ((PERSON, (name,)),))


def own_name(scope: Scope) -> str | None:
    """The one person a scope is limited to; None: it is not limited to one."""
    members = dict(scope.where).get(PERSON)
    return members[0] if members is not None and len(members) == 1 else None


def hidden_columns(scope: Scope) -> frozenset[str]:
    """Columns that name people, of whom a scope limited to one person shows no other."""
    return frozenset(PEOPLE) - {PERSON} if PERSON in dict(scope.where) else frozenset()
