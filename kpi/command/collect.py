"""`collect --due`: ask the sources that are due. `collect list|add|run|test|pause|resume|remove`: what is connected.

Invariant: a secret is never an argument, and never printed.
"""

import argparse
from collections.abc import Sequence
from typing import Any

from data.collect.connecting import connect
from data.collect.due import collect_due, remove
from data.collect.kinds import KINDS, kind_named
from data.collect.running import run, secret_of
from data.collect.settings import secrets_of
from data.collect.trial import trial
from data.errors import UserError
from data.message import say
from data.store.entries.collect import Connection, NewConnection, Run
from kpi.command import collected, secret
from kpi.command.answer import as_json
from kpi.command.parser import pair
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("collect", help="sources that are asked by themselves")
    parser.add_argument("--due", action="store_true", help="ask those that are due; the app does the same by itself")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=asked, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    _add_adding(actions)
    for name, about, work in (
        ("list", "what is connected, and how it stands", show), ("run", "ask one now", ask), ("test", "try one", test),
        ("pause", "ask it no more by itself", pause), ("resume", "ask it again", resume),
        ("remove", "connect it no more; what it brought stays", take_away),
    ):  # fmt: skip
        action = actions.add_parser(name, help=about)
        if name != "list":
            action.add_argument("name", metavar="NAME")
        if name == "run":
            action.add_argument("--again", action="store_true", help="from the beginning")
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        action.set_defaults(run=work)


def _add_adding(actions: Any) -> None:
    adding = actions.add_parser(
        "add", help="connect one, or change it with --change; secrets are read from standard input or KPI_SECRET: lines"
        " like password=…",
    )  # fmt: skip
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--kind", choices=tuple(KINDS), required=True)
    adding.add_argument("--set", type=pair, action="append", default=[], metavar="SETTING=VALUE", help="repeatable")
    adding.add_argument("--every", metavar="15m|6h|07:30", help="how often it is asked")
    adding.add_argument("--account", help="account of rows that name none")
    adding.add_argument("--branch", help="branch of rows that name none")
    adding.add_argument("--fact", help="what its rows are (orders, reviews, …), where its tables do not tell")
    adding.add_argument("--takes", choices=("rows", "days"), help="what gives way to something newer")
    adding.add_argument("--change", action="store_true", help="change the one of that name")
    adding.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    adding.set_defaults(run=connected, asks_secret=True)


def asked(args: argparse.Namespace, session: Session) -> int:
    """Ask what is due, or list what is connected; 1 where one of them failed."""
    if not args.due:
        return show(args, session)
    store = session.open_store()
    return _told(collect_due(store, store.clock()), args, session)


def show(args: argparse.Namespace, session: Session) -> int:
    """Print what is connected."""
    store = session.open_store()
    found = store.entries.connections.all()
    if args.json:
        session.print(as_json([collected.standing(store, one, session.words) for one in found]))
        return 0
    for one in found:
        session.print(collected.line(store, one, session.words))
    if not found:
        session.print(say("No source is connected."))
    return 0


def connected(args: argparse.Namespace, session: Session) -> int:
    """Connect a source."""
    store, kind = session.open_store(), kind_named(args.kind)
    number = store.entries.connections.get(args.name).id if args.change else None
    new = NewConnection(
        args.name, args.kind, dict(args.set), args.every or kind.rhythm, args.account, args.branch, args.fact,
        args.takes or ("days" if kind.is_snapshot else "rows"),
    )  # fmt: skip
    given = secret.named(session.given, [setting.name for setting in secrets_of(kind)])
    made = connect(store, new, given, number)
    told = say("«{name}» is connected. Try it with `collect test`, ask it with `collect run`.", name=made.name)
    session.print(as_json(collected.standing(store, made, session.words)) if args.json else told)
    return 0


def ask(args: argparse.Namespace, session: Session) -> int:
    """Ask a source now."""
    store, one = session.open_store(), _named(args, session)
    if args.again:
        store.entries.standings.forget(one.id)
    made = run(store, one)
    if made is None:
        raise UserError(say("«{name}» is being asked already.", name=one.name))
    return _told((made,), args, session)


def test(args: argparse.Namespace, session: Session) -> int:
    """Try a source: nothing is loaded."""
    store, one = session.open_store(), _named(args, session)
    tried = trial(store, kind_named(one.kind), one.settings, secret_of(store, one), one.fact)
    if args.json:
        session.print(as_json(collected.tried(tried, session.words)))
    else:
        session.print("\n".join(collected.tried_lines(tried, session.words)))
    return 0


def pause(args: argparse.Namespace, session: Session) -> int:
    """Ask it no more by itself."""
    return _paused(args, session, is_paused=True)


def resume(args: argparse.Namespace, session: Session) -> int:
    """Ask it again."""
    return _paused(args, session, is_paused=False)


def take_away(args: argparse.Namespace, session: Session) -> int:
    """Connect it no more."""
    one = _named(args, session)
    remove(session.open_store(), one)
    told = say("«{name}» is connected no more. What it brought stays.", name=one.name)
    session.print(as_json({"name": one.name, "removed": True}) if args.json else told)
    return 0


def _paused(args: argparse.Namespace, session: Session, *, is_paused: bool) -> int:
    one = _named(args, session)
    session.open_store().entries.connections.pause(one.id, is_paused=is_paused)
    asleep = say("«{name}» is asked no more by itself.", name=one.name)
    awake = say("«{name}» is asked by itself again.", name=one.name)
    told = asleep if is_paused else awake
    session.print(as_json({"name": one.name, "paused": is_paused}) if args.json else told)
    return 0


def _named(args: argparse.Namespace, session: Session) -> Connection:
    return session.open_store().entries.connections.get(args.name)


def _told(runs: Sequence[Run], args: argparse.Namespace, session: Session) -> int:
    store, words = session.open_store(), session.words
    if args.json:
        session.print(as_json([collected.told(store, one, words) for one in runs]))
    else:
        for one in runs:
            session.print("\n".join(collected.lines(store, one, words)))
        if not runs:
            session.print(say("Nothing is due."))
    return 1 if any(one.ended.outcome == "failed" for one in runs) else 0
