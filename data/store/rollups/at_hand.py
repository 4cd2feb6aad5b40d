"""The rollups of one open workspace.

Invariant: nothing is counted ahead before somebody said what is wanted; what is told to be ready was so for the version
and day it was looked up for, and a statement made of it is refused once that is over (`holds`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import duckdb

from data.rollup import Definition, Rollup
from data.store.rollups.reading import ready
from data.store.rollups.rolling import Rolling, Writing

Define = Callable[[], Sequence[Definition]]
"""What is wanted of the data as they are."""
Present = Callable[[], tuple[int, date]]
"""Version of the data, and the day."""


class Rollups:
    """What is wanted, what is ready, and how the one becomes the other."""

    def __init__(
        self, cursor: Callable[[], duckdb.DuckDBPyConnection], present: Present, writing: Writing,
        wake: Callable[[], None],
    ) -> None:  # fmt: skip
        """`wake`: has `bring_up` called soon, by a thread that has the time."""
        self._cursor, self._present, self._writing, self._wake = cursor, present, writing, wake
        self._define: Define | None = None
        self._ready: tuple[tuple[int, date], Mapping[str, tuple[Rollup, ...]]] | None = None

    def want(self, define: Define) -> None:
        """From now on these are kept ready. `define` is asked again whenever data or day are others."""
        self._define, self._ready = define, None

    @property
    def ready(self) -> Mapping[str, tuple[Rollup, ...]]:
        """Relation → its rollups that hold now."""
        if self._define is None:
            return {}
        known, now = self._ready, self._present()
        if known is None or known[0] != now:
            wanted = self._define()
            known = self._ready = (now, ready(self._cursor(), wanted))
            if sum(map(len, known[1].values())) < len(wanted):
                self._wake()
        return known[1]

    def bring_up(self, is_wanted_elsewhere: Callable[[], bool] = lambda: False) -> None:
        """Count what is not ready; ends early where somebody else writes or is wanted."""
        if self._define is None:
            return
        for _ in Rolling(self._define, self._writing).steps():
            if is_wanted_elsewhere():
                break
        self._ready = None
