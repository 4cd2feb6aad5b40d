"""Two running apps on one lake, each with a folder of its own.

Both import at once, both see it, and `kill -9` of one loses nothing.
"""

import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data.store.connection import LAKE, SETTING, extensions
from data.store.remote.place import SETTING as DATA
from tests.lake.apps import App, apps, done, orders
from tests.postgres import Postgres

MANY = 60_000
"""Orders of an import that is killed: seconds of work."""
LOOKS = 0.02
"""Seconds between two looks at how far an import is."""
PATIENCE = 300.0

Reached = Callable[["Watch", int], bool]
"""Whether import N has come so far."""


class Watch:
    """Sees how far an import is, by what lies where everybody reaches it."""

    def __init__(self, catalogue: str, data: Path) -> None:
        self._opened, self._data = duckdb.connect(), data
        extensions.load(self._opened)
        self._opened.execute(f"attach '{catalogue}' as catalogue (type postgres, read_only)")

    def count(self, sql: str) -> int:
        """A number PostgreSQL answers."""
        row = self._opened.execute(f"from postgres_query('catalogue', $q${sql}$q$)").fetchone()
        assert row is not None
        return int(row[0])

    def begun(self, number: int) -> bool:
        """The journal says that it is being made."""
        return self.count(f"select count(*) from business_kept.journal where number >= {number}") > 0

    def kept(self, number: int) -> bool:
        """Its original lies with the others."""
        return len(list((self._data / "business" / "originals").glob("*.csv"))) >= number

    def committed(self, number: int) -> bool:
        """Its rows are there."""
        return self.count("select count(*) from business.ducklake_snapshot") > self.snapshots and self.begun(number)

    snapshots = 0
    """How many there were."""

    def until(self, reached: Reached, number: int, over: Callable[[], bool]) -> None:
        """Look until it has come so far, or is over."""
        pause = threading.Event()
        for _ in range(int(PATIENCE / LOOKS)):
            if over() or reached(self, number):
                return
            pause.wait(LOOKS)
        raise AssertionError("it never came so far")


STAGES: dict[str, Reached] = {
    "it has just begun": lambda _watch, _number: True,
    "the journal says so": Watch.begun,
    "its original is kept": Watch.kept,
    "its rows are there": Watch.committed,
}


@pytest.mark.slow
def test_both_import_at_once_and_one_is_killed_at_every_stage(postgres: Postgres, tmp_path: Path) -> None:
    catalogue, data = postgres.create("apps"), tmp_path / "data"
    data.mkdir()
    with apps(tmp_path, 2, **{SETTING: LAKE + catalogue, DATA: str(data)}) as (first, second):
        files = [orders(tmp_path, number, 200) for number in range(4)]
        at_once = [
            app.begin("import", files[2 * n + own][0]) for n in range(2) for own, app in enumerate((first, second))
        ]
        for command in at_once:
            done(command)
        wanted = {path.name: earned for path, earned in files}
        assert first.told() == second.told()
        for app in (first, second):
            assert (app.standing(), app.earned()) == (set(wanted), sum(wanted.values()))
        watch = Watch(catalogue, data)
        for place, reached in enumerate(STAGES.values(), len(files)):
            wanted |= killed_at(reached, watch, place, (first, second), wanted)
        first.start()
        assert first.told() == second.told()
        assert first.earned() == sum(wanted.values())
        second.does("rebuild")
        assert first.earned() == second.earned() == sum(wanted.values())


def killed_at(
    reached: Reached, watch: Watch, place: int, pair: tuple[App, App], wanted: dict[str, float]
) -> dict[str, float]:
    """The first app is killed there, while it imports; what counts more now, as the other one sees it."""
    first, second = pair
    if first.served is None or first.served.process.poll() is not None:
        first.start()
    watch.snapshots = watch.count("select count(*) from business.ducklake_snapshot")
    path, earned = orders(first.folder, 10 + place, MANY)
    number = watch.count("select max(number) from business_kept.journal") + 1
    command = first.begin("import", path)
    watch.until(reached, number, lambda: command.poll() is not None)
    first.kill()
    command.communicate()
    acknowledged = command.returncode == 0
    seen = {path.name: earned} if path.name in second.standing() else {}
    assert seen or not acknowledged, "an import that was acknowledged is lost"
    assert second.earned() == sum({**wanted, **seen}.values()), "half an import counts"
    mine, more = orders(second.folder, 20 + place, 100)
    second.does("import", mine)
    assert second.earned() == sum({**wanted, **seen}.values()) + more
    return {**seen, mine.name: more}
