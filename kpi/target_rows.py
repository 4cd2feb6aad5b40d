"""Targets as people entered them, as the evaluator judges by them."""

from collections.abc import Mapping
from dataclasses import replace

from data.store.entries.merges import as_read
from data.store.entries.targets import TargetRow
from data.store.store import Store
from kpi.model import Target
from kpi.targets import TargetBook


def target_book(store: Store) -> TargetBook:
    """Every target that was set, before those of the catalogue; a person's under the name they are known by."""
    names = store.entries.merges.names()
    rows = (as_target(row) for row in store.entries.targets() if row.is_set)
    return TargetBook(tuple(_by_name(target, names) for target in rows), version=store.entries.version)


def _by_name(target: Target, names: Mapping[str, str]) -> Target:
    if target.scope is None or target.scope[0] != "employee":
        return target
    return replace(target, scope=("employee", as_read(names, target.scope[1])))


def as_target(row: TargetRow) -> Target:
    """One target that was set."""
    sides = (row.good_low, row.good_high, row.ok_low, row.ok_high)
    return Target(*sides, row.kpi, row.valid_from, row.valid_to, row.scope, row.source)
