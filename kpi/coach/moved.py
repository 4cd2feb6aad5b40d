"""Whether a KPI has told anything lately.

Invariant: «it did not move» is only said where there is history enough to know how it moves by itself.
"""

from collections.abc import Sequence

from kpi.signals import is_change

QUARTER = 3
"""Months that are looked at."""


def has_moved(months: Sequence[float]) -> bool | None:
    """Whether one of the last three months left the natural limits of the months before them.

    `months`: complete ones, in time order. None: too short a history to say.
    """
    before, last = months[:-QUARTER], months[-QUARTER:]
    seen = [is_change(before, value) for value in last]
    return None if len(last) < QUARTER or None in seen else any(seen)
