"""People and months made by hand: round numbers whose bonus can be told in the head."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kpi.bonus import Scheme, scheme_of
from kpi.bonus.curve import Curve
from kpi.bonus.inputs import GateInput, KpiInput, MonthInput, PersonInput, Side, TimeShare
from kpi.catalogue import catalogue

D = Decimal
CURVE = Curve("higher", D(10), D(20), D(40), D(50), D(150))


def scheme(text: str) -> Scheme:
    return scheme_of(text, "test", catalogue())


def plain(fund: str = 'from = "person"\namount = 10000', more: str = "") -> Scheme:
    """Two KPIs, 60 and 40 %."""
    kpis = "".join(
        f'[[kpi]]\nkpi = "{kpi}"\nweight = {weight}\n' for kpi, weight in (("addon_rate", 60), ("revenue", 40))
    )
    return scheme(f"{more}\n[fund]\n{fund}\n{kpis}")


def side(value: str | None, curve: Curve | None = CURVE, quality: str | None = None) -> Side:
    if value is None:
        return Side(None, 0, None, "no_value")
    return Side(D(value), 100, curve, "" if curve else "no_target", D(quality) if quality else None, D(1), "one_of")


def kpi(own: Side, team: Side | None = None, name: str = "addon_rate") -> KpiInput:
    return KpiInput(name, "Jobs with an add-on", "percent", own, team or side(None))


def person(
    name: str,
    kpis: Sequence[KpiInput],
    fund: str | None = "10000",
    share: str = "100",
    gates: Sequence[GateInput] = (),
    team: str = "A",
) -> PersonInput:
    fund_ = D(fund) if fund else None
    return PersonInput(name, "Barber", "Centre", team, fund_, TimeShare(30, 30), D(share), tuple(kpis), tuple(gates))


def gate(reached: str | None) -> GateInput:
    value = D(reached) if reached else None
    return GateInput("revenue", "Revenue", "money", value, D(100), value, "")


def month(people: Sequence[PersonInput], pool: str | None = None) -> MonthInput:
    first = date(2026, 9, 1)
    return MonthInput(first, date(2026, 9, 30), False, 1, D(pool) if pool else None, None, tuple(people))
