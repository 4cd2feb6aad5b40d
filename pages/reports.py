"""Reports: the week's or month's figures of the business, a part of it or one person, as they are read and sent."""

from pages._ui import frame
from pages._ui.reports import channels, log, schedule, single, tabs
from pages._ui.session import View

SHOWS = {"report": single.show, "schedule": schedule.show, "log": log.show, "channels": channels.show}


def reports(view: View) -> None:
    """One of its parts."""
    part = tabs.chosen(view)
    tabs.show(view, part)
    SHOWS[part](view)


frame.show(reports)
