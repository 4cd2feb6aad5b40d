"""Alerts as they stand in the journal, made up."""

from dataclasses import replace
from datetime import datetime

from data.store.entries.alerts import Noted

MONDAY = datetime(2026, 11, 23, 12)


def noted(**cells: object) -> Noted:
    """An alert found on Monday, of size 1."""
    whole = Noted(
        1, 1, "", "signal", "rework_rate", "[]", "", '{"since": "2026-10-01", "until": "2026-10-31", "value": 8.0, '
        '"against": 4.0, "unit": "percent", "said": {}}', 1.0, MONDAY, MONDAY, None, "", None, None,
    )  # fmt: skip
    return replace(whole, **cells)  # type: ignore[arg-type]
