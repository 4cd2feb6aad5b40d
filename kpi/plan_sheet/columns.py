"""What the columns of a plan are, by their headers.

Invariant: a header is one thing only; one that is nothing known is left out and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from data.schema.loader import facts
from data.schema.names import normalise
from kpi.model import Kpi
from kpi.plan_sheet.periods import CalendarPeriod, period_of
from kpi.targets import SPECIFIC

_KPI = (
    "kpi", "kpi id", "показатель", "показатели", "наименование показателя", "название показателя", "метрика", "metric",
    "indicator", "measure", "id показателя", "что измеряем",
)  # fmt: skip
_PERIOD = ("period", "период", "месяц", "month", "квартал", "quarter", "дата", "date", "год", "year")
_VALUE = (
    "value", "план", "plan", "target", "цель", "значение", "норма", "goal", "сумма", "plan value", "целевое значение",
)  # fmt: skip
_ACCEPTABLE = ("acceptable", "допустимо", "still acceptable", "ok", "минимум", "допустимое значение", "не хуже")
_SCOPE = ("scope", "для кого", "whom", "for whom", "кому", "чей", "разрез")
_TOTALS = ("итого", "всего", "total", "sum", "итог", "год итого")


@dataclass(frozen=True)
class Columns:
    """Places of the columns."""

    kpi: int | None = None
    """The KPI's id or title."""
    period: int | None = None
    """The period."""
    value: int | None = None
    """The number that is good."""
    acceptable: int | None = None
    """The number that is still acceptable."""
    scope: int | None = None
    """«Branch: North», or a member alone."""
    dimensions: Mapping[int, str] = field(default_factory=dict)
    """Place → dimension whose members it holds."""
    periods: Mapping[int, CalendarPeriod] = field(default_factory=dict)
    """Place → the period the column is for."""
    kpis: Mapping[int, Kpi] = field(default_factory=dict)
    """Place → the KPI the column is for."""
    unknown: tuple[int, ...] = ()
    """Places of columns that are none of these."""

    @property
    def layout(self) -> str | None:
        """wide: KPI × periods; across: periods × KPIs; long: a row for each number; None: no plan."""
        if self.kpi is not None and self.periods:
            return "wide"
        if self.kpi is not None and self.period is not None and self.value is not None:
            return "long"
        return "across" if self.period is not None and self.kpis else None


def columns(header: Sequence[str], kpis: Mapping[str, Kpi], year: int) -> Columns:
    """What each header is. `kpis`: normalised name → KPI."""
    plain: Mapping[str, str] = _plain_names()
    found: dict[str, int] = {}
    dimensions: dict[int, str] = {}
    periods: dict[int, CalendarPeriod] = {}
    named: dict[int, Kpi] = {}
    unknown: list[int] = []
    for place, text in enumerate(header):
        name, period = normalise(text.rstrip(" %")).rstrip(", "), period_of(text, year)
        if period is not None:
            periods[place] = period
        elif name in plain and plain[name] not in found:
            found[plain[name]] = place
        elif name in dimension_names():
            dimensions[place] = dimension_names()[name]
        elif name in kpis:
            named[place] = kpis[name]
        elif name and name not in _TOTALS:
            unknown.append(place)
    return Columns(**found, dimensions=dimensions, periods=periods, kpis=named, unknown=tuple(unknown))


@cache
def _plain_names() -> dict[str, str]:
    known = {"kpi": _KPI, "period": _PERIOD, "value": _VALUE, "acceptable": _ACCEPTABLE, "scope": _SCOPE}
    return {normalise(name): what for what, names in known.items() for name in names}


@cache
def dimension_names() -> dict[str, str]:
    """Normalised header → dimension a target can be set for."""
    fact = next(iter(facts().values()))
    known = {column.name: column for column in fact.columns if column.name in SPECIFIC}
    return {
        normalise(alias): name
        for name, column in known.items()
        for alias in (name, column.title, *column.aliases)
    }  # fmt: skip
