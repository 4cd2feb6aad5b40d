"""The Stores of this process and the people of the installation, as the server sees them.

Invariant: screens, routes and lifespan all share what `session` keeps. `session` is imported late, because it brings
pandas with it and the module must not be needed for refusing a request.
"""

from typing import TYPE_CHECKING

from data.access.address import read_note, write_note
from data.access.people import People
from data.access.visitor import FIRST
from data.store.connection import catalogue
from data.store.entries import Entries
from data.store.store import Store
from kpi.command.workspace import business_folder, businesses, meet

if TYPE_CHECKING:
    from kpi.targets import TargetBook


def store(business: str = FIRST) -> Store:
    """A business's Store, opened by the first who asks. Raises WorkspaceBusy when another process has it."""
    from pages._ui import session

    return session.store_of(business)


def names() -> tuple[str, ...]:
    """Names of all businesses, the first one's first, those that other instances added included."""
    if catalogue() is not None:  # else a backup that is to be put back comes before the people are opened
        meet(people())
    return businesses()


def stores() -> tuple[Store, ...]:
    """Those of all businesses, the first one's first."""
    return tuple(store(name) for name in businesses())


def business_of(folder: str) -> str | None:
    """The business whose workspace lies in a folder."""
    return next((name for name in businesses() if str(business_folder(name)) == folder), None)


def entries_of(business: str) -> Entries | None:
    """What was entered in a business; None: there is none of that name."""
    from pages._ui import session

    return session.entries_of(business)


def targets_of(opened: Store) -> "TargetBook":
    """The targets of a business, those from rules included."""
    from pages._ui import session

    return session.targets(opened)


def people() -> People:
    """Who may come in."""
    from pages._ui import session

    return session.people()


def reopen(business: str) -> None:
    """A business is closed, and opened anew: a backup was put in its place."""
    from pages._ui import session

    session.reopen(business)


def announce(business: str) -> None:
    """Open a business that was just made, and tell commands where it is served."""
    folder, first = store(business).workspace.folder, read_note(business_folder(FIRST))
    if first is not None:
        write_note(folder, first)


def close() -> None:
    """Close everything that was opened."""
    from pages._ui import session

    session.close()
