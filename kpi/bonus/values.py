"""The values of a scheme's KPIs, month by month, of people, teams and the business.

Invariant: one evaluation for all people and all months, one more for each kind of group a scheme looks at; a value is
looked up here, never asked for again.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from data.access.reader import Reader
from kpi.bonus.money import CENTI, FINE, of_float
from kpi.bonus.scheme import Over
from kpi.catalogue import Catalogue
from kpi.compile.windows import month_end
from kpi.evaluate import evaluate
from kpi.model import Bounds, Kpi, Query
from kpi.targets import TargetBook

Key = tuple[str, str, date]
"""KPI id, member (empty: the whole business), first day of the month."""


@dataclass(frozen=True, slots=True)
class Value:
    """One KPI of one member in one month."""

    value: float
    """As it is; of a sum in a running month what it is expected to be at the end; NaN: none."""
    rows: int
    """Rows behind it."""
    is_partial: bool
    """The data do not reach the end of the month."""
    is_thin: bool
    """Too few rows to be judged."""
    is_share: bool
    """A share of rows."""
    bounds: Bounds
    """The target in force, of the month."""

    def counted(self, kpi: Kpi) -> Decimal | None:
        """The value as it is counted with."""
        return None if math.isnan(self.value) else of_float(self.value, unit_of(kpi))


@dataclass(frozen=True)
class Values:
    """All of them."""

    found: Mapping[Over | str, Mapping[Key, Value]]
    """employee, company, branch, team or role → value by key."""
    unavailable: Mapping[tuple[str, str], bool]
    """(employee or a kind of group, KPI id) for those that cannot be computed by it."""
    data_version: int
    """Version of the data they were computed from."""
    until: date
    """The last day up to which all of them have data."""
    latest: date
    """The last day up to which any of them has data."""
    counted: frozenset[tuple[str, str, date]]
    """(Kind of group, KPI id, month) of the months that are loaded."""
    book: TargetBook
    """The targets."""

    def of(self, over: str, kpi: Kpi, member: str, month: date) -> Value | None:
        """The value of a member; who has no rows of a sum that is loaded for others has brought 0."""
        found = self.found.get(over, {}).get((kpi.id, member, month))
        if found is not None or not kpi.additive or (over, kpi.id, month) not in self.counted:
            return found
        days = (month, month_end(month))
        target = self.book.of_period(kpi, days, {over: member}, days[1], days[1])
        sides = (target.good_low, target.good_high, target.ok_low, target.ok_high) if target else ()
        return Value(0.0, 0, False, False, False, Bounds(*sides))

    def members(self, month: date) -> frozenset[str]:
        """People with any rows in a month."""
        return frozenset(
            member for (_, member, first), v in self.found.get("employee", {}).items() if first == month and v.rows
        )


def unit_of(kpi: Kpi) -> Decimal:
    """How finely its values are counted."""
    return FINE if kpi.unit in ("per_person", "score") else CENTI


def ask(
    reader: Reader,
    catalogue: Catalogue,
    book: TargetBook,
    kpis: Sequence[str],
    groups: Iterable[Over],
    months: tuple[date, date],
    today: date,
    growth: Mapping[str, float],
) -> Values:
    """The values of these KPIs in the months from the first to the last.

    `growth`: what sums of the running month grow by until its end; of a KPI that is not in it the pace is taken.
    """
    since, until = months[0], month_end(months[1])
    found: dict[str, dict[Key, Value]] = {}
    missing: dict[tuple[str, str], bool] = {}
    version, days = reader.data_version, list[date]()
    for over in dict.fromkeys(("employee", *groups)):
        by = None if over == "company" else over
        result = evaluate(reader, catalogue, Query(tuple(kpis), since, until, "month", by, (), ()), book)
        found[over] = dict(
            _rows({name: result.frame[name].tolist() for name in (*_READ, *_SIDES)}, over, catalogue, today, growth)
        )
        missing |= {(over, kpi): True for kpi in result.unavailable}
        version = result.data_version
        days += result.now.values()
    counted = frozenset(
        (over, kpi, first) for over, rows in found.items() for (kpi, _, first), v in rows.items() if v.value == v.value
    )
    return Values(found, missing, version, min(days, default=until), max(days, default=until), counted, book)


def _rows(
    columns: Mapping[str, Sequence[Any]], over: str, catalogue: Catalogue, today: date, growth: Mapping[str, float]
) -> Iterable[tuple[Key, Value]]:
    """Sums are taken to the end of the month only while the calendar is in it: what is over is a fact."""
    for cells in zip(*(columns[name] for name in (*_READ, *_SIDES)), strict=True):
        kpi, member, is_total, period, end, value, pace, used, is_partial, status, low, *sides = cells
        if bool(is_total) != (over == "company") or not (is_total or isinstance(member, str)):
            continue
        running = end.date() >= today and catalogue.get(kpi).additive and not math.isnan(pace)
        bounds = Bounds(*(None if math.isnan(side) else float(side) for side in sides))
        ahead = value * growth[kpi] if kpi in growth else pace
        counted = float(ahead if running else value)
        row = Value(counted, int(used), bool(is_partial), status == "too_few", not math.isnan(low), bounds)
        yield (kpi, "" if is_total else member, period.date()), row


_READ = ("kpi", "slice", "is_total", "period", "period_end", "value", "pace", "used", "is_partial", "status", "low")
_SIDES = ("good_low", "good_high", "ok_low", "ok_high")
