"""`backup FILE.zip`: what cannot be made again, as of now. `restore FILE.zip`: puts it back. Both beside the app."""

import argparse
from dataclasses import asdict
from typing import Any

from data.message import say
from data.store.taking.backup import backup
from data.store.taking.restore import prepare
from kpi.command.answer import as_json
from kpi.command.job import carried_out
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    making = commands.add_parser("backup", help="write what cannot be made again into a zip file, while all goes on")
    making.add_argument("path", metavar="FILE.zip", help="a zip file that does not exist yet")
    making.add_argument("--json", action="store_true")
    making.set_defaults(run=make, needs_store=True)
    putting = commands.add_parser("restore", help="put a backup in the place of what is there, which is kept as one")
    putting.add_argument("path", metavar="FILE.zip")
    putting.add_argument("--people", action="store_true", help="accounts as well, where there are some already")
    putting.add_argument("--json", action="store_true")
    putting.set_defaults(run=put_back, needs_store=True)


def make(args: argparse.Namespace, session: Session) -> int:
    """Write a backup."""
    store, target = session.open_store(), session.path(args.path)
    done = carried_out(store, target.name, lambda tell: backup(store, target, tell))
    if args.json:
        session.print(as_json({**asdict(done), "path": str(done.path)}))
    else:
        session.print(say("The backup is in {path}: {n} files.", path=str(done.path), n=done.files))
    return 0


def put_back(args: argparse.Namespace, session: Session) -> int:
    """Put a backup back."""
    store, source = session.open_store(), session.path(args.path)
    done = carried_out(store, source.name, lambda tell: prepare(store, source, people=args.people, progress=tell))
    session.reopen()
    lost = [one.name for one in session.open_store().entries.secrets.known() if not one.is_readable]
    if args.json:
        session.print(as_json({**asdict(done), "before": str(done.before), "secrets_to_enter_again": lost}))
        return 0
    session.print(say("What was backed up on {day} is back.", day=done.made_at.date()))
    session.print(say("What was there before is kept in {path}.", path=str(done.before)))
    if lost:
        session.print(say("The key of the secrets is not here. Enter again: {names}", names=", ".join(lost)))
    return 0
