"""Which KPIs stand on the overview.

Invariant: what a person chose is shown in their order; only where nothing was chosen the page chooses, evenly over the
four areas of the business and only among what can be computed here.
"""

from collections.abc import Sequence

from kpi.model import Kpi
from pages._ui import board, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

MOST = 9
"""More cards than this are no longer key."""

GROUPS = ("quality", "operations", "finance", "team")
"""The four groups a balanced choice covers."""

PREFERRED = (
    "first_time_right", "rating", "conformity_rate", "nps", "complaint_rate",
    "no_show_rate", "on_time_rate", "utilisation", "responded_in_15_min", "orders_done", "lead_time_hours",
    "revenue", "average_ticket", "gross_margin", "retention_90", "addon_share", "cost_per_contact", "operating_profit",
    "enps", "turnover", "training_coverage", "engagement", "ideas_implemented",
)  # fmt: skip
"""What the page prefers inside an area, where nothing was chosen."""

FEWEST = 3
"""Cards a page needs to say anything."""

AUTOMATIC = 8
"""Cards the page chooses by itself."""


def chosen(view: View) -> tuple[str, ...]:
    """Ids a person chose, in their order; empty when nobody did."""
    return tuple(entry.kpi for entry in view.store.entries.key_kpis())


def shown(view: View, filters: Filters) -> tuple[Figure, ...]:
    """The figures of the overview: of what was chosen and can be computed here, else of the automatic choice."""
    possible = {kpi.id: kpi for kpi in session.computable(view)}
    picked = [possible[name] for name in chosen(view) if name in possible]
    if picked:
        return board.figures(view, picked, filters)
    found = board.figures(view, automatic(tuple(possible.values())), filters)
    return tuple(figure for figure in found if figure.value is not None) or found


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
