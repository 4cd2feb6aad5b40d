"""`addressee add NAME`, `list`, `remove ID`; `addressee person LOGIN`: who gets reports, and where they are reached."""

import argparse
from typing import Any

from data.errors import UnknownName, did_you_mean
from data.message import say
from kpi.command.answer import as_json, as_table
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.delivery.audience import people_of


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("addressee", help="who gets reports without an account, and where people are reached")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = actions.add_parser("add", help="somebody without an account: an accountant, a partner")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    adding.add_argument("--money", choices=("shown", "rounded", "hidden"), default="shown")
    adding.set_defaults(run=make)
    listing = actions.add_parser("list", help="all of them")
    listing.set_defaults(run=show)
    removing = actions.add_parser("remove", help="they get nothing more")
    removing.add_argument("id", type=int, metavar="ID")
    removing.set_defaults(run=remove)
    reaching = actions.add_parser("person", help="where somebody with an account is reached")
    reaching.add_argument("login", metavar="LOGIN")
    reaching.set_defaults(run=reach)
    for action in (adding, reaching):
        action.add_argument("--email", help="e-mail address")
        action.add_argument("--chat", help="number of the chat with the Telegram bot")
    for action in (adding, listing, removing, reaching):
        action.add_argument("--json", action="store_true")
        action.set_defaults(needs_store=True)


def make(args: argparse.Namespace, session: Session) -> int:
    """A new one."""
    number = session.open_store().entries.addressees.add(
        args.name, email=args.email or "", chat=args.chat or "", where=where_of(args.where), money=args.money
    )
    done = say("Addressee {number}: {name}.", number=number, name=args.name)
    session.print(as_json({"id": number, "name": args.name}) if args.json else done)
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print them."""
    known = session.open_store().entries.addressees.all()
    if args.json:
        session.print(
            as_json([{**vars(one), "where": {name: list(them) for name, them in one.where}} for one in known])
        )
    elif known:
        session.print(as_table(("", "", "", ""), [(str(one.id), one.name, one.email, one.chat) for one in known]))
    else:
        session.print(say("There are no addressees."))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """One gets nothing more."""
    session.open_store().entries.addressees.remove(args.id)
    done = say("Addressee {number} gets nothing more.", number=args.id)
    session.print(as_json({"id": args.id, "removed": True}) if args.json else done)
    return 0


def reach(args: argparse.Namespace, session: Session) -> int:
    """Where somebody with an account is reached."""
    with people_of(session.open_store()) as (people, business):
        known = {person.login: person for person, _ in people.persons.of_business(business)}
        if args.login not in known:
            raise UnknownName(
                say("Nobody signs in as «{login}».", login=args.login), hint=did_you_mean(args.login, known)
            )
        person = known[args.login]
        people.contacts.choose(person.id, email=args.email, chat=args.chat)
        contact = people.contacts.of(person)
    told = {"login": person.login, "email": contact.email, "chat": contact.chat}
    done = say("{name}: {email}; chat {chat}", name=person.name, email=contact.email or "—", chat=contact.chat or "—")
    session.print(as_json(told) if args.json else done)
    return 0
