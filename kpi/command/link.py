"""`link create`, `link person NAME`, `link list`, `link revoke ID`: links that show a part of the figures."""

import argparse
import re
from datetime import timedelta
from typing import Any

from data.access.address import read_note
from data.access.people import KPI_PAGES, passwords
from data.access.reader import Reader
from data.access.visitor import PERSON, personal_link
from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.store.entries import Link, NewLink
from data.store.store import Store
from kpi.command.answer import as_json
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.people.roster import roster

LASTS = timedelta(days=30)
"""How long a link to figures opens unless it is said otherwise."""
_DURATION = re.compile(r"(\d{1,4})([hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("link", help="links that show a part of the figures")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = actions.add_parser("create", help="make a link to pages; it is shown this once")
    making.add_argument("--page", default="overview", help="the page it begins with")
    making.add_argument("--pages", default="", metavar="PAGE,…", help="more pages it opens; `all`: all of figures")
    making.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    making.add_argument("--since", type=day, metavar="D", help="first day it shows")
    making.add_argument("--until", type=day, metavar="D", help="last day it shows")
    making.add_argument("--money", choices=("shown", "rounded", "hidden"), default="shown")
    making.add_argument("--lasts", default="30d", metavar="30d|12h|8w|never", help="how long it opens")
    making.add_argument("--password", action="store_true", help="asks for a password, which is made and printed once")
    making.add_argument("--title", default="", help="what it is called, also where a messenger shows it")
    making.add_argument("--json", action="store_true")
    making.set_defaults(run=create, needs_store=True)
    personal = actions.add_parser("person", help="make a link to one person's page; it is shown this once")
    personal.add_argument("name", metavar="NAME")
    personal.add_argument("--json", action="store_true")
    personal.set_defaults(run=person, needs_store=True)
    taking = actions.add_parser("revoke", help="take a link back")
    taking.add_argument("id", type=int, metavar="ID")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=revoke, needs_store=True)
    listing = actions.add_parser("list", help="every link, without its token")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show, needs_store=True)


def create(args: argparse.Namespace, session: Session) -> int:
    """Make a link to figures."""
    store = session.open_store()
    pages = frozenset({args.page, *_pages(args.pages)})
    for page in sorted(pages - KPI_PAGES):
        raise UnknownName(say("No link opens the page «{page}».", page=page), hint=did_you_mean(page, KPI_PAGES))
    where = tuple(sorted(where_of(args.where)))
    check_members(store, where)
    password = passwords.made() if args.password else None
    new = NewLink(
        pages, args.page, where, args.title, since=args.since, until=args.until, money=args.money,
        lasts=duration(args.lasts), password=passwords.hashed(password) if password else None,
    )  # fmt: skip
    return _made(args, session, new, "l", password)


def person(args: argparse.Namespace, session: Session) -> int:
    """Make a link to one person's page."""
    store = session.open_store()
    names = [one.name for one in roster(Reader(store), store.clock().date())]
    if args.name not in names:
        raise UnknownName(say("Nobody here is called «{name}».", name=args.name), hint=did_you_mean(args.name, names))
    return _made(args, session, personal_link(args.name), "p")


def _made(args: argparse.Namespace, session: Session, new: NewLink, under: str, password: str | None = None) -> int:
    number, token = session.open_store().entries.links.create(new)
    app, path = read_note(session.workspace), f"/{under}/{token}"
    if args.json:
        told = {"id": number, "path": path, "url": app.url + path if app else None}
        told |= {"person": new.where[0][1][0]} if under == "p" else {"password": password}
        session.print(as_json(told))
        return 0
    session.print((app.url if app else "") + path)
    if password is not None:
        session.print(say("Its password: {password}", password=password))
    session.print(say("This is link {number}. Keep it: it cannot be shown again.", number=number))
    return 0


def revoke(args: argparse.Namespace, session: Session) -> int:
    """Take a link back."""
    session.open_store().entries.links.revoke(args.id)
    told = say("Link {number} does not open any more.", number=args.id)
    session.print(as_json({"id": args.id, "revoked": True}) if args.json else told)
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the links."""
    store = session.open_store()
    links, now = store.entries.links.all(), store.clock()
    if args.json:
        session.print(as_json([{**_told(one), "opens": one.opens(now)} for one in links]))
        return 0
    for one in links:
        taken = session.words.t("(taken back)") if one.revoked_at else session.words.t("(over)")
        state = "" if one.opens(now) else taken
        shown = ", ".join(f"{name}={'|'.join(members)}" for name, members in one.where)
        session.print(f"{one.id}  {one.title or one.page}  {shown}  {one.created_at:%Y-%m-%d}  {state}".rstrip())
    if not links:
        session.print(say("There are no links."))
    return 0


def duration(text: str) -> timedelta | None:
    """«30d», «12h», «8w» as a time; «never»: None. `UserError` for anything else."""
    if text == "never":
        return None
    found = _DURATION.fullmatch(text)
    if found is None:
        raise UserError(say("«{text}» is no time a link can last.", text=text), hint=say("Say 12h, 30d, 8w or never."))
    return int(found[1]) * _UNITS[found[2]]


def _pages(listed: str) -> frozenset[str]:
    return KPI_PAGES if listed == "all" else frozenset(part.strip() for part in listed.split(",") if part.strip())


def check_members(store: Store, where: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    """Whoever is named has to be there: a link limited to nobody would be given out in vain."""
    reader = Reader(store)
    for name, members in where:
        known = reader.members(name)
        for member in members:
            if member not in known:
                raise UnknownName(
                    say("There is no «{member}» among {name}.", member=member, name=name),
                    hint=did_you_mean(member, known),
                )


def _told(one: Link) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "page": one.page, "pages": sorted(one.pages),
        "where": {name: list(members) for name, members in one.where}, "since": one.since, "until": one.until,
        "money": one.money, "has_password": one.password is not None, "created": one.created_at,
        "created_by": one.created_by, "expires": one.expires_at, "opened": one.opened, "last_opened": one.opened_at,
        "revoked": one.revoked_at, "person": dict(one.where).get(PERSON, (None,))[0],
    }  # fmt: skip
