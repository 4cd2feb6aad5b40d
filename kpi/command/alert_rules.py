"""`alerts rules`: what is looked for, whom it is told, when: list, add, change, switch off, remove."""

import argparse
from dataclasses import replace
from datetime import time
from typing import Any, get_args

from data.errors import UserError
from data.message import say
from data.model import Role
from data.store.entries.alerts import KINDS, AlertRule, QuietHours
from data.store.entries.alerts.model import DIMENSIONS
from data.store.store import Store
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.language import LANGUAGES, Language

NOBODY = "none"


def add(actions: Any) -> None:
    """Declare the arguments."""
    parser = actions.add_parser("rules", help="the rules by which people are told")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=show)
    doing = parser.add_subparsers(dest="doing", metavar="DO")
    adding = doing.add_parser("add", help="tell somebody; without arguments owners, of everything, on its page only")
    _settings(adding)
    adding.set_defaults(run=enter)
    changing = doing.add_parser("change", help="change what is named, keep the rest")
    changing.add_argument("id", type=int, metavar="ID")
    _settings(changing)
    changing.set_defaults(run=change)
    for name, about, act in (("on", "follow a rule again", on), ("off", "follow it no more", off),
                             ("remove", "remove a rule", remove)):  # fmt: skip
        one = doing.add_parser(name, help=about)
        one.add_argument("id", type=int, metavar="ID")
        one.set_defaults(run=act)


def _settings(parser: Any) -> None:
    many = {"action": "append", "default": None}
    parser.add_argument("--kind", choices=KINDS, **many, help="what is looked for; repeatable (default: everything)")
    parser.add_argument("--kpi", metavar="KPI", **many, help="repeatable (default: the key KPIs)")
    parser.add_argument("--by", choices=(*DIMENSIONS, NOBODY), **many, help="members looked at; none: the whole only")
    parser.add_argument("--to", choices=get_args(Role), **many, help="everybody of a role; repeatable")
    parser.add_argument("--person", type=int, metavar="N", **many, help="a person with an account, by number")
    parser.add_argument("--addressee", type=int, metavar="N", **many, help="somebody without an account, by number")
    parser.add_argument("--channel", metavar="NAME", **many, help="how they are told; repeatable")
    parser.add_argument("--rating", type=float, metavar="N", help="a review of so much or less is a bad one")
    parser.add_argument("--cooldown", type=int, metavar="DAYS", help="the same is told again after so many days")
    parser.add_argument("--quiet", metavar="21:00-09:00|none", help="hours in which nothing is sent")
    parser.add_argument("--quiet-days", choices=("weekends", "holidays", NOBODY), **many, help="repeatable")
    parser.add_argument("--lines", type=int, metavar="N", help="alerts told one by one in a message")
    parser.add_argument("--lang", choices=LANGUAGES, help="what messages are written in")


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the rules."""
    store = session.open_store()
    rules = store.entries.alerts.rules.all()
    if args.json:
        session.print(as_json([_row(store, rule) for rule in rules]))
    elif not rules:
        session.print(session.words.t("Nobody is told of anything yet."))
    else:
        for rule in rules:
            session.print(f"{rule.id}  {_told(store, rule, session.words)}")
    return 0


def enter(args: argparse.Namespace, session: Session) -> int:
    """Enter a rule and print it."""
    store = session.open_store()
    number = store.entries.alerts.rules.add(_changed(store, AlertRule(), args))
    session.print(f"{number}  {_told(store, store.entries.alerts.rules.get(number), session.words)}")
    return 0


def change(args: argparse.Namespace, session: Session) -> int:
    """Change a rule and print it."""
    store = session.open_store()
    rule = _changed(store, store.entries.alerts.rules.get(args.id), args)
    store.entries.alerts.rules.change(rule)
    session.print(f"{rule.id}  {_told(store, rule, session.words)}")
    return 0


def on(args: argparse.Namespace, session: Session) -> int:
    """Follow a rule again."""
    rules = session.open_store().entries.alerts.rules
    rules.change(replace(rules.get(args.id), active=True))
    return 0


def off(args: argparse.Namespace, session: Session) -> int:
    """Follow a rule no more."""
    from kpi.delivery.alerting import stop  # brings the channels with it

    store = session.open_store()
    stop(store, store.entries.alerts.rules.get(args.id))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """Remove a rule."""
    off(args, session)
    session.open_store().entries.alerts.rules.remove(args.id)
    return 0


def _changed(store: Store, rule: AlertRule, args: argparse.Namespace) -> AlertRule:
    """The rule with what was named; `UserError` for a KPI or channel that does not exist."""
    definitions = catalogue_of(store)
    told = {
        "kinds": frozenset(args.kind) if args.kind else None,
        "kpis": tuple(definitions.get(name).id for name in args.kpi) if args.kpi else None,
        "dimensions": tuple(name for name in args.by if name != NOBODY) if args.by else None,
        "roles": tuple(args.to) if args.to else None, "persons": tuple(args.person) if args.person else None,
        "addressees": tuple(args.addressee) if args.addressee else None,
        "channels": tuple(store.entries.channels.named(name).id for name in args.channel) if args.channel else None,
        "worst_rating": args.rating, "cooldown": args.cooldown, "lines": args.lines, "language": args.lang,
    }  # fmt: skip
    whole = replace(rule, **{name: value for name, value in told.items() if value is not None})
    return replace(whole, quiet=_quiet(rule.quiet, args))


def _quiet(quiet: QuietHours | None, args: argparse.Namespace) -> QuietHours | None:
    if args.quiet == NOBODY:
        quiet = None
    elif args.quiet:
        since, _, until = args.quiet.partition("-")
        try:
            quiet = replace(quiet or QuietHours(), since=time.fromisoformat(since), until=time.fromisoformat(until))
        except ValueError:
            raise UserError(say("«{text}» are no hours.", text=args.quiet), hint=say("Write 21:00-09:00.")) from None
    if not args.quiet_days:
        return quiet
    weekends, holidays = ("weekends" in args.quiet_days, "holidays" in args.quiet_days)
    return replace(quiet or QuietHours(time(0), time(0)), weekends=weekends, holidays=holidays)


def _row(store: Store, rule: AlertRule) -> dict[str, Any]:
    quiet = rule.quiet and {
        "since": f"{rule.quiet.since:%H:%M}", "until": f"{rule.quiet.until:%H:%M}", "weekends": rule.quiet.weekends,
        "holidays": rule.quiet.holidays,
    }  # fmt: skip
    return {
        "id": rule.id, "active": rule.active, "kinds": sorted(rule.kinds), "kpis": rule.kpis, "by": rule.dimensions,
        "to": rule.roles, "persons": rule.persons, "addressees": rule.addressees, "channels": _channels(store, rule),
        "rating": rule.worst_rating, "cooldown": rule.cooldown, "quiet": quiet, "lines": rule.lines,
        "language": rule.language,
    }  # fmt: skip


def _channels(store: Store, rule: AlertRule) -> list[str]:
    return [entry.name for entry in store.entries.channels.all() if entry.id in rule.channels]


def _told(store: Store, rule: AlertRule, words: Language) -> str:
    """One rule in a line."""
    t = words.t
    channels = ", ".join(_channels(store, rule)) or t("on its page only")
    state = [] if rule.active else [t("switched off")]
    return " · ".join([", ".join(sorted(rule.kinds)), ", ".join(rule.kpis) or t("key KPIs"), channels, *state])
