"""`people`: who appears under two spellings. `people merge NAME SPELLING…`, `people undo ID`."""

import argparse
from typing import Any

from data.message import say
from data.store.entries import Merge
from data.store.people.suggest import Suggestion, suggestions
from kpi.command.answer import as_json
from kpi.command.job import carried_out
from kpi.command.parser import add_list
from kpi.command.session import Session


def add(commands: Any) -> None:
    """Declare the arguments."""
    actions = add_list(
        commands, "people", "people who appear under two spellings, and merging them", run,
        undoing="take a merge back, as if it had never been made", undo=undo,
    )  # fmt: skip
    merging = actions.add_parser("merge", help="read spellings as one person")
    merging.add_argument("name", metavar="NAME", help="what the person is called")
    merging.add_argument("spellings", metavar="SPELLING", nargs="+", help="how else they are written")
    merging.set_defaults(run=merge)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the merges, and what else may be one person."""
    store, words = session.open_store(), session.words
    merges = store.entries.merges.all()
    found = suggestions(store.cursor(), store.relations(), store.entries.merges.different())
    if args.json:
        told = {"merges": [_merge(one) for one in merges], "suggestions": [_suggestion(one) for one in found]}
        session.print(as_json(told))
        return 0
    for one in merges:
        undone = " " + words.t("(taken back)") if one.undone_at else ""
        session.print(f"{one.id}  {one.name} ← {', '.join(one.spellings)}{undone}")
    for pair in found:
        session.print(
            say("Perhaps one person: {spelling} → {name}", spelling=pair.spelling.name, name=pair.person.name)
        )
    if not merges and not found:
        session.print(say("Nobody appears under two spellings."))
    return 0


def merge(args: argparse.Namespace, session: Session) -> int:
    """Merge spellings."""
    store = session.open_store()
    number = carried_out(store, args.name, lambda _progress: store.merge_people(args.name, args.spellings))
    session.print(say("Merge {number}: from now on all of it is {name}.", number=number, name=args.name))
    return 0


def undo(args: argparse.Namespace, session: Session) -> int:
    """Take a merge back."""
    store = session.open_store()
    carried_out(store, f"undo merge {args.id}", lambda _progress: store.undo_merge(args.id))
    session.print(say("Merge {number} was taken back.", number=args.id))
    return 0


def _merge(one: Merge) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "spellings": one.spellings, "undone": one.undone_at is not None}


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "spelling": one.spelling.name, "name": one.person.name, "reason": one.reason, "rows": one.spelling.count,
        "same_days": one.same_days, "also": one.also,
    }  # fmt: skip
