"""The clockwork: what is due is done, once a minute, business by business.

Invariant: a piece of work that fails keeps no other from being done; its error is logged whole under a number, and the
workspace remembers since when it fails. Of several processes on one workspace one is at a piece of work at a time.
Works are told the moment in UTC, and write as the program itself.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from data.collect.due import work as collect
from data.store.store import Store
from data.store.zone import instant
from kpi.delivery.alerting import alert
from kpi.delivery.greeting import listen
from kpi.delivery.running import deliver

Work = Callable[[Store, datetime], None]
"""Does what is due in a workspace at a moment (UTC); called again a minute later, whatever it did."""

WORKS: tuple[tuple[str, Work], ...] = (
    ("collection", collect),
    ("alerts", alert),
    ("greeting", listen),
    ("delivery", deliver),
)
"""Code of the work → the work, in the order they are done: what brings data first, what tells of them last."""

_log = logging.getLogger("kpi.due")


def run_due(store: Store, works: Sequence[tuple[str, Work]] = WORKS) -> tuple[str, ...]:
    """Do all that is due now; the codes of what failed."""
    return tuple(name for name, work in works if not _done(store, name, work))


def _done(store: Store, name: str, work: Work) -> bool:
    try:
        with store.gate.itself(), store.entries.clockwork.only(name) as mine:
            if mine:  # else whoever has it looks again in a minute
                work(store, instant(store.clock))
                store.entries.clockwork.works(name)
    except Exception:  # whatever it is: the others are done all the same
        number = secrets.token_hex(4)
        _log.exception("error %s in what is due: %s", number, name)
        store.entries.clockwork.failed(name, number)
        return False
    return True
