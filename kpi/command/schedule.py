"""`schedule add`, `list`, `send`, `pause`, `go-on`, `remove ID`, `zone NAME`: which reports go out when."""

import argparse
import re
from collections.abc import Sequence
from typing import Any

from data.errors import UnknownName, UserError, did_you_mean
from data.message import say, say_n
from data.store.entries import Audience, NewSchedule, Rhythm, Schedule, Wanted
from data.store.store import Store
from data.store.zone import choose_zone, instant, zone_of
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.delivery import words as told
from kpi.delivery.audience import people_of
from kpi.delivery.occasions import next_time
from kpi.delivery.scheduling import enter, send_now, take_away
from kpi.language import LANGUAGES
from kpi.report.forms import FORMS

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_ROLES = ("owner", "lead", "viewer")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("schedule", help="reports that go out by themselves")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = actions.add_parser("add", help="a new one; by default every Monday at nine, the report on last week")
    adding.add_argument("--channel", required=True, metavar="NAME")
    adding.add_argument(
        "--to", action="append", default=[], metavar="WHOM", help="owner, lead or viewer; the login of somebody; the "
        "name or number of an addressee. Repeatable; not for a folder or web address",
    )  # fmt: skip
    _what(adding)
    _when(adding)
    adding.add_argument("--title", default="")
    adding.set_defaults(run=make)
    listing = actions.add_parser("list", help="all of them, with when each comes up next")
    listing.set_defaults(run=show)
    zone = actions.add_parser("zone", help="the time zone of the business, or another one from now on")
    zone.add_argument("zone", nargs="?", metavar="Europe/Moscow")
    zone.set_defaults(run=place)
    changing = {
        "pause": "nothing comes up until it goes on", "go-on": "it goes on", "remove": "take it away",
        "send": "have it go out now, beside its times; the next look sends it",
    }  # fmt: skip
    numbered = [actions.add_parser(name, help=about) for name, about in changing.items()]
    for action, work in zip(numbered, (pause, go_on, remove, send), strict=True):
        action.add_argument("id", type=int, metavar="ID")
        action.set_defaults(run=work)
    for action in (adding, listing, zone, *numbered):
        action.add_argument("--json", action="store_true")
        action.set_defaults(needs_store=True)


def _what(parser: Any) -> None:
    parser.add_argument("--edition", choices=("week", "month"), default="week", help="the last that is over")
    parser.add_argument("--for", dest="subject", default="", metavar="DIM=VALUE", help="or `everyone`, into a folder")
    parser.add_argument("--form", action="append", choices=tuple(FORMS), default=[], help="repeatable; default: pdf")
    parser.add_argument("--message-alone", action="store_true", help="no file goes with it")
    parser.add_argument("--lang", choices=LANGUAGES, default="ru")
    parser.add_argument("--waits", type=int, metavar="DAYS", help="for complete data, at most so long")
    parser.add_argument("--late", type=int, default=3, metavar="DAYS", help="still sent so many days after its time")


def _when(parser: Any) -> None:
    parser.add_argument("--on", default="mon", metavar="mon,thu", help="days of the week")
    parser.add_argument("--day", metavar="1…31|last", help="day of the month, instead of days of the week")
    parser.add_argument("--at", type=a_time, default=(9, 0), metavar="9:00", help="by the clock of the business")
    parser.add_argument("--quiet", choices=("none", "weekends", "holidays"), default="holidays")


def a_time(text: str) -> tuple[int, int]:
    """Hour and minute, for argparse."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time like 9:00")
    return int(found[1]), int(found[2])


def make(args: argparse.Namespace, session: Session) -> int:
    """A new one."""
    store = session.open_store()
    forms = () if args.message_alone else tuple(dict.fromkeys(args.form)) or ("pdf",)
    wanted = Wanted(args.subject, args.edition, forms, args.lang, args.waits, args.late)
    channel = store.entries.channels.named(args.channel).id
    number = enter(store, NewSchedule(args.title, wanted, _rhythm(args), _audience(store, args.to), channel))
    schedule = store.entries.schedules.get(number)
    if args.json:
        session.print(as_json(_told(store, schedule, session)))
    else:
        session.print(_line(store, schedule, session))
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print them."""
    store = session.open_store()
    found = store.entries.schedules.all()
    if args.json:
        session.print(as_json([_told(store, one, session) for one in found]))
        return 0
    for one in found:
        session.print(_line(store, one, session))
    if not found:
        session.print(say("Nothing is scheduled."))
    return 0


