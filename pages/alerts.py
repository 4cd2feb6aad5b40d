"""Alerts: what somebody has to know now, whom it is told and how, and what was told before."""

from pages._ui import frame
from pages._ui.alerts import journal, rules, standing
from pages._ui.session import View


def alerts(view: View) -> None:
    """One sentence, what is open, whom it is told, what was."""
    rules.look_now(view)
    found = standing.found(view)
    frame.headline(standing.sentence(view, found))
    standing.show(view, found)
    if view.may("owner"):
        rules.show(view)
        standing.preview(view)
    journal.show(view)


frame.show(alerts)
