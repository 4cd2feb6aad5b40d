"""Entering a schedule, if it can ever go out; sending it at once; taking it away.

Invariant: a schedule that is kept has somebody it goes to by a channel that reaches them, and is about something there
is.
"""

from data.access.reader import Reader
from data.errors import UserError
from data.message import say
from data.store.entries import NewDelivery, NewSchedule, Schedule
from data.store.entries.delivery.schedules import EVERYONE
from data.store.store import Store
from data.store.zone import instant, zone_of
from kpi.delivery.kinds import kind_of
from kpi.delivery.occasions import meant
from kpi.report.composing import subject_of


def enter(store: Store, new: NewSchedule) -> int:
    """Keep a schedule; its number. `UserError` where it could never go out."""
    entry = store.entries.channels.get(new.channel)
    if entry is None:
        raise UserError(say("Choose by which channel it goes out."))
    is_place = kind_of(entry.kind).reach == "place"
    if not is_place and new.audience.is_empty:
        raise UserError(say("Choose who gets it."))
    subject = new.wanted.subject
    if subject == EVERYONE and not is_place:
        raise UserError(
            say("A report for each employee goes into a folder or to a web address."),
            hint=say("People with an account get their own part by mail anyway."),
        )
    if subject and subject != EVERYONE:
        dimension, _, member = subject.partition("=")
        subject_of(Reader(store), dimension, member)
    return store.entries.schedules.add(new, instant(store.clock))


def send_now(store: Store, schedule: Schedule) -> tuple[int, ...]:
    """Have it go out now, beside its times; numbers of the deliveries. `UserError` where nobody is there to get it."""
    now, whom = instant(store.clock), meant(store, schedule)
    if not whom:
        raise UserError(say("Nobody is there to get it."))
    store.gate.require("owner", "deliveries")
    occasion = now.astimezone(zone_of(store.entries.settings)).isoformat(timespec="seconds")
    return store.entries.deliveries.put(
        *(NewDelivery("report", schedule.source, occasion, one.key, schedule.channel, one.name, now) for one in whom)
    )


def take_away(store: Store, schedule: Schedule) -> None:
    """Nothing of it comes up any more, and what waits of it is called off."""
    store.entries.schedules.remove(schedule.id, instant(store.clock))
    store.entries.deliveries.withdraw(schedule.source)
