"""The demo business in a workspace: in with one call, out with one.

Invariant: it comes as ordinary imports whose source is «demo», beside whatever else is loaded; taking it out undoes
exactly these and removes exactly the targets, goals and key KPIs that came with it. A load that fails leaves nothing.
"""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from data.demo import wishes
from data.demo.business import SEED, generate
from data.ingest.column_map import ColumnMap, Mapping
from data.ingest.staged import ImportOptions
from data.message import Message, say
from data.model import IngestReport
from data.schema.loader import fact
from data.store.ledger import LedgerEntry
from data.store.store import Store

LABEL = "demo"
"""The source that the demo's imports are known by."""
Progress = Callable[[Message, float], None]
"""Told the stage and how much is done, 0…1."""


def is_loaded(store: Store) -> bool:
    """Whether the demo is in the workspace."""
    return bool(_imports(store))


def load(
    store: Store, progress: Progress = lambda _stage, _share: None, *, until: date | None = None, seed: int = SEED
) -> tuple[IngestReport, ...]:
    """Put the demo in: two years up to `until`, or to yesterday by the store's clock. Loaded already: nothing."""
    if is_loaded(store):
        return ()
    last = until or store.clock().date() - timedelta(days=1)
    progress(say("Inventing the example business"), 0.0)
    facts = generate(seed, last)
    whole = False
    try:
        with tempfile.TemporaryDirectory() as folder:
            reports = tuple(
                report
                for number, (name, frame) in enumerate(facts.items())
                for report in _publish(store, name, frame, Path(folder), progress, 0.2 + 0.8 * number / len(facts))
            )
        wishes.enter(store.entries, last)
        whole = True
    finally:
        if not whole:
            remove(store)
    return reports


def remove(store: Store) -> None:
    """Take the demo out. Nothing else is touched."""
    for entry in _imports(store):
        store.undo(entry.import_id)
    wishes.withdraw(store.entries)


def _imports(store: Store) -> tuple[LedgerEntry, ...]:
    """Imports of the demo that count, the latest first."""
    return tuple(entry for entry in store.imports() if entry.options.source == LABEL and not entry.undone)


def _publish(
    store: Store, name: str, frame: pd.DataFrame, folder: Path, progress: Progress, share: float
) -> tuple[IngestReport, ...]:
    progress(say("Loading {fact}", fact=say(fact(name).title)), share)
    path = folder / f"demo-{name}.csv"
    frame.to_csv(path, index=False, encoding="utf-8")
    return store.publish(path, [_mapping(name, frame)], ImportOptions(source=LABEL))


def _mapping(name: str, frame: pd.DataFrame) -> Mapping:
    """Every column is called as in the schema."""
    return Mapping(name, tuple(ColumnMap(column, column) for column in frame.columns))
