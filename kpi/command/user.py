"""`user add LOGIN`, `user list`, `user remove LOGIN`, `user reset LOGIN`, `user log`: who may come in.

Invariant: no password is ever typed on a command line: whoever is added or has lost theirs gets a one-time link and
chooses one. Accounts lie in a file of their own, so no app has to be asked.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from data.access.address import public_address
from data.access.people import Membership, People, Person
from data.access.visitor import FIRST
from data.errors import UnknownName, did_you_mean
from data.message import say
from data.store.workspace import Workspace
from kpi.command.answer import as_json, as_table
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.command.value import where_of


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("user", help="who may come in where the dashboard is hosted")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    adding = actions.add_parser("add", help="let somebody in: prints a one-time link")
    adding.add_argument("login", metavar="LOGIN", help="an e-mail address or a word")
    adding.add_argument("--name", default="", help="what they are called")
    adding.add_argument("--role", choices=("owner", "lead", "viewer"), default="viewer")
    adding.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    adding.add_argument("--pages", default="", metavar="PAGE,…", help="the only pages they open")
    adding.add_argument("--money", choices=("shown", "rounded", "hidden"), default="shown")
    resetting = actions.add_parser("reset", help="a one-time link for a new password; they are signed out everywhere")
    resetting.add_argument("login", metavar="LOGIN")
    removing = actions.add_parser("remove", help="close an account; they are signed out everywhere")
    removing.add_argument("login", metavar="LOGIN")
    listing = actions.add_parser("list", help="everybody, with role and scope")
    logging = actions.add_parser("log", help="who changed, exported or opened what")
    for action, run in ((adding, make), (resetting, reset), (removing, remove), (listing, show), (logging, log)):
        action.add_argument("--business", default=FIRST, metavar="NAME", help="default: the first one")
        action.add_argument("--json", action="store_true")
        action.set_defaults(run=run, needs_store=False)


def make(args: argparse.Namespace, session: Session) -> int:
    """Let somebody in, or change what they may do where they have an account."""
    pages = frozenset(part.strip() for part in args.pages.split(",") if part.strip()) or None
    membership = Membership(args.business, args.role, where_of(args.where), pages, args.money)
    with _people(session) as people:
        number, token = people.let_in(args.login, args.name, membership)
        return _told(args, session, people.persons.get(number), f"/welcome/{token}" if token else None)


def reset(args: argparse.Namespace, session: Session) -> int:
    """A link by which somebody chooses a new password."""
    with _people(session) as people:
        person = _person(people, args.login)
        people.sessions.end_all(person.id)
        return _told(args, session, person, f"/welcome/{people.invitations.make('reset', person.id, args.business)}")


def remove(args: argparse.Namespace, session: Session) -> int:
    """Close an account."""
    with _people(session) as people:
        person = _person(people, args.login)
        people.persons.leave(person.id, args.business)
        told = say("{name} cannot come in any more.", name=person.name)
        session.print(as_json({"login": person.login, "removed": True}) if args.json else told)
        return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print who may come in."""
    with _people(session) as people:
        everybody = people.persons.of_business(args.business)
        rows = [_row(person, mine) for person, mine in everybody]
        if args.json:
            session.print(as_json(rows))
        elif rows:
            session.print(as_table(("", "", "", ""), [_line(row) for row in rows]))
        else:
            session.print(say("Nobody has an account yet."))
        return 0


def log(args: argparse.Namespace, session: Session) -> int:
    """Print what was done."""
    with _people(session) as people:
        deeds = people.deeds.latest(args.business)
        if args.json:
            session.print(as_json([vars(deed) for deed in deeds]))
            return 0
        for deed in deeds:
            session.print(f"{deed.at:%Y-%m-%d %H:%M}  {deed.who}  {deed.what}  {deed.detail}".rstrip())
        return 0


@contextmanager
def _people(session: Session) -> Iterator[People]:
    Workspace(session.workspace).prepare()
    people = People(session.workspace)
    try:
        yield people
    finally:
        people.close()


def _person(people: People, login: str) -> Person:
    found = people.persons.find(login)
    if found is None or found.disabled_at is not None:
        known = [one.login for one in people.persons.all() if one.disabled_at is None]
        raise UnknownName(say("Nobody signs in as «{login}».", login=login), hint=did_you_mean(login, known))
    return found


def _told(args: argparse.Namespace, session: Session, person: Person | None, path: str | None) -> int:
    url = public_address(session.workspace) + path if path else None
    if args.json:
        session.print(as_json({"login": person.login if person else None, "path": path, "url": url}))
    elif url:
        session.print(url)
        session.print(say("Give it to them alone: it is good once, and not for long."))
    else:
        session.print(say("Changed. They sign in as before."))
    return 0


def _row(person: Person, mine: Membership) -> dict[str, Any]:
    return {
        "login": person.login, "name": person.name, "role": mine.role, "has_password": person.has_password,
        "where": {name: list(members) for name, members in mine.where},
        "pages": sorted(mine.pages) if mine.pages is not None else None, "money": mine.money,
        "created": person.created_at,
    }  # fmt: skip


def _line(row: dict[str, Any]) -> tuple[str, str, str, str]:
    where = ", ".join(f"{name}={'|'.join(members)}" for name, members in row["where"].items())
    return row["login"], row["name"], row["role"], where
