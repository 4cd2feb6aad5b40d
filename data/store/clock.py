"""Where «now» comes from.

Invariant: nothing in the store reads the wall clock but through a `Clock`, so tests choose the day.
"""

import os
from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Answers the current local time, without a zone."""


def system_clock() -> datetime:
    """The local time; the environment variable KPI_NOW (ISO) overrides it."""
    fixed = os.environ.get("KPI_NOW")
    return datetime.fromisoformat(fixed) if fixed else datetime.now()
