"""Whether there is anything new to be found.

Invariant: equal texts mean the same data, targets, KPIs, day and rule, hence the same alerts.
"""

import hashlib
from collections.abc import Iterator

from data.store.entries.alerts import AlertRule
from data.store.store import Store
from kpi.custom.joined import catalogue_of


def state(store: Store, rule: AlertRule, whose: tuple[str, ...]) -> str:
    """What a look depends on. `whose`: the rights it is done for."""
    entries = store.entries
    looked_for = (sorted(rule.kinds), rule.kpis, rule.dimensions, rule.worst_rating)
    parts = (
        store.data_version, store.clock().date(), looked_for, whose, entries.key_kpis(), entries.target_steps(),
        entries.marks.all(), entries.settings.get("closed_days"), entries.settings.get("health_seen"),
        catalogue_of(store).version, *_sources(store),
    )  # fmt: skip
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def _sources(store: Store) -> Iterator[object]:
    """What of the sources makes an alert: which fail, which are given up for now, which files wait."""
    entries = store.entries
    for connection in entries.connections.all():
        standing = entries.standings.of(connection.id)
        yield connection.id, connection.is_paused, standing.failing_since, standing.is_stopped
    yield [one.id for one in entries.arrivals.standing(None, "waiting", "refused")]
