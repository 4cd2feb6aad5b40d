"""An audit as it is kept, and back.

Invariant: what was kept by an earlier version can be read by a later one: a field it lacks is empty.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kpi.audit.model import Audit, Check, Key, Pain, Step


def body_of(audit: Audit) -> dict[str, Any]:
    """The audit as JSON can hold it."""
    return {**asdict(audit), "day": audit.day.isoformat()}


def audit_of(body: Mapping[str, Any]) -> Audit:
    """The audit that was kept."""
    return Audit(
        date.fromisoformat(body["day"]),
        tuple(Step(step["id"], tuple(Check(**check) for check in step["checks"])) for step in body.get("steps", ())),
        body.get("levels", {}),
        tuple(Key(**key) for key in body.get("keys", ())),
        tuple(Pain(**pain) for pain in body.get("pains", ())),
        tuple(body.get("goals_without", ())),
        tuple(Key(**key) for key in body.get("voices", ())),
    )
