"""What people said about their process, read and changed.

Invariant: what is counted of the settings (the cases) is made anew before a change returns, so that no reader sees the
one without the other.
"""

from collections.abc import Callable

from data.store.entries import ProcessSettings, ProcessVersion, WorkingHours
from data.store.store import Store

__all__ = ["ProcessSettings", "ProcessVersion", "WorkingHours", "change_settings", "settings_of"]


def settings_of(store: Store) -> ProcessSettings:
    """What stands; the defaults where nothing was entered. Every version: `store.entries.process.history()`."""
    return store.entries.process.current()


def change_settings(store: Store, change: Callable[[ProcessSettings], ProcessSettings]) -> ProcessSettings:
    """Enter what `change` makes of the settings that stand; what stands then. `UserError` if it cannot be.

    Call it in the writer's queue (a page: `work.begin`): the cases are made anew.
    """
    with store.writing():
        made = store.entries.process.change(change)
        store.read_entries()
        return made
