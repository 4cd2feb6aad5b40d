"""How the sources stand, in words."""

from datetime import datetime

from data.collect.kinds import KINDS
from data.store.entries.collect import Connection, Standing
from kpi.language import Language
from pages._ui.session import View

EVERY = ("15m", "30m", "1h", "3h", "6h", "1d", "07:30")
"""Rhythms that the form offers."""


def told(view: View) -> str:
    """The sentence of the page."""
    t, found = view.language.t, view.store.entries.connections.all()
    if not found:
        return t("Connect a sheet, a mailbox, a folder or a service once, and its data come by themselves.")
    standings = {one.id: view.store.entries.standings.of(one.id) for one in found}
    failing = [one for one in found if standings[one.id].failing_since is not None]
    if len(failing) == 1:
        since = moment(view.language, standings[failing[0].id].failing_since)
        return t("«{name}» has not answered since {since}.", name=failing[0].name, since=since)
    if failing:
        return view.language.tn("{n} source does not answer.", "{n} sources do not answer.", len(failing))
    return view.language.tn("{n} source brings data by itself.", "{n} sources bring data by themselves.", len(found))


def moment(language: Language, at: datetime | None) -> str:
    """A day and a time."""
    return f"{language.day(at.date())}, {at:%H:%M}" if at is not None else ""


def every(language: Language, rhythm: str) -> str:
    """A rhythm in words."""
    if ":" in rhythm:
        return language.t("daily at {time}", time=rhythm)
    number, unit = int(rhythm[:-1]), rhythm[-1]
    if number == 1 and unit in "hd":
        return language.t("every hour") if unit == "h" else language.t("every day")
    if unit == "m":
        return language.tn("every {n} minute", "every {n} minutes", number)
    if unit == "h":
        return language.tn("every {n} hour", "every {n} hours", number)
    return language.tn("every {n} day", "every {n} days", number)


def kind_of(language: Language, connection: Connection) -> str:
    """What kind of source it is."""
    kind = KINDS.get(connection.kind)
    return language.render(kind.title) if kind is not None else connection.kind


def is_asked(connection: Connection) -> bool:
    """Whether it is asked; else others send to it."""
    kind = KINDS.get(connection.kind)
    return kind is not None and kind.is_asked


def course(language: Language, connection: Connection, standing: Standing) -> str:
    """When it is asked, when it brought something, when it is asked next."""
    t, parts = language.t, []
    if is_asked(connection):
        parts.append(t("paused") if connection.is_paused else every(language, connection.rhythm))
    came = moment(language, standing.came_at)
    parts.append(t("last brought something {at}", at=came) if came else t("has brought nothing yet"))
    if is_asked(connection) and not connection.is_paused and standing.next_at is not None:
        parts.append(t("next {at}", at=moment(language, standing.next_at)))
    return " · ".join(parts)
