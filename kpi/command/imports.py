"""`imports`: the ledger. `imports undo ID`: take one import back."""

import argparse
from typing import Any

from kpi.command.answer import as_json
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("imports", help="what was imported, and taking it back")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    undo_parser = actions.add_parser("undo", help="take one import back, as if it had never happened")
    undo_parser.add_argument("id", type=int, metavar="ID")
    undo_parser.set_defaults(run=undo)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the ledger."""
    entries = session.open_store().imports()
    if args.json:
        session.print(as_json([vars(entry) for entry in entries]))
    return 0


def undo(args: argparse.Namespace, session: Session) -> int:
    """Take one import back."""
    store = session.open_store()
    store.writer.submit(session.words.t("Undo"), lambda _progress: store.undo(args.id))
    return 0
