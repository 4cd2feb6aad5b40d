"""The audit the demo's owner kept half a year ago, when most was still to be done.

Invariant: what hindered then are the counts of `pains`; which points were in place is what a beginner has.
"""

import math
from datetime import date, timedelta
from typing import Any

from data.demo.pains import ASKED, BEFORE

AGO = 182
"""Days from the end of the history."""
NAME = "Отправная точка"
IN_PLACE: dict[str, dict[str, str | None]] = {
    "data": {"something_loaded": "4", "three_facts": "4", "fresh": "", "four_areas": None, "half_computable": None},
    "kpis": {"goals": "2", "key_kpis": None, "key_computable": None, "goals_served": None, "balanced": None},
    "targets": {"own_target": "2", "key_targets": None, "own_half": None, "judged": None, "team_targets": None},
    "monitoring": {"looked_at": None, "looked_at_half": None, "loaded_monthly": None, "marked": None},
    "motivation": {
        "personal_target": None, "personal_half": None, "bonus_scheme": None, "bonus_approved": None,
        "personal_links": None, "links_opened": None,
    },
    "review": {
        "staff_asked": "", "clients_asked": "", "targets_reviewed": None, "audited": None, "audited_again": None,
    },
}  # fmt: skip
"""Step → condition → its figure; None: it was not in place."""
Z = 1.959964


def kept(until: date) -> tuple[str, date, dict[str, Any]]:
    """Name, day and body of the audit."""
    day = until - timedelta(days=AGO)
    steps = [
        {"id": step, "checks": [{"id": id_, "met": figure is not None, "figure": figure or ""}
                                for id_, figure in checks.items()]}
        for step, checks in IN_PLACE.items()
    ]  # fmt: skip
    return NAME, day, {"day": day.isoformat(), "steps": steps, "pains": _pains()}


def _pains() -> list[dict[str, Any]]:
    assert BEFORE > AGO
    return [
        {"audience": asked.audience, "theme": "", "text": text, "people": asked.people, **_share(count, asked.people)}
        for asked in ASKED
        for text, count, _ in sorted(asked.hindered, key=lambda one: -one[1])
    ]


def _share(count: int, n: int) -> dict[str, float]:
    """A share in percent with its Wilson interval."""
    p, scale = count / n, 1 + Z**2 / n
    centre, reach = (p + Z**2 / (2 * n)) / scale, Z / scale * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return {"share": 100 * p, "low": 100 * (centre - reach), "high": 100 * (centre + reach)}
