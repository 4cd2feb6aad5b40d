"""`coach`: what is to be said about the key KPIs, and what one more column would bring."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.message import say
from data.model import OWNER
from kpi.coach import Advice, Template, Unlock, advise, gather, templates, unlocks
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.evaluate import availability, evaluate
from kpi.language import Language
from kpi.rules import resolve_due
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("coach", help="what is missing, too much or silent among the key KPIs")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the advice."""
    store, words = session.open_store(), session.words
    known = catalogue_of(store)
    resolve_due(store, known)
    reader, book = Reader(store, OWNER), target_book(store)
    available = availability(reader.relations(), known)
    told = gather(
        store.entries, known, available, lambda query: evaluate(reader, known, query, book), store.clock().date()
    )
    found, gained = advise(told), unlocks(available.values())
    if args.json:
        answer = {
            "chosen": told.chosen, "advice": [_advice(one, words) for one in found],
            "unlocks": [_unlock(one) for one in gained],
            "templates": [_template(one, words) for one in templates()],
        }  # fmt: skip
        session.print(as_json(answer))
        return 0
    for one in found:
        session.print(one.message)
        if one.why is not None:
            session.print(f"  {words.render(one.why)}")
        for action in one.actions:
            session.print(f"  + {', '.join(action.add)}" if action.add else f"  − {', '.join(action.remove)}")
    if not found:
        session.print(say("Nothing to say: the set is balanced, and every KPI in it is alive."))
    return 0


def _advice(one: Advice, words: Language) -> dict[str, Any]:
    return {
        "kind": one.kind, "kpi": one.kpi, "message": words.render(one.message),
        "why": words.render(one.why) if one.why else None,
        "actions": [{"add": action.add, "remove": action.remove} for action in one.actions],
    }  # fmt: skip


def _unlock(one: Unlock) -> dict[str, Any]:
    return {"columns": [f"{fact}.{column}" for fact, column in one.columns], "kpis": one.kpis}


def _template(one: Template, words: Language) -> dict[str, Any]:
    kpis = [{"kpi": kpi, "why": words.catalogue(why)} for kpi, why in one.kpis]
    return {"id": one.id, "title": words.catalogue(one.title), "kpis": kpis}
