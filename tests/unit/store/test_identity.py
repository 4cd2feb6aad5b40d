"""Rows are told apart by their key, whether the keys grow from row to row, which is seen faster, or not."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from data.store import rows
from tests.unit.store.files import load, opened

IDS = (
    ("1", "2", "3", "10"), ("1", "2", "3", "3"), ("1", "2", "1", "3"), ("2", "1", "3", "2"), ("1", "01", "2", "3"),
    ("1.4", "1.6", "2.4", "2.6"), ("a1", "a2", "a2", "a3"), ("1", "2", "x", "3"), ("7", "8", "", "9"),
    ("1", "", "", "2"), ("99999999999999999998", "99999999999999999999", "99999999999999999999", "1"),
)  # fmt: skip


@pytest.mark.parametrize("ids", IDS, ids=", ".join)
@pytest.mark.parametrize("first", [1, 3, 10_000])
def test_equal_rows_count_once(ids: Sequence[str], first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "FIRST", first)
    lines = ["order_id,finished_at,status,revenue", *(f"{one},2026-10-01,done,10" for one in ids)]
    with opened(tmp_path) as store:
        (report,) = load(store, tmp_path, "orders.csv", "orders", lines)
    named = pd.Series([one for one in ids if one])
    assert report.duplicates == int(named.duplicated().sum())
    assert report.rows_out == len(ids) - report.duplicates
