"""What is due: the work that the clock calls.

Invariant: safe to call from the app's clock and from a command at once; a source that fails holds up no other.
"""

from datetime import datetime

from data.collect import contents
from data.store.entries.collect import Connection, Run
from data.store.store import Store


def due(store: Store, now: datetime) -> tuple[Connection, ...]:
    """The sources that are to be asked by now, the longest due first."""
    found = []
    for connection in store.entries.connections.all():
        standing = store.entries.standings.of(connection.id)
        if connection.is_paused or standing.is_running or not _is_asked(store, connection):
            continue
        if (standing.next_at or now) <= now:
            found.append((standing.next_at or datetime.min, connection))
    return tuple(connection for _, connection in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def _is_asked(store: Store, connection: Connection) -> bool:
    """One that others send to is asked only while something of it waits."""
    from data.collect.kinds import KINDS  # bring all that asks others, where nobody is asked at all

    kind = KINDS.get(connection.kind)
    if kind is None or kind.is_asked:
        return True
    return bool(store.entries.arrivals.standing(connection.id, "arrived", "waiting"))


def collect_due(store: Store, now: datetime) -> tuple[Run, ...]:
    """Ask every source that is due; how each run went."""
    waiting = due(store, now)
    if not waiting:
        return ()
    from data.collect.running import run

    runs = (run(store, connection) for connection in waiting)
    return tuple(one for one in runs if one is not None)


def remove(store: Store, connection: Connection) -> None:
    """Not connected any more: its secrets and the files that waited are gone, what it brought stays."""
    waiting = store.entries.arrivals.standing(connection.id, "arrived", "waiting", "refused")
    store.entries.connections.remove(connection.id)
    for arrival in waiting:
        contents.put_away(store.workspace, arrival)


def work(store: Store, _moment: datetime) -> None:
    """The same for the app's clock."""
    collect_due(store, store.clock())
