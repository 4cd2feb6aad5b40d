"""Which KPIs are key where nobody chose any.

Invariant: the choice is even over the four areas of the business, and only among what can be computed.
"""

from collections.abc import Sequence

from data.store.entries import KeyKpi
from kpi.model import Kpi

GROUPS = ("quality", "operations", "finance", "team")
"""The four groups a balanced choice covers."""

PREFERRED = (
    "first_time_right", "rating", "conformity_rate", "nps", "complaint_rate",
    "no_show_rate", "on_time_rate", "utilisation", "responded_in_15_min", "orders_done", "lead_time_hours",
    "revenue", "average_ticket", "gross_margin", "retention_90", "addon_share", "cost_per_contact", "operating_profit",
    "enps", "turnover", "training_coverage", "engagement", "ideas_implemented",
)  # fmt: skip
"""What is preferred inside an area."""

MOST = 9
"""Key KPIs that stay in mind."""

FEWEST = 3
"""KPIs a page needs to say anything."""

AUTOMATIC = 8
"""KPIs chosen automatically."""


def key(chosen: Sequence[KeyKpi], possible: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """What a person chose and can be computed, in their order; else the automatic choice."""
    known = {kpi.id: kpi for kpi in possible}
    return tuple(known[entry.kpi] for entry in chosen if entry.kpi in known) or automatic(possible)


def automatic(possible: Sequence[Kpi]) -> tuple[Kpi, ...]:
    """An even choice over the areas: one from each in turn, the preferred first; others only where those are few."""
    queues = [_ranked(possible, area) for area in GROUPS]
    turns = [queue[turn] for turn in range(AUTOMATIC) for queue in queues if turn < len(queue)]
    picked = (
        turns[:AUTOMATIC] if len(turns) >= FEWEST else [*turns, *(k for k in possible if k not in turns)][:AUTOMATIC]
    )
    return tuple(sorted(picked, key=lambda kpi: GROUPS.index(kpi.area) if kpi.area in GROUPS else len(GROUPS)))


def _ranked(possible: Sequence[Kpi], area: str) -> list[Kpi]:
    mine = [kpi for kpi in possible if kpi.area == area and kpi.id in PREFERRED]
    return sorted(mine, key=lambda kpi: PREFERRED.index(kpi.id))
