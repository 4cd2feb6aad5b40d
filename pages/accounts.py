"""Accounts: which of them brings contacts and clients at what price, whom it brings, and where they take from each
other."""

from kpi.accounts import NothingToCompare
from pages._ui import address, filters, frame
from pages._ui.accounts import asked, clients, comparing, segments
from pages._ui.session import View


def accounts(view: View) -> None:
    """The tab of the address, else the comparison; a sentence where there is nothing to compare."""
    chosen = filters.chosen(view)
    tab = address.one("tab", asked.TABS)
    try:
        if tab == "segments":
            segments.show(view, chosen)
        elif tab == "clients":
            clients.show(view, chosen)
        else:
            comparing.show(view, chosen)
    except NothingToCompare as nothing:
        filters.row(view, chosen)
        frame.headline(view.language.render(nothing.title))
        frame.quiet(view.language.render(nothing.hint or nothing.title))


frame.show(accounts)
