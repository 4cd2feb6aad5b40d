"""The Stores of this process and the people of the installation, as the server sees them.

Invariant: screens, routes and lifespan all share what `session` keeps. `session` is imported late, because it brings
pandas with it and the module must not be needed for refusing a request.
"""

from data.access.people import People
from data.access.visitor import FIRST
from data.store.entries import Entries
from data.store.store import Store


def store(business: str = FIRST) -> Store:
    """A business's Store, opened by the first who asks. Raises WorkspaceBusy when another process has it."""
    from pages._ui import session

    return session.store_of(business)


def entries_of(business: str) -> Entries | None:
    """What was entered in a business; None: there is none of that name."""
    from pages._ui import session

    return session.entries_of(business)


def people() -> People:
    """Who may come in."""
    from pages._ui import session

    return session.people()


def reopen() -> None:
    """The first business is closed, and opened anew: a backup was put in its place."""
    from pages._ui import session

    session.reopen(FIRST)


def close() -> None:
    """Close everything that was opened."""
    from pages._ui import session

    session.close()
