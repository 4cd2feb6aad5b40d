"""`deliveries`: what went out to whom, and what did not. `deliveries resend ID`, `deliveries settle ID`."""

import argparse
from typing import Any

from data.message import say
from data.store.entries import Delivery
from data.store.zone import instant, zone_of
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.delivery.words import STATES, moment, recipient_name


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("deliveries", help="what went out by itself: to whom, when, and what became of it")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--most", type=int, default=100, metavar="N", help="the latest so many (default: 100)")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    again = actions.add_parser("resend", help="send it again, though it may have arrived; the next look sends it")
    settling = actions.add_parser("settle", help="it arrived, or need not: it is done with")
    for action, work in ((again, resend), (settling, settle)):
        action.add_argument("id", type=int, metavar="ID")
        action.set_defaults(run=work)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the log."""
    store, words = session.open_store(), session.words
    found = store.entries.deliveries.latest(args.most)
    names = {one.id: one.name for one in store.entries.channels.all()}
    if args.json:
        session.print(as_json([_told(one, names, session) for one in found]))
        return 0
    zone = zone_of(store.entries.settings)
    rows = [
        (
            str(one.id), moment(one.due_at, zone, words), words.render(recipient_name(one.recipient, one.name)),
            names.get(one.channel, ""), words.render(STATES[one.state]), words.render(one.reason) if one.reason else "",
        )
        for one in found
    ]  # fmt: skip
    session.print(as_table(("",) * 6, rows) if rows else say("Nothing has gone out yet."))
    return 0


def resend(args: argparse.Namespace, session: Session) -> int:
    """Send one again."""
    store = session.open_store()
    store.entries.deliveries.resend(args.id, instant(store.clock))
    return _changed(args, session)


def settle(args: argparse.Namespace, session: Session) -> int:
    """One is done with."""
    session.open_store().entries.deliveries.settle(args.id)
    return _changed(args, session)


def _changed(args: argparse.Namespace, session: Session) -> int:
    state = session.open_store().entries.deliveries.get(args.id).state
    done = say("Delivery {number}: {state}.", number=args.id, state=STATES[state])
    session.print(as_json({"id": args.id, "state": state}) if args.json else done)
    return 0


def _told(one: Delivery, names: dict[int, str], session: Session) -> dict[str, Any]:
    return {
        "id": one.id, "what": one.what, "source": one.source, "occasion": one.occasion, "recipient": one.recipient,
        "name": one.name, "channel": names.get(one.channel), "state": one.state, "due_at": one.due_at.isoformat(" "),
        "next_at": one.next_at.isoformat(" ") if one.next_at else None, "attempts": one.attempts,
        "reason": session.words.render(one.reason) if one.reason else None, "receipt": one.receipt, "key": one.key,
        "changed_at": one.changed_at.isoformat(" "),
    }  # fmt: skip
