"""Schedules and deliveries in words.

Invariant: every state, rhythm and recipient has words here, so that screens and commands say the same.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from data.message import Message, say
from data.model import Role
from data.store.entries import Audience, Rhythm, Schedule, Wanted
from data.store.entries.delivery import State
from data.store.entries.delivery.schedules import EVERYONE, LAST_DAY
from data.store.store import Store
from kpi.delivery.audience import people_of
from kpi.delivery.occasions import EVERYBODY
from kpi.language import Language

STATES: Mapping[State, Message] = {
    "due": say("waiting"), "preparing": say("being made"), "sending": say("being sent"), "sent": say("sent"),
    "failed": say("not sent"), "uncertain": say("uncertain"), "missed": say("missed"), "settled": say("settled"),
}  # fmt: skip
"""State → its word."""
MARKS: Mapping[State, tuple[str, str]] = {
    "due": ("○", "no_target"), "preparing": ("○", "no_target"), "sending": ("○", "no_target"), "sent": ("●", "good"),
    "failed": ("▲", "missed"), "uncertain": ("◐", "acceptable"), "missed": ("◐", "acceptable"),
    "settled": ("●", "good"),
}  # fmt: skip
"""State → its mark, and the status whose colour it has."""
_DAYS = (
    say("on Mondays"), say("on Tuesdays"), say("on Wednesdays"), say("on Thursdays"), say("on Fridays"),
    say("on Saturdays"), say("on Sundays"),
)  # fmt: skip
_ROLES: Mapping[Role, Message] = {"owner": say("owners"), "lead": say("team leads"), "viewer": say("viewers")}


def when(rhythm: Rhythm) -> Message:
    """«по понедельникам в 9:00»."""
    at = f"{rhythm.hour}:{rhythm.minute:02}"
    if rhythm.every == "week":
        days = tuple(_DAYS[day - 1] for day in sorted(set(rhythm.weekdays)))
        return say("{days} at {time}", days=say("every day") if len(days) == 7 else days, time=at)
    if rhythm.day == LAST_DAY:
        return say("on the last day of the month at {time}", time=at)
    return say("on day {day} of the month at {time}", day=str(rhythm.day), time=at)


def moved(rhythm: Rhythm) -> Message | None:
    """What becomes of an occasion on a quiet day; None: nothing."""
    if rhythm.quiet == "holidays":
        return say("on days off it goes out on the next working day")
    return say("on weekends it goes out on Monday") if rhythm.quiet == "weekends" else None


def what(wanted: Wanted) -> Message:
    """«отчёт за прошлую неделю»."""
    if wanted.subject == EVERYONE:
        week, month = say("each employee's report on last week"), say("each employee's report on last month")
    elif wanted.subject:
        member = wanted.subject.partition("=")[2]
        week = say("report on last week, {member}", member=member)
        month = say("report on last month, {member}", member=member)
    else:
        week, month = say("report on last week"), say("report on last month")
    return week if wanted.edition == "week" else month


def named(schedule: Schedule) -> Message:
    """Its title, else what it does."""
    return _verbatim(schedule.title) if schedule.title else what(schedule.wanted)


def whom(store: Store, audience: Audience) -> tuple[str | Message, ...]:
    """Everybody who is meant: roles by their name, people by theirs."""
    with people_of(store) as (people, _):
        persons = [people.persons.get(number) for number in audience.persons]
    names = [person.name for person in persons if person is not None]
    known = {one.id: one.name for one in store.entries.addressees.all()}
    others = [known[number] for number in audience.addressees if number in known]
    return (*(_ROLES[role] for role in audience.roles), *names, *others)


def recipient_name(key: str, name: str) -> Message:
    """What a delivery's recipient is called in the log."""
    return say("everybody") if key == EVERYBODY else _verbatim(name)


def _verbatim(name: str) -> Message:
    """A person's own words, the same in every language."""
    return Message("{name}", {"name": name})


def moment(at: datetime, zone: ZoneInfo, words: Language) -> str:
    """«2 нояб., 9:00», by the clock of the business."""
    local = at.astimezone(zone)
    return f"{words.day(local.date())}, {local.hour}:{local.minute:02}"
