"""Targets: the goals, the key KPIs that serve them, the numbers that judge, and who changed them."""

from pages._ui import frame, key_kpis
from pages._ui.goals import steps
from pages._ui.session import View


def targets(view: View) -> None:
    """From what the business wants to the number that says whether it got there, one step at a time."""
    n, goals_set = len(key_kpis.chosen(view)), len(view.store.entries.goals())
    t, tn = view.language.t, view.language.tn
    text = t("The overview chooses its KPIs by itself until you choose them here.")
    if n:
        text = tn("{n} key KPI serves {goals} goals.", "{n} key KPIs serve {goals} goals.", n, goals=goals_set)
    frame.headline(text)
    steps.show(view)


frame.show(targets)
