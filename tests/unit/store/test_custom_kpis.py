"""KPIs people defined are kept with every version; nothing is ever lost by a change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from data.errors import UnknownName
from data.store.entries import CustomKpi, Entries

NOW = datetime(2026, 11, 23, 12)
BIG = CustomKpi(
    "own_big", "Big jobs", "How many?", "share(revenue > 5)", "finance", "percent", "higher", good_low=40.5,
    min_rows=10, slice_by=("branch", "team"),
)  # fmt: skip


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Entries]:
    made = Entries(tmp_path / "app.sqlite", lambda: NOW)
    yield made
    made.close()


def test_what_was_entered_reads_back_and_counts_as_an_entry(entries: Entries) -> None:
    before = entries.version
    entries.custom_kpis.enter(BIG)
    assert entries.custom_kpis.all() == (BIG,)
    assert entries.version == before + 1


def test_the_order_is_that_of_defining_whatever_is_changed_later(entries: Entries) -> None:
    kpis = entries.custom_kpis
    for name in ("own_a", "own_b"):
        kpis.enter(replace(BIG, kpi=name))
    kpis.enter(replace(BIG, kpi="own_a", title="Other"))
    assert [(one.kpi, one.title) for one in kpis.all()] == [("own_a", "Other"), ("own_b", "Big jobs")]


def test_removal_is_a_version_and_so_is_coming_back(entries: Entries) -> None:
    kpis = entries.custom_kpis
    first = kpis.enter(BIG)
    kpis.remove("own_big")
    assert kpis.all() == ()
    assert [one.wording for one in kpis.removed()] == [BIG]
    kpis.enter(kpis.version(first).wording)
    assert kpis.all() == (BIG,)
    assert kpis.removed() == ()
    assert [one.is_removed for one in kpis.versions("own_big")] == [False, True, False]
    assert {one.at for one in kpis.versions("own_big")} == {NOW}
    assert kpis.ids() == {"own_big"}


def test_what_is_not_there_is_said(entries: Entries) -> None:
    for wrong in (lambda: entries.custom_kpis.remove("own_x"), lambda: entries.custom_kpis.version(5)):
        with pytest.raises(UnknownName):
            wrong()
