"""How far a target is within reach, from the months of whom it is for.

Invariant: months are asked once for a KPI and whom; a target nobody can judge yet says nothing.
"""

from kpi.attainability import Suggestion, attainability, chance, months, suggest
from kpi.attainability import words as said
from kpi.forecast import Forecast
from kpi.model import Bounds, Kpi
from kpi.watch import Look, Watched
from pages._ui import session
from pages._ui.session import View


def _months(view: View, kpi: Kpi, scope: tuple[str, str] | None) -> tuple[Watched | None, Forecast | None]:
    """The KPI's complete months, and the forecast of the running one."""
    marks = view.marks(("process_change",))
    look = Look(view.reader, view.kpis, view.targets, (kpi.id,), marks)
    return session.kept(view, ("months", kpi.id, scope), lambda: months(look, scope, view.today))


def told(view: View, kpi: Kpi, bounds: Bounds, scope: tuple[str, str] | None) -> str:
    """«within reach: met in 14 of 24 months …»; empty where it cannot be told."""
    w, running = _months(view, kpi, scope)
    found = attainability(w, bounds, view.today.month, chance(running, bounds)) if w is not None else None
    return said.told(found, view.language) if found is not None else ""


def suggestion(view: View, kpi: Kpi) -> Suggestion | None:
    """A target of the whole business worth trying."""
    w, _ = _months(view, kpi, None)
    return suggest([reading.value for reading in w.course.readings], kpi.better) if w is not None else None
