"""Targets as people entered them, as the evaluator judges by them."""

from data.store.entries.targets import TargetRow
from data.store.store import Store
from kpi.model import Target
from kpi.targets import TargetBook


def target_book(store: Store) -> TargetBook:
    """Every target that was set, before those of the catalogue."""
    return TargetBook(
        tuple(as_target(row) for row in store.entries.targets() if row.is_set), version=store.entries.version
    )


def as_target(row: TargetRow) -> Target:
    """One target that was set."""
    sides = (row.good_low, row.good_high, row.ok_low, row.ok_high)
    return Target(*sides, row.kpi, row.valid_from, row.valid_to, row.scope, row.source)
