"""`audit`: where the business stands with its KPIs. `audit save [NAME]`, `audit list|compare|delete ID`."""

import argparse
from dataclasses import asdict
from typing import Any

from data.access.reader import Reader
from data.message import say
from data.model import OWNER
from data.store.store import Store
from kpi.audit import Audit, Comparison, audit_of, body_of, compared, gathered, with_keys
from kpi.audit.words import CHECKS, STEPS
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("audit", help="where the business stands with its KPIs; keep it, and compare later")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    saving = actions.add_parser("save", help="keep what is found today")
    saving.add_argument("name", nargs="?", default="", metavar="NAME")
    saving.set_defaults(run=save)
    listing = actions.add_parser("list", help="the audits that were kept")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show)
    deleting = actions.add_parser("delete", help="forget an audit that was kept")
    deleting.add_argument("id", type=int, metavar="ID")
    deleting.set_defaults(run=delete)
    comparing = actions.add_parser("compare", help="hold an audit that was kept beside today, or beside another")
    comparing.add_argument("id", type=int, metavar="ID")
    comparing.add_argument("other", type=int, nargs="?", metavar="ID", help="default: today")
    comparing.add_argument("--json", action="store_true")
    comparing.set_defaults(run=compare)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the audit."""
    found = _today(session.open_store())
    session.print(as_json(_told(found)) if args.json else _text(found, session))
    return 0


def save(args: argparse.Namespace, session: Session) -> int:
    """Keep it."""
    store = session.open_store()
    found = _today(store)
    number = store.entries.audits.keep(args.name, found.day, body_of(found))
    session.print(say("Audit {number} of {day} is kept.", number=number, day=found.day))
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """List the audits that were kept."""
    kept = [(one, audit_of(one.body)) for one in session.open_store().entries.audits.all()]
    if args.json:
        told = [{"id": one.id, "name": one.name, "day": one.day, "met": a.met, "of": a.of} for one, a in kept]
        session.print(as_json(told))
        return 0
    for one, audit in kept:
        session.print(f"{one.id}  {one.day}  {audit.met} / {audit.of}  {one.name}".rstrip())
    if not kept:
        session.print(say("No audit is kept yet."))
    return 0


def delete(args: argparse.Namespace, session: Session) -> int:
    """Forget one."""
    session.open_store().entries.audits.delete(args.id)
    session.print(say("Audit {number} is forgotten.", number=args.id))
    return 0


def compare(args: argparse.Namespace, session: Session) -> int:
    """Before and after."""
    store = session.open_store()
    before = audit_of(store.entries.audits.get(args.id).body)
    after = audit_of(store.entries.audits.get(args.other).body) if args.other else _today(store)
    reader = Reader(store, OWNER)
    found = compared(with_keys(before, after, reader, catalogue_of(store), target_book(store)), after)
    session.print(as_json(_changes(found)) if args.json else _compared(found, session))
    return 0


def _today(store: Store) -> Audit:
    return gathered(store, Reader(store, OWNER), catalogue_of(store), target_book(store))


def _told(found: Audit) -> dict[str, Any]:
    return {**asdict(found), "met": found.met, "of": found.of}


def _changes(found: Comparison) -> dict[str, Any]:
    return {
        "before": {"day": found.before.day, "met": found.before.met}, "after": {"day": found.after.day,
                                                                              "met": found.after.met},
        "won": [check for _, check in found.won], "lost": [check for _, check in found.lost],
        "keys": [{"kpi": one.after.kpi, "before": one.before.value, "after": one.after.value} for one in found.keys],
        "pains": [{"text": one.after.text, "audience": one.after.audience, "before": one.before.share,
                   "after": one.after.share, "change": one.change} for one in found.pains],
    }  # fmt: skip


def _text(found: Audit, session: Session) -> str:
    words, lines = session.words, []
    for step in found.steps:
        lines.append(f"{words.render(STEPS[step.id])}: {step.met} / {len(step.checks)}")
        if step.next is not None:
            lines.append(f"  → {words.render(CHECKS[step.next.id].todo)}")
    lines += [words.t("No KPI serves the goal «{goal}».", goal=goal) for goal in found.goals_without]
    return "\n".join(lines)


def _compared(found: Comparison, session: Session) -> str:
    words, before, after = session.words, found.before, found.after
    lines = [f"{before.day} → {after.day}: {before.met} → {after.met} / {after.of}"]
    lines += [f"● {words.render(CHECKS[check].holds)}" for _, check in found.won if check in CHECKS]
    lines += [f"▲ {words.render(CHECKS[check].holds)}" for _, check in found.lost if check in CHECKS]
    return "\n".join(lines)
