"""What the page of people asks: everybody's month, and one person's.

Invariant: a person's page asks within its Reader; the team's figures on it are the one thing asked beyond, and only
figures over at least five people come back (`kpi.people.scorecard.Beside`).
"""

from dataclasses import replace
from datetime import date

from data.access.reader import Reader
from data.access.visitor import own_name, personal
from data.model import OWNER
from kpi.people import scorecard
from kpi.people.asking import Asking
from kpi.people.scorecard import Beside, Month
from pages._ui import address, key_kpis, session
from pages._ui.session import View

RANKING = "people_ranking"
"""The setting that lets names stand in the order of their values."""


def asking(view: View) -> Asking:
    """Where a page's answers come from."""
    return Asking(view.reader, view.kpis, view.targets, key_kpis.chosen(view))


def everybody(view: View, first: date) -> Month:
    """Everybody within the scope in the month that begins on `first`."""
    key = key_kpis.chosen(view)
    return session.kept(view, ("people", first, key), lambda: scorecard.month(asking(view), first))


def beside(view: View, name: str, first: date) -> Beside:
    """The team's figures for one person's page: told to that person over all, never over few; to anybody else over the
    people they see."""
    scope, whole = view.reader.scope, view
    private = scope == personal(own_name(scope) or "")
    if private:
        whole = replace(view, reader=Reader(view.store, OWNER), targets=session.targets(view.store))
    question = ("beside", name, first, private, key_kpis.chosen(view))
    return session.kept(whole, question, lambda: scorecard.beside(everybody(whole, first), name, private=private))


def months(view: View) -> tuple[date, date]:
    """The first and the latest month there is anything of."""
    found = scorecard.months_of(view.reader)
    this = view.today.replace(day=1)
    return found or (this, this)


def month(view: View) -> date:
    """The month of the address, else the last complete one."""
    first, last = months(view)
    asked = address.one("month")
    try:
        chosen = date.fromisoformat(f"{asked}-01") if asked else None
    except ValueError:
        chosen = None
    if chosen is not None and first <= chosen <= last:
        return chosen
    return scorecard.latest(view.reader) or last


def ranks(view: View) -> bool:
    """Whether the owner lets people be compared by place."""
    return bool(view.store.entries.settings.get(RANKING, False))
