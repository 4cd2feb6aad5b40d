"""Looks for alerts and tells them, and is killed at a stage: `teller.py WORKSPACE STAGE` (none: to the end)."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.store.entries.alerts.journal import Journal
from data.store.entries.alerts.looks import Looks
from data.store.entries.alerts.messages import Messages
from data.store.entries.delivery import Deliveries
from data.store.store import Store
from kpi.delivery.alerting import told_now
from tests.sturdy.files import clock

STAGES: dict[str, tuple[type, str]] = {
    "noted": (Journal, "note"), "looked": (Looks, "note"), "put together": (Messages, "make"),
    "on its way": (Deliveries, "put"), "claimed": (Deliveries, "claim"), "sent": (Deliveries, "sent"),
}  # fmt: skip
"""Stage → what has just been done when the process is killed."""


def kill_after(owner: type, name: str) -> None:
    """The first time it is done is the last."""
    real: Callable[..., Any] = getattr(owner, name)

    def done(*parts: Any, **more: Any) -> None:
        real(*parts, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, done)


def main() -> None:
    """Tell, as far as it gets."""
    workspace, stage = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    if stage:
        kill_after(*STAGES[stage])
    with Store.open(Path(workspace), clock) as store:
        told_now(store)


if __name__ == "__main__":
    main()
