"""`business add NAME`, `business list`: several businesses in one installation, each a workspace of its own."""

import argparse
from typing import Any

from data.message import say
from data.store.store import Store
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.command.workspace import add_business, business_folder, businesses


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("business", help="several businesses in one installation")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = actions.add_parser("add", help="make another; a running app shows it when it is started again")
    making.add_argument("name", metavar="NAME")
    making.add_argument("--json", action="store_true")
    making.set_defaults(run=make, needs_store=False)
    listing = actions.add_parser("list", help="all of them, with their workspaces")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show, needs_store=False)


def make(args: argparse.Namespace, session: Session) -> int:
    """Make another."""
    name = add_business(args.name)
    folder = business_folder(name)
    Store.open(folder).close()
    if args.json:
        session.print(as_json({"name": name, "workspace": str(folder)}))
    else:
        session.print(say("«{name}» has its workspace in {folder}.", name=name, folder=str(folder)))
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print them."""
    rows = [{"name": name, "workspace": str(business_folder(name))} for name in businesses()]
    if args.json:
        session.print(as_json(rows))
        return 0
    for row in rows:
        session.print(f"{row['name'] or session.words.t('First business')}  {row['workspace']}")
    return 0
