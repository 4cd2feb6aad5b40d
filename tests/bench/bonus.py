"""A year of bonuses for 200 people, against one month of them.

The yardstick is a month as the page shows it: the evaluation by person and by branch, posts, hours, and the reckoning.
A year may cost twelve of them; the simulation, which reckons two schemes over the year, each without noise as well, and
looks for what is wrong with them, may cost the twelve months of either.
"""

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.store.store import Store
from kpi.bonus import Bonuses, reckon, scheme_of
from kpi.bonus.replay import replay
from kpi.catalogue import catalogue
from kpi.targets import TargetBook
from tests.bench.timing import Ratio, compare

LIMIT = 12.0
PEOPLE, JOBS = 200, 120_000
SINCE, UNTIL = date(2025, 11, 1), date(2026, 10, 31)
SCHEME = """team_by = "branch"
team_share = 30
[fund]
from = "staff"
[[gate]]
kpi = "revenue"
over = "branch"
at_least = 70
target = 1000000
[[kpi]]
kpi = "addon_rate"
weight = {first}
target = 20
cap = 40
[[kpi]]
kpi = "revenue"
weight = {second}
target = 70000
team = {{ target = 1400000 }}
[[kpi]]
kpi = "revenue_per_hour"
weight = 20
target = 500
brake = {{ kpi = "rework_rate", from = 2, to = 8 }}
"""


def run(folder: Path) -> Iterator[Ratio]:
    """Three imports, then both in turn."""
    with Store.open(folder / "workspace") as store:
        for name, rows in _business().items():
            _publish(store, folder, name, rows)
        store.entries.schemes.enter("bench", SCHEME.format(first=40, second=40))
        month = _month(store)
        yield compare(f"bonus: a year for {PEOPLE} people, against a month", _year(store), month, limit=LIMIT, rounds=7)
        name = f"bonus: two schemes compared over a year for {PEOPLE} people, against a month"
        yield compare(name, _replaying(store), month, limit=2 * LIMIT, rounds=7)


def _month(store: Store) -> Callable[[], None]:
    def month() -> None:
        sheet = Bonuses(store, catalogue(), TargetBook()).month("bench", UNTIL.replace(day=1)).sheet
        assert len(sheet.slips) == PEOPLE

    return month


def _year(store: Store) -> Callable[[], None]:
    rules = scheme_of(SCHEME.format(first=60, second=20), "bench", catalogue())

    def year() -> None:
        known = Bonuses(store, catalogue(), TargetBook()).gathered((rules,), SINCE, UNTIL.replace(day=1))
        sheets = [reckon(rules, known.month(rules, first)) for first in known.months]
        assert (len(sheets), len(sheets[0].slips)) == (12, PEOPLE)

    return year


def _replaying(store: Store) -> Callable[[], None]:
    before, after = (scheme_of(SCHEME.format(first=a, second=b), "bench", catalogue()) for a, b in ((40, 40), (60, 20)))

    def year() -> None:
        found = replay(Bonuses(store, catalogue(), TargetBook()), before, after)
        assert (len(found.months), len(found.changes)) == (12, PEOPLE)
        assert found.before.total != found.after.total

    return year


def _business() -> dict[str, list[Sequence[object]]]:
    """Header and rows of orders, staff and shifts."""
    chance, days = random.Random(5), (UNTIL - SINCE).days + 1
    names = [f"Мастер {n}" for n in range(PEOPLE)]
    orders: list[Sequence[object]] = [
        (
            "order_id",
            "created_at",
            "finished_at",
            "status",
            "revenue",
            "addon_revenue",
            "is_rework",
            "employee",
            "branch",
        )
    ]
    for number in range(JOBS):
        person, day = chance.randrange(PEOPLE), SINCE + timedelta(days=chance.randrange(days))
        addon = 500 if chance.random() < 0.2 else ""
        rework = chance.random() < 0.03
        orders.append((number, day, day, "done", chance.randint(900, 2000), addon, rework, names[person], person % 10))
    staff: list[Sequence[object]] = [("employee", "branch", "role", "hired_on", "bonus_fund")]
    staff += [(name, place % 10, "Мастер", date(2024, 1, 1), 15000) for place, name in enumerate(names)]
    shifts: list[Sequence[object]] = [("employee", "date", "branch", "planned_hours", "worked_hours")]
    for place, name in enumerate(names):
        shifts += [(name, SINCE + timedelta(days=day), place % 10, 8, 8) for day in range(place % 2, days, 2)]
    return {"orders": orders, "staff": staff, "shifts": shifts}


def _publish(store: Store, folder: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    columns = tuple(ColumnMap(str(column), str(column)) for column in rows[0])
    store.publish(path, (Mapping(name, columns),), ImportOptions())
