"""Targets as people entered them, as the evaluator judges by them."""

from data.store.store import Store
from kpi.model import Target
from kpi.targets import TargetBook


def target_book(store: Store) -> TargetBook:
    """Every target that was set, as the screens use them."""
    return TargetBook(
        tuple(
            Target(
                row.good_low, row.good_high, row.ok_low, row.ok_high, kpi=row.kpi, valid_from=row.valid_from,
                valid_to=row.valid_to, scope=row.scope, source=row.source,
            )
            for row in store.entries.targets()
            if row.is_set
        )
    )  # fmt: skip
