"""The chance of a target in the running month, by the forecast."""

from datetime import date

from kpi.attainability.reach import of_whom
from kpi.forecast import Asker, Forecast, chance_of_meeting
from kpi.model import Bounds
from kpi.watch import Look, Watched

ENOUGH = 8
"""Outcomes of a forecast from which on it gives a chance."""
Scope = tuple[str, str] | None


def forecast(look: Look, scope: Scope, today: date) -> Forecast | None:
    """What the look's first KPI comes to this month, of whom a target is for; None: nothing can be foretold."""
    where = ((scope[0], (scope[1],)),) if scope else ()
    return Asker(look.reader, look.catalogue, look.targets, today, where).told(look.kpis[0], "month").forecast


def months(look: Look, scope: Scope, today: date) -> tuple[Watched | None, Forecast | None]:
    """The complete months of whom a target is for, and the forecast of the running one."""
    w = of_whom(look, scope)
    return w, forecast(look, scope, today) if w is not None and w.days else None


def chance(found: Forecast | None, bounds: Bounds) -> float | None:
    """The chance that the month will be good by these bounds; None: no forecast, or none with misses enough to tell."""
    if found is None or (len(found.outcomes) < ENOUGH and not found.is_over):
        return None
    return chance_of_meeting(found, bounds)
