"""Which KPIs stand on the overview.

Invariant: what a person chose is shown in their order; only where nothing was chosen, `kpi.key` chooses.
"""

from kpi.key import automatic
from pages._ui import board, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View


def chosen(view: View) -> tuple[str, ...]:
    """Ids a person chose, in their order; empty when nobody did."""
    return session.kept(view, "key kpis", lambda: tuple(entry.kpi for entry in view.store.entries.key_kpis()))


def shown(view: View, filters: Filters) -> tuple[Figure, ...]:
    """The figures of the overview: of what was chosen and can be computed here, else of the automatic choice."""
    possible = {kpi.id: kpi for kpi in session.computable(view)}
    picked = [possible[name] for name in chosen(view) if name in possible]
    if picked:
        return board.figures(view, picked, filters)
    found = board.figures(view, automatic(tuple(possible.values())), filters)
    return tuple(figure for figure in found if figure.value is not None) or found