def place(args: argparse.Namespace, session: Session) -> int:
    """The time zone."""
    settings = session.open_store().entries.settings
    if args.zone:
        choose_zone(settings, args.zone)
    name = zone_of(settings).key
    session.print(as_json({"zone": name}) if args.json else name)
    return 0


def pause(args: argparse.Namespace, session: Session) -> int:
    """Nothing comes up until it goes on."""
    store = session.open_store()
    store.entries.schedules.pause(args.id, instant(store.clock))
    return _changed(args, session, say("Schedule {number} is paused.", number=args.id))


def go_on(args: argparse.Namespace, session: Session) -> int:
    """It goes on."""
    store = session.open_store()
    store.entries.schedules.go_on(args.id, instant(store.clock))
    return _changed(args, session, say("Schedule {number} goes on.", number=args.id))


def remove(args: argparse.Namespace, session: Session) -> int:
    """Take it away; what waits of it is called off."""
    store = session.open_store()
    take_away(store, store.entries.schedules.get(args.id))
    return _changed(args, session, say("Schedule {number} is gone.", number=args.id))


def send(args: argparse.Namespace, session: Session) -> int:
    """Have it go out now."""
    store = session.open_store()
    count = len(send_now(store, store.entries.schedules.get(args.id)))
    return _changed(args, session, say_n("{n} report goes out.", "{n} reports go out.", count))


def _changed(args: argparse.Namespace, session: Session, done: Any) -> int:
    session.print(as_json({"id": args.id, "action": args.action}) if args.json else done)
    return 0


def _rhythm(args: argparse.Namespace) -> Rhythm:
    hour, minute = args.at
    if args.day is not None:
        if args.day != "last" and not args.day.isdecimal():
            raise UserError(say("«{day}» is no day of the month: name 1 to 31, or last.", day=args.day))
        day = 0 if args.day == "last" else int(args.day) or 32
        return Rhythm("month", day=day, hour=hour, minute=minute, quiet=args.quiet)
    days = [part.strip().lower() for part in args.on.split(",") if part.strip()]
    for day in days:
        if day not in WEEKDAYS:
            raise UnknownName(say("«{day}» is no day of the week.", day=day), hint=did_you_mean(day, WEEKDAYS))
    return Rhythm("week", tuple(WEEKDAYS.index(day) + 1 for day in days), hour=hour, minute=minute, quiet=args.quiet)


def _audience(store: Store, whom: Sequence[str]) -> Audience:
    roles = tuple(one for one in _ROLES if one in whom)
    with people_of(store) as (people, business):
        logins = {person.login: person.id for person, _ in people.persons.of_business(business)}
    others = {known: one.id for one in store.entries.addressees.all() for known in (one.name, one.email, str(one.id))}
    persons = [logins[one] for one in whom if one in logins]
    addressees = [others[one] for one in whom if one not in logins and one in others]
    for one in whom:
        if one not in (*_ROLES, *logins, *others):
            raise UnknownName(
                say("Nobody is known as «{name}».", name=one), hint=did_you_mean(one, (*_ROLES, *logins, *others))
            )
    return Audience(roles, tuple(persons), tuple(dict.fromkeys(addressees)))  # type: ignore[arg-type]  # roles are Roles


def _told(store: Store, one: Schedule, session: Session) -> dict[str, Any]:
    coming = next_time(store, one, instant(store.clock))
    return {
        "id": one.id, "title": session.words.render(told.named(one)), "what": vars(one.wanted),
        "when": vars(one.rhythm), "to": vars(one.audience), "channel": one.channel, "paused": one.paused_at is not None,
        "next": coming.isoformat(" ") if coming else None,
    }  # fmt: skip


def _line(store: Store, one: Schedule, session: Session) -> str:
    words, coming = session.words, next_time(store, one, instant(store.clock))
    names = [words.render(name) if not isinstance(name, str) else name for name in told.whom(store, one.audience)]
    entry = store.entries.channels.get(one.channel)
    zone = zone_of(store.entries.settings)
    after = words.t("next: {moment}", moment=told.moment(coming, zone, words)) if coming else words.t("paused")
    parts = [words.render(told.named(one)), words.render(told.when(one.rhythm)), ", ".join(names)]
    return "  ".join([str(one.id), *(part for part in parts if part), entry.name if entry else "—", after])
