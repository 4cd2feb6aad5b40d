"""What no experiment can be judged by, and what somebody may not see of one."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import UserError
from data.model import Scope
from data.store.store import Store
from kpi.experiment import NotTold, planned, studied
from kpi.experiment.asking import series
from kpi.experiment.draft import checked
from tests.oracle.experiment.small import DESIGN, FIRST, TABLE, asking, entered, lines, split
from tests.unit.store.files import load


def test_a_scope_shows_its_rows_only(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    lead = Scope("lead", None, (("ad_id", ("a1", "b1")),))
    got = series(asking(store, scope=lead), DESIGN, "contacts", DESIGN.end)
    assert got.arms.a.above.sum() == split(TABLE, ["a1"], FIRST, DESIGN.end)["contacts"].sum()
    assert (got.arms.a.above[1] == 0).all()


@pytest.mark.parametrize(
    ("kpi", "dimension", "why"),
    [
        ("utilisation", "ad_id", "no better side"),
        ("enps", "account", "staff"),
        ("contacts", "employee", "does not tell it"),
        ("revenue", "account", "no file has yet"),
        ("headcount", "account", "does not follow from days"),
    ],
)
def test_what_no_experiment_can_be_judged_by(store: Store, tmp_path: Path, kpi: str, dimension: str, why: str) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    with pytest.raises(NotTold, match=why):
        checked(asking(store), replace(DESIGN, kpi=kpi, dimension=dimension, guards=()))


def test_a_median_is_no_sum(store: Store, tmp_path: Path) -> None:
    rows = ["order_id,created_at,finished_at,status,branch"]
    rows += [f"{n},2026-09-{1 + n % 28:02} 10:00,2026-09-{1 + n % 28:02} 12:00,done,{'NS'[n % 2]}" for n in range(60)]
    load(store, tmp_path, "orders.csv", "orders", rows)
    design = replace(DESIGN, kpi="lead_time_hours", dimension="branch", a=("N",), b=("S",), guards=())
    with pytest.raises(NotTold, match="neither a sum nor a ratio"):
        planned(asking(store), design)


def test_a_member_nobody_knows(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    with pytest.raises(UserError, match="Not in the data: b7"):
        checked(asking(store), replace(DESIGN, b=("b1", "b7")))


def test_who_may_see_no_money_sees_none(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, "ads.csv", "ads", lines(TABLE))
    design = replace(DESIGN, worth=500.0)
    assert studied(asking(store), entered(design)).money is not None
    found = studied(asking(store, scope=Scope("viewer", money="hidden")), entered(design))
    assert found.verdict == "b"
    assert (found.money, found.worth) == (None, None)
    (guard,) = found.guards
    assert guard.found is None
    assert guard.silent is not None


def test_two_spellings_of_one_person_are_not_two_arms(store: Store, tmp_path: Path) -> None:
    rows = ["order_id,created_at,finished_at,status,revenue,employee"]
    names = ("Anna Kotova", "Anna Kotowa", "Boris")
    rows += [
        f"{n},{FIRST + timedelta(days=n // 3)},{FIRST + timedelta(days=n // 3)},done,{900 + n % 70},{names[n % 3]}"
        for n in range(300)
    ]
    load(store, tmp_path, "orders.csv", "orders", rows)
    design = replace(
        DESIGN, kpi="average_ticket", dimension="employee", a=("Anna Kotova",), b=("Anna Kotowa", "Boris"), guards=()
    )
    assert studied(asking(store), entered(design)).silent is None
    store.merge_people("Anna Kotova", ["Anna Kotowa"])
    found = studied(asking(store), entered(design))
    assert "In both arms at once: Anna Kotova" in str(found.silent)
    apart = studied(asking(store), entered(replace(design, a=("Anna Kotowa",), b=("Boris",))))
    assert apart.main is not None
    assert apart.main.series.rows[0].sum() == 200
