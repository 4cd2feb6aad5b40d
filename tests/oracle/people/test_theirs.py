"""A KPI is told of those whose work it is."""

from pathlib import Path

from kpi.people.scorecard import beside, month
from tests.oracle.conftest import opened
from tests.oracle.people.crew import FEBRUARY, asking, fill

PEOPLE = ("Ann", "Bob", "Cid", "Dan", "Eve")
ORDERS = "order_id,finished_at,status,revenue,employee\n" + "\n".join(
    f"{name}{day},2025-02-{day:02d},done,{100 * (place + 1)},{name}"
    for place, name in enumerate(PEOPLE)
    for day in range(1, 13)
)
SHIFTS = "employee,date,worked_hours\n" + "\n".join(
    f"{name},2025-02-{day:02d},10" for name in (*PEOPLE, "Desk") for day in range(1, 13)
)
STAFF = "employee,role,hired_on\n" + "\n".join(f"{name},Master,2024-01-01" for name in (*PEOPLE, "Desk"))


def test_who_never_served_anybody_is_no_part_of_the_median_of_revenue_an_hour(tmp_path: Path) -> None:
    store = opened(tmp_path / "workspace")
    fill(store, tmp_path, {"orders": ORDERS, "shifts": SHIFTS, "staff": STAFF})
    everybody = month(asking(store), FEBRUARY)
    desk, cid = everybody.person("Desk"), everybody.person("Cid")
    assert desk is not None
    assert cid is not None
    assert "revenue_per_hour" not in {line.kpi.id for line in everybody.lines(desk)}
    line = next(line for line in everybody.lines(cid) if line.kpi.id == "revenue_per_hour")
    peers = beside(everybody, "Cid", private=True).peers["revenue_per_hour"]
    store.close()
    assert (line.value, peers.median, peers.people, peers.place) == (30, 30, 5, 3)
