"""Arguments of all commands.

Invariant: usage and help go where the session says, never to the streams of the process.
"""

import argparse
import sys
from datetime import date
from typing import Any, NoReturn, TextIO

PROGRAM = "python -m kpi"


class Usage(Exception):
    """The arguments are wrong, or help was asked for; `status` is the exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that writes to given streams and never exits the process."""

    out: TextIO
    err: TextIO

    def _print_message(self, message: str, file: Any = None) -> None:
        (self.err if file is sys.stderr else self.out).write(message)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Say why and raise `Usage` instead of ending the process."""
        if message:
            self.err.write(message)
        raise Usage(status)


def day(text: str) -> date:
    """An ISO date, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-10-31") from None


def pair(text: str) -> tuple[str, str]:
    """DIM=VALUE, for argparse; an empty value means «not filled in»."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not DIM=VALUE")
    return name, value


def new_parser(out: TextIO, err: TextIO) -> tuple[Parser, Any]:
    """The top parser and the place where commands add theirs, which are of its class and so write where it does."""
    of_session = type("SessionParser", (Parser,), {"out": out, "err": err})
    parser: Parser = of_session(prog=PROGRAM, description="KPIs of the workspace without a browser.")
    parser.add_argument("--workspace", metavar="DIR", help="workspace folder (default: KPI_WORKSPACE, else workspace/)")
    return parser, parser.add_subparsers(dest="command", required=True, metavar="COMMAND")


def add_list(commands: Any, name: str, about: str, run: Any, *, undoing: str, undo: Any) -> Any:
    """A command that lists something, with `undo ID`; gives the place for more actions.

    `about`, `undoing`: what help says of it and of undoing.
    """
    parser = commands.add_parser(name, help=about)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    taking_back = actions.add_parser("undo", help=undoing)
    taking_back.add_argument("id", type=int, metavar="ID")
    taking_back.set_defaults(run=undo)
    return actions
