"""Which KPIs were looked at, by day.

Invariant: a day is written once a KPI and process, and never changes the version of what was entered: looking at
something is no reason to compute it again.
"""

import sqlite3
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from data.store.clock import Clock
from data.store.entries.database import Database


class Views:
    """Looks at KPIs in one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._noted: set[tuple[str, date]] = set()

    def is_noted(self, kpi: str) -> bool:
        """Whether today's look at it is written already, as far as this process knows."""
        return (kpi, self._clock().date()) in self._noted

    def note(self, kpi: str) -> None:
        """The KPI is looked at today."""
        if self.is_noted(kpi):
            return
        today = self._clock().date()
        self._database.remark(
            "insert into kpi_views (kpi, day) values (?, ?) on conflict do nothing", (kpi, today.isoformat())
        )
        self._noted.add((kpi, today))

    def note_soon(self, kpi: str) -> None:
        """The same, without waiting for the disk; what cannot be noted any more is left out."""

        def write() -> None:
            with suppress(sqlite3.ProgrammingError):  # the workspace was closed meanwhile
                self.note(kpi)

        if not self.is_noted(kpi):
            threading.Thread(target=write, name="looked-at", daemon=True).start()

    def forget(self) -> None:
        """What was noted is not there any more."""
        self._noted.clear()

    def last(self) -> Mapping[str, date]:
        """KPI id → the last day it was looked at."""
        rows = self._database.rows("select kpi, max(day) from kpi_views group by kpi")
        return {kpi: date.fromisoformat(day) for kpi, day in rows}

    def since(self) -> date | None:
        """The first day anything was looked at; None: nothing was."""
        (first,) = self._database.rows("select min(day) from kpi_views")[0]
        return date.fromisoformat(first) if first else None
