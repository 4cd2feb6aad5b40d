"""Events on a KPI's charts: which kinds are shown, and the flags they become.

Invariant: what falls into one step of a trend is one flag. Holidays are shown of themselves only where steps are days
or weeks, for every month has one.
"""

from collections.abc import Collection
from datetime import date
from itertools import groupby

import pandas as pd

from data.store.entries.marks import KINDS
from kpi import events
from kpi.charts import Flag
from kpi.events import ALL_KINDS, HIRED, HOLIDAY, Event
from kpi.model import Grain
from pages._ui import filters, period, session
from pages._ui.board import Figure
from pages._ui.filters import Filters
from pages._ui.session import View

NONE = "none"
"""What the address says where no event is wanted."""
TOLD = 5
"""Events that a flag tells one by one; more are counted."""


def kinds(chosen: Filters) -> tuple[str, ...]:
    """The kinds that are shown: those asked for, else the usual ones."""
    asked = chosen.events
    return tuple(kind for kind in ALL_KINDS if kind in asked) if asked else usual(chosen.grain)


def usual(grain: Grain) -> tuple[str, ...]:
    """The kinds that are shown of themselves."""
    return ALL_KINDS if grain in ("day", "week") else tuple(kind for kind in ALL_KINDS if kind != HOLIDAY)


def kind_name(view: View, kind: str) -> str:
    """The words of a kind."""
    t = view.language.t
    return {
        "process_change": t("Change of process"), "promotion": t("Promotion"), "staff": t("Staff"),
        "price": t("Price"), "other": t("Other"), HIRED: t("New staff"), HOLIDAY: t("Holidays"),
    }[kind]  # fmt: skip


def flags(view: View, figure: Figure, chosen: Filters, rows: pd.DataFrame, wanted: Collection[str]) -> tuple[Flag, ...]:
    """The events of these kinds in the periods of a trend's rows, one flag a period."""
    if rows.empty or not wanted:
        return ()
    since, until = rows["period"].min().date(), rows["period_end"].max().date()
    found = sorted(_events(view, figure, chosen, since, until, wanted), key=lambda event: event.day)
    steps = groupby(found, key=lambda event: period.start_of(max(event.day, since), chosen.grain))
    return tuple(_flag(view, first, list(run)) for first, run in steps)


def _events(
    view: View, figure: Figure, chosen: Filters, since: date, until: date, wanted: Collection[str]
) -> list[Event]:
    found = list(events.marked(view.marks(), figure.kpi.id, chosen.where, wanted))
    if HIRED in wanted:
        found += session.kept(
            view, ("hired", since, until, chosen.where), lambda: events.hired(view.reader, since, until, chosen.where)
        )
    if HOLIDAY in wanted:
        found += events.holidays(since, until)
    return [event for event in found if event.until >= since and event.day <= until]


def _flag(view: View, first: date, found: list[Event]) -> Flag:
    texts = [told(view, event) for event in found[:TOLD]]
    if len(found) > TOLD:
        texts.append(view.language.tn("and {n} more", "and {n} more", len(found) - TOLD))
    return Flag(pd.Timestamp(first), tuple(dict.fromkeys(event.kind for event in found)), "; ".join(texts))


def told(view: View, event: Event) -> str:
    """«5 Oct: discount on brakes (Branch: North)»."""
    words = view.language
    days = words.day(event.day) if event.day == event.until else f"{words.day(event.day)} – {words.day(event.until)}"
    title = event.title if isinstance(event.title, str) else words.render(event.title)
    about = ""
    if event.scope is not None and event.kind in KINDS:
        about = f" ({filters.dimension_name(view, event.scope[0])}: {event.scope[1]})"
    return f"{days}: {title}{about}"
