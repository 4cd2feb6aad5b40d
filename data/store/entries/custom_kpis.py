"""KPIs that people defined, with every version of each.

Invariant: a version is never changed or deleted: a new wording, a removal and a restoring are each a new version, so
any of them can be taken back.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

_WORDING = (
    "kpi", "title", "question", "formula", "area", "unit", "better", "good_low", "good_high", "ok_low", "ok_high",
    "min_rows", "slice_by",
)  # fmt: skip
_FIELDS = ", ".join(_WORDING)
_LATEST = "version in (select max(version) from custom_kpis group by kpi)"


@dataclass(frozen=True)
class CustomKpi:
    """What a person said of a KPI of their own."""

    kpi: str
    """KPI id; never changes."""
    title: str
    """Its name."""
    question: str
    """The question it answers; may be empty."""
    formula: str
    """Its definition as the person wrote it."""
    area: str
    """The page it lives on."""
    unit: str
    """Unit of the value."""
    better: str
    """higher, lower or band."""
    good_low: float | None = None
    """At or above is good."""
    good_high: float | None = None
    """At or below is good."""
    ok_low: float | None = None
    """At or above is still acceptable."""
    ok_high: float | None = None
    """At or below is still acceptable."""
    min_rows: int = 0
    """Below this many used rows the value gets no status."""
    slice_by: tuple[str, ...] = ()
    """Dimensions offered first."""


@dataclass(frozen=True)
class Version:
    """One wording of a KPI, or its removal."""

    number: int
    """Number of the version in the workspace."""
    wording: CustomKpi
    """What was said; at a removal, what was removed."""
    at: datetime
    """When it was entered."""
    is_removed: bool
    """From here on there is no such KPI."""


class CustomKpis:
    """KPIs people defined in one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.alone = database.alone
        """Around looking and entering, where nobody may enter anything between."""

    def all(self) -> tuple[CustomKpi, ...]:
        """Those that stand, the first defined first."""
        return tuple(v.wording for v in self._versions(f"{_LATEST} and is_removed = 0"))

    def removed(self) -> tuple[Version, ...]:
        """Those that were removed and not restored."""
        return self._versions(f"{_LATEST} and is_removed = 1")

    def versions(self, kpi: str) -> tuple[Version, ...]:
        """Every version of one, the first first."""
        return self._versions("kpi = ?", kpi)

    def ids(self) -> frozenset[str]:
        """Every id that was ever given."""
        return frozenset(str(row[0]) for row in self._database.rows("select distinct kpi from custom_kpis"))

    def enter(self, wording: CustomKpi) -> int:
        """Define a KPI, or put it in other words; the version's number."""
        return self._append(wording, is_removed=False)

    def remove(self, kpi: str) -> int:
        """Take a KPI away; the version's number. `UnknownName` if there is none of that id."""
        standing = next((one for one in self.all() if one.kpi == kpi), None)
        if standing is None:
            raise UnknownName(say("There is no KPI of your own called «{name}».", name=kpi))
        return self._append(standing, is_removed=True)

    def version(self, number: int) -> Version:
        """The version of that number. `UnknownName` if there is none."""
        found = self._versions("version = ?", number)
        if not found:
            raise UnknownName(say("There is no version {number} of a KPI.", number=number))
        return found[0]

    def _append(self, wording: CustomKpi, *, is_removed: bool) -> int:
        cells = [getattr(wording, name) for name in _WORDING[:-1]]
        values = (*cells, json.dumps(list(wording.slice_by)), self._clock().isoformat(), int(is_removed))
        places = ", ".join("?" for _ in values)
        with self._database.change("kpis") as connection:
            return inserted(
                connection,
                f"insert into custom_kpis ({_FIELDS}, entered_at, is_removed) values ({places})",
                values,
                "version",
            )

    def _versions(self, where: str, *params: object) -> tuple[Version, ...]:
        order = "order by (select min(version) from custom_kpis f where f.kpi = c.kpi), version"
        sql = f"select version, {_FIELDS}, entered_at, is_removed from custom_kpis c where {where} {order}"
        return tuple(_version(row) for row in self._database.rows(sql, params))


def _version(row: tuple[object, ...]) -> Version:
    number, *cells, slice_by, at, is_removed = row
    said: dict[str, Any] = dict(zip(_WORDING, (*cells, tuple(json.loads(str(slice_by)))), strict=True))
    wording = CustomKpi(**said)
    return Version(int(str(number)), wording, datetime.fromisoformat(str(at)), bool(is_removed))
