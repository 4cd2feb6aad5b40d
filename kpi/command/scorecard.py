"""`scorecard [NAME]`: one person's KPIs against their own targets in a month, or everybody in one line each."""

import argparse
from datetime import date
from typing import Any

from data.access.reader import Reader
from data.errors import UnknownName, did_you_mean
from data.message import say
from data.model import OWNER
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.people import words as said
from kpi.people.asking import Asking
from kpi.people.lines import Line
from kpi.people.scorecard import Month, Scorecard, beside, latest, month
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("scorecard", help="a person's KPIs against their own targets, or everybody's")
    parser.add_argument("name", nargs="?", metavar="NAME", help="one person (default: everybody, one line each)")
    parser.add_argument("--month", type=a_month, metavar="YYYY-MM", help="default: the latest complete month")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def a_month(text: str) -> date:
    """A month like 2026-10, for argparse: its first day."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-10") from None


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the scorecard, or the list."""
    store = session.open_store()
    first = tuple(key.kpi for key in store.entries.key_kpis())
    asking = Asking(Reader(store, OWNER), catalogue_of(store), target_book(store), first)
    everybody = month(asking, args.month or latest(asking.reader) or store.clock().date().replace(day=1))
    if args.name is None:
        return _list(everybody, session, in_json=args.json)
    person = everybody.person(args.name)
    if person is None:
        names = [one.name for one in everybody.people]
        raise UnknownName(say("Nobody here is called «{name}».", name=args.name), hint=did_you_mean(args.name, names))
    card = everybody.scorecard(person, beside(everybody, person.name, private=False))
    session.print(as_json(_told(card)) if args.json else _text(card, session))
    return 0


def _list(everybody: Month, session: Session, *, in_json: bool) -> int:
    rows = []
    for person in everybody.people:
        if person.here:
            judged = [line for line in everybody.lines(person) if line.is_judged]
            rows.append(
                (person.name, person.groups.get("team"), sum(li.status == "good" for li in judged), len(judged))
            )
    if in_json:
        told = [dict(zip(("person", "team", "reached", "targets"), row, strict=True)) for row in rows]
        session.print(as_json({"month": everybody.first, "people": told}))
        return 0
    t = session.words.t
    cells = [[name, team or "—", str(reached), str(judged)] for name, team, reached, judged in rows]
    header = [t("Person"), t("Team"), t("Reached"), t("Targets")]
    session.print(as_table(header, cells, frozenset({2, 3})))
    return 0


def _told(card: Scorecard) -> dict[str, Any]:
    return {
        "person": card.person.name, **card.person.groups, "month": card.month, "hired_on": card.person.hired_on,
        "targets": len(card.judged), "reached": card.reached,
        "kpis": [_line(card, line) for line in card.lines],
        "group": card.beside.group and dict(zip(("dimension", "member"), card.beside.group, strict=True)),
    }  # fmt: skip


def _line(card: Scorecard, line: Line) -> dict[str, Any]:
    peers, part = card.beside.peers.get(line.kpi.id), card.beside.parts.get(line.kpi.id)
    return {
        "kpi": line.kpi.id, "value": line.value, "previous": line.previous, "status": line.status,
        "good_low": line.bounds.good_low, "good_high": line.bounds.good_high, "target_of": line.aim, "used": line.used,
        "is_partial": line.is_partial, "state": line.state, "median": peers and peers.median,
        "median_people": peers and peers.people, "median_of": peers and peers.group[0],
        "contribution": part and {"own": part.own, "whole": part.whole, "share": part.share, "work": part.work},
    }  # fmt: skip


def _text(card: Scorecard, session: Session) -> str:
    words = session.words
    header = [words.t("KPI"), words.t("Value"), words.t("Status"), words.t("Target"), words.t("Median"),
              words.t("Share")]  # fmt: skip
    rows = []
    for line in card.lines:
        peers, part = card.beside.peers.get(line.kpi.id), card.beside.parts.get(line.kpi.id)
        rows.append([
            words.catalogue(line.kpi.title), words.value(line.value, line.kpi.unit), words.status(line.status),
            said.aim_text(line, words), words.value(peers.median if peers else None, line.kpi.unit),
            words.value(part.share if part else None, "percent"),
        ])  # fmt: skip
    return said.sentence(card, words) + "\n\n" + as_table(header, rows, frozenset({1, 4, 5}))
