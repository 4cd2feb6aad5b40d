"""`channel set NAME --kind K`, `channel list`, `channel test NAME`, `channel remove NAME`: by what something goes out.

Invariant: a secret is never an argument, and never printed.
"""

import argparse
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.entries import ChannelEntry
from data.store.store import Store
from kpi.command import secret
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.delivery.kinds import KINDS, kind_of, set_up, take_away
from kpi.delivery.testing import send_test

_SETTINGS = {
    "host": "mail: name of the server", "port": "mail: its port (default: 465, 587 or 25)",
    "security": "mail: tls (default), starttls or none", "sender": "mail: the address mails come from",
    "sender_name": "mail: what the sender is called", "user": "mail: who signs in",
    "address": "telegram: another Bot API than Telegram's own", "path": "folder: where files are put",
}  # fmt: skip


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("channel", help="mail server, Telegram bot, folder or web address that reports go by")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    setting = actions.add_parser(
        "set", help="set a channel up, or change it; secrets are read from standard input or KPI_SECRET: lines like "
        "password=…, token=…, url=… and secret=…",
    )  # fmt: skip
    setting.add_argument("name", metavar="NAME")
    setting.add_argument("--kind", choices=tuple(KINDS), required=True)
    for name, about in _SETTINGS.items():
        setting.add_argument(f"--{name.replace('_', '-')}", help=about)
    setting.add_argument("--allow-private", dest="allows_private", action="store_true", help="webhook: in this network")
    setting.set_defaults(run=make, asks_secret=True)
    listing = actions.add_parser("list", help="every channel, without its secrets")
    listing.set_defaults(run=show)
    trying = actions.add_parser("test", help="send a test")
    trying.add_argument("name", metavar="NAME")
    trying.add_argument("--to", default="", metavar="ADDRESS", help="e-mail address or number of a chat")
    trying.set_defaults(run=test)
    removing = actions.add_parser("remove", help="take a channel and its secrets away")
    removing.add_argument("name", metavar="NAME")
    removing.set_defaults(run=remove)
    for action in (setting, listing, trying, removing):
        action.add_argument("--json", action="store_true")
        action.set_defaults(needs_store=True)


def make(args: argparse.Namespace, session: Session) -> int:
    """Set a channel up."""
    store, kind = session.open_store(), kind_of(args.kind)
    told = {name: getattr(args, name) for name in (*_SETTINGS, "allows_private")}
    number = set_up(store, args.name, args.kind, {**told, **secret.named(session.given, kind.secrets)})
    done = say("Channel {number} is set up: {name}. Try it with `channel test`.", number=number, name=args.name)
    session.print(as_json({"id": number, "name": args.name, "kind": args.kind}) if args.json else done)
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the channels."""
    store = session.open_store()
    rows = [_row(store, one) for one in store.entries.channels.all()]
    if args.json:
        session.print(as_json(rows))
    elif rows:
        table = [(row["name"], row["kind"], _settings(row), ", ".join(row["secrets"])) for row in rows]
        session.print(as_table(("", "", "", ""), table))
    else:
        session.print(say("No channel is set up."))
    return 0


def test(args: argparse.Namespace, session: Session) -> int:
    """Send a test."""
    store = session.open_store()
    entry = store.entries.channels.named(args.name)
    if not args.to and kind_of(entry.kind).reach != "place":
        raise UserError(say("To whom? Name an address with --to."))
    receipt = send_test(store, entry, args.to, session.words)
    session.print(as_json({"sent": True, "receipt": receipt}) if args.json else say("It was taken: {r}", r=receipt))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """Take a channel away."""
    store = session.open_store()
    entry = store.entries.channels.named(args.name)
    take_away(store, entry.id)
    done = say("The channel «{name}» is gone, and its secrets with it.", name=entry.name)
    session.print(as_json({"id": entry.id, "removed": True}) if args.json else done)
    return 0


def _row(store: Store, entry: ChannelEntry) -> dict[str, Any]:
    known = store.entries.secrets.known(f"channel.{entry.id}.")
    return {
        "id": entry.id, "name": entry.name, "kind": entry.kind, "settings": dict(entry.settings),
        "secrets": [one.name.rpartition(".")[2] for one in known],
        "unreadable": [one.name.rpartition(".")[2] for one in known if not one.is_readable],
    }  # fmt: skip


def _settings(row: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in row["settings"].items())
