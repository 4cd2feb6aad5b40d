"""The days a command is about.

Invariant: both are inclusive; none said: all that is loaded.
"""

import argparse
from datetime import date

from data.errors import UserError
from data.message import say
from kpi.command.parser import day


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the two arguments."""
    parser.add_argument("--since", type=day, metavar="D", help="first day, inclusive (default: all loaded data)")
    parser.add_argument("--until", type=day, metavar="D", help="last day, inclusive")


def check(args: argparse.Namespace) -> None:
    """`UserError` where the last day is before the first."""
    if args.since and args.until:
        in_order(args.since, args.until)


def in_order(since: date, until: date) -> None:
    """`UserError` where the second day is before the first."""
    if since > until:
        raise UserError(
            say("The period ends before it begins."),
            say("{since} is after {until}.", since=since.isoformat(), until=until.isoformat()),
        )
