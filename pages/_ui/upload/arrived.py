"""A file that came by itself and was loaded by a person."""

from data.collect import contents
from data.store.store import Store


def loaded(store: Store, number: int, imports: tuple[int, ...], rows: int) -> None:
    """It waits no more."""
    arrival = store.entries.arrivals.find(number)
    if arrival is not None:
        store.entries.arrivals.decide(number, "loaded", imports, rows)
        contents.put_away(store.workspace, arrival)
