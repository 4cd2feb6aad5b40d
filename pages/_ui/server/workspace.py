"""The one Store of this process, as the server sees it.

Invariant: screens, routes and lifespan all share the Store that `session` keeps. `session` is imported late, because
it brings pandas with it and the module must not be needed for refusing a request.
"""

from data.store.store import Store


def store() -> Store:
    """The workspace's Store, opened by the first who asks. Raises WorkspaceBusy when another process has it."""
    from pages._ui import session

    return session.store()


def close() -> None:
    """Close the Store."""
    store().close()
