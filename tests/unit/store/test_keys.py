"""How keys are kept, and those of a workspace of before."""

from pathlib import Path

import duckdb

from data.store.keys import KEY, kept
from tests.unit.store.files import live, load, opened

HEAD = "order_id,created_at,status,revenue"


def test_a_key_keeps_its_first_126_bits() -> None:
    with duckdb.connect() as connection:
        row = connection.execute(
            f"select {kept('340282366920938463463374607431768211455::uhugeint')}, {kept('7::uhugeint')}"
        ).fetchone()
    assert [int(key) for key in row or ()] == [2**126 - 1, 1]


def test_keys_of_a_workspace_of_before_meet_the_same_rows_again(tmp_path: Path) -> None:
    rows = [HEAD, "1,2026-10-01,done,100", "2,2026-10-02,done,200"]
    with opened(tmp_path) as store:
        load(store, tmp_path, "orders.csv", "orders", rows)
        keys = live(store, "orders", "_key")
    with duckdb.connect(str(store.workspace.database)) as old:
        wide = "cast(_key as uhugeint) << 2 | 3::uhugeint"
        old.execute(f"alter table fact_orders alter column _key set data type uhugeint using {wide}")
    with opened(tmp_path) as again:
        assert live(again, "orders", "_key") == keys
        assert live(again, "orders", "typeof(_key)") == [(KEY,)] * 2
        (report,) = load(again, tmp_path, "orders.csv", "orders", [*rows, "3,2026-10-03,done,300"])
        assert (report.rows_out, report.duplicates) == (1, 2)
