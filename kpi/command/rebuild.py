"""`rebuild`: make the DuckDB file anew from the originals, the journal and what people entered."""

import argparse
from typing import Any

from data.message import say
from kpi.command.job import carried_out
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("rebuild", help="make the database anew from the originals and the journal")
    parser.set_defaults(run=run, needs_store=True)


def run(_args: argparse.Namespace, session: Session) -> int:
    """Rebuild and say that it is done."""
    store = session.open_store()
    carried_out(store, "rebuild", store.rebuild)
    session.print(say("The database was made anew."))
    return 0
