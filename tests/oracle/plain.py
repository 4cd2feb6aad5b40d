"""The oracle's side: the tiny business in plain DuckDB, and each KPI's expected value by hand-written SQL.

Invariant: nothing here imports the program. Each fact is read until its own last day; a window outside of what is
loaded of one of a KPI's facts has no value.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
BUSINESS = HERE / "business"
TODAY = date(2025, 3, 14)
FILES = ("quality", "operations", "process", "finance", "team", "marketing", "hiring")

LOADED = {
    "orders": (date(2024, 11, 5), date(2025, 3, 12)),
    "visits": (date(2024, 11, 5), date(2025, 3, 12)),
    "reviews": (date(2025, 1, 9), date(2025, 3, 6)),
    "checks": (date(2025, 1, 8), date(2025, 3, 5)),
    "calls": (date(2025, 1, 8), date(2025, 3, 9)),
    "expenses": (date(2024, 11, 15), date(2025, 3, 6)),
    "ads": (date(2025, 1, 1), date(2025, 3, 10)),
    "ad_costs": (date(2024, 11, 20), date(2025, 3, 10)),
    "training": (date(2024, 3, 10), date(2025, 3, 4)),
    "ideas": (date(2025, 1, 9), date(2025, 3, 4)),
    "surveys": (date(2025, 1, 10), date(2025, 3, 5)),
    "shifts": (date(2024, 12, 3), date(2025, 3, 10)),
    "vacancies": (date(2024, 11, 6), date(2025, 3, 5)),
    "hires": (date(2024, 11, 8), date(2025, 3, 11)),
    "places": (date(2024, 11, 6), date(2025, 3, 11)),
    "cases": (date(2024, 12, 5), date(2025, 3, 11)),
    "staff_days": (date(2023, 5, 10), date(2025, 3, 12)),
}
"""Fact → first day, and last day on which something happened (staff: the last day of any fact), read off the files."""

BY: Mapping[str, frozenset[str]] = {
    "orders": frozenset({"account", "team", "employee", "service"}),
    "visits": frozenset({"account", "team", "employee", "service"}),
    "reviews": frozenset({"account", "team", "employee"}),
    "calls": frozenset({"account", "team", "employee"}),
    "cases": frozenset({"account", "team", "employee", "service"}),
    **dict.fromkeys(("expenses", "ads", "ad_costs"), frozenset({"account"})),
    **dict.fromkeys(("vacancies", "hires", "places"), frozenset({"account", "team", "employee"})),
    **dict.fromkeys(
        ("checks", "training", "ideas", "surveys", "shifts", "staff_days"), frozenset({"team", "employee"})
    ),
}
"""Fact → the dimensions it carries in this business, of those that are tried."""
DIMENSIONS = ("team", "employee", "account", "service")
TABLES = (
    "orders", "visits", "reviews", "checks", "calls", "expenses", "ad_days", "ad_costs", "training", "ideas", "surveys",
    "shifts", "shift_days", "staff_days", "vacancies", "hires", "places", "cases",
)  # fmt: skip

Slice = tuple[str, str | None] | None
"""(dimension, member), member None: not filled in; None: everything."""


@dataclass(frozen=True)
class Window:
    """A run of days, both inclusive."""

    since: date
    until: date


@dataclass(frozen=True)
class Oracle:
    """What a KPI should be."""

    kpi: str
    facts: tuple[str, ...]
    sql: str
    by: frozenset[str] | None
    """Dimensions to try instead of those all facts carry."""

    @property
    def carried(self) -> frozenset[str]:
        """Dimensions that all facts carry."""
        return frozenset(DIMENSIONS).intersection(*(BY[fact] for fact in self.facts))

    @property
    def tried(self) -> frozenset[str]:
        """Dimensions the values are compared by; a visit of several lines has no single service."""
        known = self.carried if self.by is None else self.by
        return known - {"service"} if "visits" in self.facts else known

    def cut(self, window: Window) -> "Cut | None":
        """Per fact the days of a window that have data; None where one of them has none."""
        ends = {fact: Window(window.since, min(window.until, LOADED[fact][1])) for fact in self.facts}
        return _within(ends)

    def before(self, window: Window, earlier: "Earlier") -> "Cut | None":
        """Per fact the days a window is compared with: as many as the fact has in the window."""
        ends = {fact: found for fact in self.facts if (found := earlier(window, LOADED[fact][1])) is not None}
        return _within(ends) if len(ends) == len(self.facts) else None


Cut = tuple[tuple[str, Window], ...]
"""(fact, the days of it that count)."""
Earlier = Callable[[Window, date], Window | None]
"""Window and last loaded day → the window it is compared with."""


def _within(ends: Mapping[str, Window]) -> Cut | None:
    loaded = all(w.since <= w.until and w.until >= LOADED[fact][0] for fact, w in ends.items())
    return tuple(ends.items()) if loaded else None


@cache
def oracles() -> Mapping[str, Oracle]:
    """Every oracle by KPI id."""
    found: dict[str, Oracle] = {}
    for name in FILES:
        for kpi, entry in tomllib.loads((HERE / f"{name}.toml").read_text("utf-8")).items():
            by = frozenset(entry["by"]) if "by" in entry else None
            found[kpi] = Oracle(kpi, tuple(entry["facts"]), entry["sql"], by)
    return found


class Plain:
    """The tiny business, limited to one slice at a time."""

    def __init__(self, folder: Path = BUSINESS) -> None:
        self.con = duckdb.connect(config={"threads": 1})
        self.con.execute((HERE / "prelude.sql").read_text("utf-8").replace("{folder}", str(folder)))
        self.dimensions = {table: self._columns(table) for table in TABLES}
        self.slice: Slice = None
        self.known: dict[tuple[str, Cut, Slice], tuple[float | None, int | None]] = {}

    def _columns(self, table: str) -> frozenset[str]:
        names = {row[0] for row in self.con.execute(f"describe {table}_all").fetchall()}
        return frozenset(names & set(DIMENSIONS))

    def limit(self, to: Slice) -> None:
        """Makes the views the oracles read show this slice only."""
        self.slice = to
        for table in TABLES:
            if to is None:
                where = "true"
            elif to[0] in self.dimensions[table]:
                where = f"{to[0]} is null" if to[1] is None else f"{to[0]} = '{to[1]}'"
            else:
                where = "false"
            self.con.execute(f"create or replace temp table {table} as select * from {table}_all where {where}")

    def members(self, dimension: str) -> tuple[str | None, ...]:
        """Every member of a dimension, and None for rows that do not fill it in."""
        tables = [table for table in TABLES if dimension in self.dimensions[table]]
        sql = " union ".join(f"select {dimension} from {table}_all" for table in tables)
        return tuple(
            row[0] for row in self.con.execute(f"select distinct * from ({sql}) order by 1 nulls last").fetchall()
        )

    def value(self, oracle: Oracle, cut: Cut | None) -> tuple[float | None, int | None]:
        """(value, used) of the slice over these days; used is None where the oracle does not say."""
        if cut is None:
            return None, None
        at = (oracle.kpi, cut, self.slice)
        if at not in self.known:
            self.known[at] = self._computed(oracle.sql, cut)
        return self.known[at]

    def _computed(self, sql: str, cut: Cut) -> tuple[float | None, int | None]:
        names = (("", cut[0][1]), *((f"_{fact}", window) for fact, window in cut if len(cut) > 1))
        settings = [
            f"set variable {side}{name} = date '{day}'"
            for name, window in names
            for side, day in (("since", window.since), ("until", window.until))
        ]
        self.con.execute(";".join(settings))
        row = self.con.execute(sql).fetchone()
        assert row is not None
        value = None if row[0] is None else float(row[0])
        return value, int(row[1]) if len(row) > 1 and row[1] is not None else None


def months(first: date, last: date) -> Iterator[Window]:
    """The whole months from one to the other."""
    start = first.replace(day=1)
    while start <= last:
        after = (start + timedelta(days=32)).replace(day=1)
        yield Window(start, after - timedelta(days=1))
        start = after


def previous_month(window: Window, now: date) -> Window | None:
    """The month before; while the month runs, as many days of it."""
    if now < window.since:
        return None
    end = window.since - timedelta(days=1)
    start = end.replace(day=1)
    days = min(window.until, now) - window.since
    return Window(start, end) if now >= window.until else Window(start, min(start + days, end))


def previous_range(window: Window, now: date) -> Window | None:
    """As many days before; while the range runs, only those that have passed."""
    if now < window.since:
        return None
    length = window.until - window.since + timedelta(days=1)
    return Window(window.since - length, min(window.until, now) - length)
