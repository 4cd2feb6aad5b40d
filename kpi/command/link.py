"""`link person NAME`: a link that shows one person's page only. `link list`, `link revoke ID`."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.access.visitor import PERSON
from data.errors import UnknownName, did_you_mean
from data.message import say
from data.store.entries import Link
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.command.workspace import read_note
from kpi.people.roster import roster


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("link", help="links that show one person's page only")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = actions.add_parser("person", help="make a link to one person's page; it is shown this once")
    making.add_argument("name", metavar="NAME")
    making.add_argument("--json", action="store_true")
    making.set_defaults(run=make, needs_store=True)
    taking = actions.add_parser("revoke", help="take a link back")
    taking.add_argument("id", type=int, metavar="ID")
    taking.set_defaults(run=revoke, needs_store=True)
    listing = actions.add_parser("list", help="every link, without its token")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show, needs_store=True)


def make(args: argparse.Namespace, session: Session) -> int:
    """Make a link."""
    store = session.open_store()
    names = [person.name for person in roster(Reader(store), store.clock().date())]
    if args.name not in names:
        raise UnknownName(say("Nobody here is called «{name}».", name=args.name), hint=did_you_mean(args.name, names))
    number, token = store.entries.links.create(PERSON, args.name)
    app = read_note(session.workspace)
    path = f"{app.url if app else ''}/p/{token}"
    if args.json:
        session.print(as_json({"id": number, "person": args.name, "path": f"/p/{token}", "url": path if app else None}))
        return 0
    session.print(path)
    session.print(say("Link {number} shows {name} only. Keep it: it cannot be shown again.", number=number,
                      name=args.name))  # fmt: skip
    return 0


def revoke(args: argparse.Namespace, session: Session) -> int:
    """Take a link back."""
    session.open_store().entries.links.revoke(args.id)
    session.print(say("Link {number} does not open any more.", number=args.id))
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the links."""
    links = session.open_store().entries.links.all()
    if args.json:
        session.print(as_json([_told(one) for one in links]))
        return 0
    for one in links:
        state = session.words.t("(taken back)") if one.revoked_at else ""
        session.print(f"{one.id}  {one.member}  {one.created_at:%Y-%m-%d}  {state}".rstrip())
    if not links:
        session.print(say("There are no links."))
    return 0


def _told(one: Link) -> dict[str, Any]:
    return {
        "id": one.id, "dimension": one.dimension, "member": one.member, "created": one.created_at,
        "opened": one.opened_on, "revoked": one.revoked_at,
    }  # fmt: skip
