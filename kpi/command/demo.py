"""`demo`: fill the workspace with the example business. `demo remove`: take it out again."""

import argparse
from typing import Any

from data.message import say
from kpi.command.job import carried_out
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("demo", help="fill the workspace with the example business")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("remove", help="take the example business out again").set_defaults(run=remove)


def run(_args: argparse.Namespace, session: Session) -> int:
    """Load it, unless it is there."""
    from data.demo import load as example  # brings the generator with it, which no other command needs

    store = session.open_store()
    if example.is_loaded(store):
        session.print(say("The example business is already loaded."))
        return 0
    carried_out(store, "demo", lambda progress: example.load(store, progress))
    session.print(say("The example business is loaded. `demo remove` takes it out again."))
    return 0


def remove(_args: argparse.Namespace, session: Session) -> int:
    """Take its imports back; what else was loaded stays."""
    from data.demo import load as example  # brings the generator with it, which no other command needs

    store = session.open_store()
    carried_out(store, "demo", lambda _progress: example.remove(store))
    session.print(say("The example business was removed."))
    return 0
