"""From arguments to an exit status: 0 done, 1 a mistake a person can mend, 2 wrong usage."""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from data.errors import UserError, WorkspaceBusy
from data.store.store import Store
from kpi.command import remote, secret
from kpi.command.parser import Usage, new_parser
from kpi.command.session import Session
from kpi.command.workspace import workspace_folder

MODULES: Mapping[str, str] = {
    "import": "ingest", "read": "read", "imports": "imports", "people": "people", "catalogue": "catalogue",
    "value": "value", "kpi": "kpi", "why": "why", "signals": "signals", "alerts": "alerts", "scorecard": "scorecard",
    "development": "development", "link": "link", "user": "user", "business": "business", "targets": "targets",
    "attainability": "attainability", "audit": "audit", "coach": "coach", "forecast": "forecast", "report": "report",
    "token": "token", "bonus": "bonus",
    "survey": "survey", "process": "process", "accounts": "accounts", "hiring": "hiring", "experiment": "experiment",
    "demo": "demo", "rebuild": "rebuild", "export": "taking", "erase": "taking", "backup": "backup",
    "restore": "backup", "schedule": "schedule", "deliveries": "deliveries", "channel": "channel",
    "addressee": "addressee", "collect": "collect",
}  # fmt: skip
"""Command → the module beside this one that has `add(commands)`, which declares its arguments, and does it; in the
order of the help. Only what is asked for is imported: all of them would cost a second of each command."""

WAITS = 20.0
"""Seconds a command waits for another process to let go of the workspace."""


def main(argv: Sequence[str]) -> int:
    """The process's command line: through the running app where there is one, else here."""
    code = os.environ.get("KPI_LANG", "en")
    opened: list[Store] = []
    args = _parsed(argv, Session(Path(), Path.cwd(), sys.stdout, sys.stderr, code, _no_store))
    if isinstance(args, int):
        return args
    workspace = workspace_folder(args.workspace)

    def open_store() -> Store:
        if not opened:
            opened.append(Store.open(workspace))
        return opened[0]

    def reopen() -> None:
        opened.pop().close()
        open_store()

    given = secret.given() if getattr(args, "asks_secret", False) else ""
    session = Session(workspace, Path.cwd(), sys.stdout, sys.stderr, code, open_store, reopen, given)
    try:
        status = _elsewhere(list(argv), session) if args.needs_store else None
        return _carried_out(args, session) if status is None else status
    except WorkspaceBusy as error:
        session.warn(session.reason(error))
        return 1
    finally:
        for store in opened:
            store.close()


def _elsewhere(argv: list[str], session: Session) -> int | None:
    """The status of the command as the running app carried it out; None when the workspace is open here.

    Another command, or an app that is starting, is waited for; WorkspaceBusy when it takes too long.
    """
    until = time.monotonic() + WAITS
    while True:
        status = remote.run(argv, session)
        if status is not None:
            return status
        try:
            session.open_store()
        except WorkspaceBusy:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return None


def run(argv: Sequence[str], session: Session) -> int:
    """Carry a command out in this process."""
    args = _parsed(argv, session)
    return args if isinstance(args, int) else _carried_out(args, session)


def _carried_out(args: argparse.Namespace, session: Session) -> int:
    try:
        return int(args.run(args, session))
    except UserError as error:
        session.warn(session.reason(error))
        return 1


def _parsed(argv: Sequence[str], session: Session) -> argparse.Namespace | int:
    parser, commands = new_parser(session.out, session.err)
    for module in dict.fromkeys(_asked(argv)):
        importlib.import_module(f"kpi.command.{module}").add(commands)
    try:
        return parser.parse_args(argv)
    except Usage as usage:
        return usage.status


def _asked(argv: Sequence[str]) -> Collection[str]:
    """The module of the command that is named; all of them where none is, as for help."""
    words = argv[2:] if argv and argv[0] == "--workspace" else argv
    first = words[0] if words else ""
    return [MODULES[first]] if first in MODULES else MODULES.values()


def _no_store() -> Store:
    raise AssertionError("parsing opens no workspace")
