"""The key KPIs before and after a change, over the days it changes."""

from datetime import date
from pathlib import Path

from data.store.entries import KeyKpi
from kpi.catalogue import catalogue
from kpi.effect import comparer
from kpi.key import GROUPS
from tests.unit.store.files import csv, load, mapping, opened

HEAD = "order_id,finished_at,status,revenue"


def test_what_an_import_does_to_the_key_kpis(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.entries.choose_key_kpis([KeyKpi("revenue", None), KeyKpi("orders_done", None), KeyKpi("rating", None)])
        load(store, tmp_path, "o.csv", "orders", [HEAD, "1,2026-09-01,done,7", "2,2026-10-01,done,10"])
        path = csv(tmp_path / "o.csv", HEAD, "1,2026-09-01,done,7", "2,2026-10-01,done,12")
        _, found = store.rehearse(path, [mapping("orders", HEAD)], None, comparer(store, catalogue()).imported)
        assert found is not None
        assert found.days == (date(2026, 10, 1), date(2026, 10, 1))
        assert [(one.kpi.id, one.before, one.after, one.changes) for one in found.kpis] == [
            ("revenue", 10.0, 12.0, True), ("orders_done", 1.0, 1.0, False),
        ]  # fmt: skip


def test_a_first_import_makes_values_of_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        path = csv(tmp_path / "o.csv", HEAD, "1,2026-09-01,done,7")
        _, found = store.rehearse(path, [mapping("orders", HEAD)], None, comparer(store, catalogue()).imported)
        assert found is not None
        values = {one.kpi.id: (one.before, one.after) for one in found.kpis}
        assert values["revenue"] == (None, 7.0)
        assert {one.kpi.area for one in found.kpis} <= {*GROUPS, "marketing"}


def test_what_an_undo_does(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        store.entries.choose_key_kpis([KeyKpi("revenue", None)])
        load(store, tmp_path, "o.csv", "orders", [HEAD, "1,2026-09-01,done,7"])
        load(store, tmp_path, "p.csv", "orders", [HEAD, "9,2026-09-02,done,3"], account="A")
        compared = comparer(store, catalogue())
        taken, found = store.rehearse_undo(2, lambda after: compared.over(None, after))
        assert (taken.gone, taken.back) == (1, 0)
        assert [(one.before, one.after) for one in found.kpis] == [(10.0, 7.0)]
