"""A source whose every move the test says, and a clock that stands until it is set."""

from collections.abc import Callable, Iterator
from datetime import datetime

from data.collect.model import Arrived, Asked, Found
from data.collect.running import run
from data.store.entries.collect import Connection, Run
from data.store.store import Store

HEAD = "order_id,finished_at,status,revenue"


class Clock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 5, 12)

    def __call__(self) -> datetime:
        return self.now


class Source:
    """A kind that yields what the test says, and remembers what it was told."""

    def __init__(self) -> None:
        self.yields: Callable[[Asked], Iterator[Found]] = lambda _asked: iter(())
        self.states: list[object] = []

    def fetch(self, asked: Asked) -> Iterator[Found]:
        self.states.append(dict(asked.state))
        yield from self.yields(asked)

    def brings(self, *found: Found) -> None:
        self.yields = lambda _asked: iter(found)

    def fails(self, error: Exception) -> None:
        def failing(asked: Asked) -> Iterator[Found]:
            raise error
            yield

        self.yields = failing


def csv(*rows: str, name: str = "orders.csv", key: str = "orders") -> Arrived:
    return Arrived(name, "\n".join((HEAD, *rows, "")).encode(), key)


def done(store: Store, connection: Connection) -> Run:
    made = run(store, connection, sleep=lambda _seconds: None)
    assert made is not None
    return made


def revenues(store: Store) -> list[tuple[object, ...]]:
    sql = "select order_id, cast(revenue as double) from fact_orders where _live order by 1"
    return store.cursor().execute(sql).fetchall()
