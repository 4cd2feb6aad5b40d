"""What the clockwork does about reports and whatever else goes out: write down what has come up, send what waits.

Invariant: safe to call at once from the app's clock, a page and a command: what is written down is there once, and what
is sent is claimed first.
"""

import time
from collections import Counter
from datetime import datetime

from data.store.entries.delivery import State
from data.store.store import Store
from kpi.delivery.occasions import write_down
from kpi.delivery.sending import Round

SECONDS = 45.0
"""How long one look of the clockwork may send: whatever comes after it has its turn within the minute."""


def deliver(store: Store, now: datetime) -> None:
    """What is due, for at most so long; the rest waits for the next minute."""
    until = time.monotonic() + SECONDS
    write_down(store, now)
    Round(store).send_all(lambda: time.monotonic() > until)


def deliver_all(store: Store, now: datetime) -> Counter[State]:
    """What is due, to its end; how many came to which state."""
    write_down(store, now)
    return Round(store).send_all()
