"""The turn to write is had by one at a time, is held by the very transaction that asked for it, and is not alone."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from data.store.connection import connect, extensions
from data.store.connection.turn import Turn
from data.store.workspace import Workspace
from tests.postgres import Postgres

NUMBER = 7
ROUNDS = 15
"""Times that each has the turn."""
ADVISORY = "select count(*) as held from pg_locks where locktype = 'advisory' and granted"


@contextmanager
def connected(catalogue: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """What one process has: a DuckDB of its own, which knows PostgreSQL as the lake does."""
    with duckdb.connect() as opened:
        extensions.load(opened)
        opened.execute(f"attach '{catalogue}' as catalogue (type postgres, read_only)")
        yield opened


def held(opened: duckdb.DuckDBPyConnection) -> int:
    """Locks that PostgreSQL knows to be held."""
    row = opened.cursor().execute(f"from postgres_query('catalogue', $q${ADVISORY}$q$)").fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def catalogue(postgres: Postgres) -> str:
    return postgres.create("turns")


def test_the_lock_lasts_as_long_as_the_turn(catalogue: str) -> None:
    with connected(catalogue) as mine, connected(catalogue) as theirs:
        first, second = Turn(mine, "catalogue", NUMBER), Turn(theirs, "catalogue", NUMBER)
        for _ in range(ROUNDS):
            with first.taken(wait=True) as got, second.taken(wait=False) as other:
                assert (got, other, held(theirs)) == (True, False, 1)
            assert held(theirs) == 0


def test_two_never_have_it_at_once(catalogue: str) -> None:
    inside, most, turns = 0, 0, 0

    def work(turn: Turn) -> None:
        nonlocal inside, most, turns
        for _ in range(ROUNDS):
            with turn.taken(wait=True), turn.taken(wait=True):
                inside += 1
                most = max(most, inside)
                turns += 1
                threading.Event().wait(0.001)
                inside -= 1

    with connected(catalogue) as a, connected(catalogue) as b, connected(catalogue) as c:
        threads = [threading.Thread(target=work, args=[Turn(one, "catalogue", NUMBER)]) for one in (a, b, c)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (most, turns) == (1, 3 * ROUNDS)


@pytest.mark.slow
def test_of_two_that_write_without_it_one_is_refused(lake: Path) -> None:
    with closing(connect(Workspace(lake))) as mine, closing(connect(Workspace(lake))) as theirs:
        for _ in range(10):
            first, second = mine.cursor(), theirs.cursor()
            for cursor in (first, second):
                cursor.begin()
                cursor.execute("update data_version set version = version + 1")
            first.commit()
            with pytest.raises(duckdb.TransactionException):
                second.commit()
        assert mine.cursor().execute("select version from data_version").fetchone() == (10,)
