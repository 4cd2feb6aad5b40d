"""`export PATH`: a copy of everything. `erase --yes`: everything deleted."""

import argparse
from typing import Any

from data.message import say
from data.store.taking.export import export
from data.store.taking.tables import PLAIN, RUSSIAN
from kpi.command.job import carried_out
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    taking = commands.add_parser("export", help="copy everything: originals, facts, ledger, what was entered")
    taking.add_argument("path", metavar="PATH", help="a zip file that does not exist yet, or an empty folder")
    taking.set_defaults(run=run, needs_store=True)
    erasing = commands.add_parser("erase", help="delete everything; the workspace is as new")
    erasing.add_argument("--yes", action="store_true", required=True, help="yes, delete everything for ever")
    erasing.set_defaults(run=erase, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Copy everything."""
    store, target, words = session.open_store(), session.path(args.path), session.words
    dialect = RUSSIAN if words.code == "ru" else PLAIN
    carried_out(
        store, target.name, lambda tell: export(store, target, render=words.render, dialect=dialect, progress=tell)
    )
    session.print(say("Everything was copied to {path}.", path=str(target)))
    return 0


def erase(_args: argparse.Namespace, session: Session) -> int:
    """Delete everything."""
    store = session.open_store()
    carried_out(store, "erase", lambda _tell: store.erase())
    session.print(say("Everything was deleted. The workspace is as new."))
    return 0
