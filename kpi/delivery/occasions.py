"""What schedules ask for, written down as deliveries when its time has come.

Invariant: an occasion is written down once, for everybody who is meant at that moment, in the same transaction that
remembers it was. Of the occasions nobody could see to, the latest goes out while it is not too late; the others are
listed as missed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from data.access.reader import Reader
from data.message import Message, say
from data.store.entries import NewDelivery, Schedule
from data.store.entries.database import Writing
from data.store.entries.delivery import Schedules
from data.store.entries.delivery.schedules import EVERYONE
from data.store.store import Store
from data.store.zone import zone_of
from kpi.delivery.audience import PLACE, Recipient, recipients
from kpi.delivery.kinds import kind_of
from kpi.delivery.when import Occasion, next_occasion, occasions
from kpi.people.roster import roster

MOST_MISSED = 20
"""Occasions of one schedule that are listed as missed at once."""
EVERYBODY = "everybody"
"""The recipient of an occasion that was missed for all."""


def write_down(store: Store, now: datetime) -> None:
    """Write down what has come up, as of a moment (UTC)."""
    zone = zone_of(store.entries.settings)
    for schedule in store.entries.schedules.all():
        if schedule.paused_at is None:
            found = occasions(schedule.rhythm, zone, schedule.handled_until, now)
            if found:
                _write(store, schedule, found, now)


def next_time(store: Store, schedule: Schedule, now: datetime) -> datetime | None:
    """When it comes up next, in the zone of the business; None: it is paused."""
    zone = zone_of(store.entries.settings)
    return _next(schedule, zone, now) if schedule.paused_at is None else None


def _next(schedule: Schedule, zone: ZoneInfo, now: datetime) -> datetime:
    return next_occasion(schedule.rhythm, zone, now).at.astimezone(zone)


def _write(store: Store, schedule: Schedule, found: tuple[Occasion, ...], now: datetime) -> None:
    *before, last = found
    news = [_missed(schedule, one, say("The program was not running then.")) for one in before[-MOST_MISSED:]]
    if now - last.at > timedelta(days=schedule.wanted.late):
        news.append(_missed(schedule, last, say("The program was not running then.")))
    else:
        news.extend(_of_occasion(store, schedule, last))
    remember: partial[None] = partial(_remember, schedule.id, last.at)
    store.entries.deliveries.put(*news, then=remember)


def _remember(number: int, until: datetime, connection: Writing) -> None:
    Schedules.handled(connection, number, until)


def _of_occasion(store: Store, schedule: Schedule, occasion: Occasion) -> Iterator[NewDelivery]:
    """One for everybody who is meant."""
    everybody = meant(store, schedule)
    if not everybody:
        yield _missed(schedule, occasion, say("Nobody is there to get it."))
    for whom in everybody:
        yield NewDelivery(
            "report", schedule.source, occasion.day.isoformat(), whom.key, schedule.channel, whom.name, occasion.at
        )  # fmt: skip


def meant(store: Store, schedule: Schedule) -> tuple[Recipient, ...]:
    """Everybody a schedule sends to, as things are now."""
    entry = store.entries.channels.get(schedule.channel)
    if entry is None or kind_of(entry.kind).reach != "place":
        return recipients(store, schedule.audience)
    if schedule.wanted.subject == EVERYONE:
        reader = Reader(store)
        here = (person for person in roster(reader, store.clock().date()) if person.here)
        return tuple(Recipient(f"employee:{person.name}", person.name, reader.scope) for person in here)
    return (Recipient(PLACE, entry.name, Reader(store).scope),)


def _missed(schedule: Schedule, occasion: Occasion, reason: Message) -> NewDelivery:
    return NewDelivery(
        "report", schedule.source, occasion.day.isoformat(), EVERYBODY, schedule.channel, "", occasion.at,
        missed=reason,
    )  # fmt: skip
