"""`attainability [KPI]`: how far the targets in force are within reach, and which would be worth trying."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from data.access.reader import Reader
from data.model import OWNER
from kpi.attainability import attainability, chance, months, of_whom, suggest
from kpi.attainability import words as said
from kpi.command.answer import as_json
from kpi.command.catalogue import bounds
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.evaluate import availability
from kpi.key import key
from kpi.language import Language
from kpi.model import Kpi, Target
from kpi.target_rows import target_book
from kpi.watch import Look


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("attainability", help="how far targets are within reach")
    parser.add_argument("kpi", nargs="?", metavar="KPI", help="one KPI (default: the key KPIs)")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print each KPI's targets in force, and the suggestion."""
    store = session.open_store()
    definitions = catalogue_of(store)
    reader, today = Reader(store, OWNER), store.clock().date()
    found = availability(reader.relations(), definitions)
    possible = [kpi for kpi in definitions.visible() if found[kpi.id].computable]
    kpis = [definitions.get(args.kpi)] if args.kpi else list(key(store.entries.key_kpis(), possible))
    book, marks = target_book(store), store.entries.marks.all()
    told = []
    for kpi in kpis:
        look = Look(reader, definitions, book, (kpi.id,), marks)
        default = book.default(kpi)
        mine = [x for x in book.targets if x.kpi == kpi.id and _stands(x, today)]
        targets = [*([default] if default and not any(x.scope is None for x in mine) else []), *mine]
        told.append((kpi, [_row(look, target, today) for target in targets], _suggestion(look, kpi)))
    if args.json:
        session.print(as_json([_json(kpi, rows, suggestion) for kpi, rows, suggestion in told]))
    else:
        session.print("\n".join(line for one in told for line in _lines(*one, session.words)))
    return 0


def _stands(target: Target, today: date) -> bool:
    """One number that judges the months to come."""
    over = target.valid_to is not None and target.valid_to < today
    return target.kind == "fixed" and target.undone is None and not over


def _row(look: Look, target: Target, today: date) -> tuple[Target, Any]:
    w, running = months(look, target.scope, today)
    return target, attainability(w, target, today.month, chance(running, target)) if w is not None else None


def _suggestion(look: Look, kpi: Kpi) -> Any:
    w = of_whom(look, None)
    return suggest([reading.value for reading in w.course.readings], kpi.better) if w is not None else None


def _json(kpi: Kpi, rows: list[tuple[Target, Any]], suggestion: Any) -> dict[str, Any]:
    return {
        "kpi": kpi.id,
        "targets": [
            {
                "dimension": target.scope and target.scope[0], "member": target.scope and target.scope[1],
                "target": bounds(target), "reach": a and a.reach, "met": a and a.met, "periods": a and a.periods,
                "chance": a and a.chance, "lower": a and a.limits.lower, "upper": a and a.limits.upper,
            }
            for target, a in rows
        ],
        "suggestion": suggestion and asdict(suggestion),
    }  # fmt: skip


def _lines(kpi: Kpi, rows: list[tuple[Target, Any]], suggestion: Any, words: Language) -> list[str]:
    lines = [words.catalogue(kpi.title)]
    for target, found in rows:
        whom = target.scope[1] if target.scope else words.t("Whole business")
        verdict = said.told(found, words) if found else words.t("Too few periods to say")
        lines.append(f"  {whom}, {words.target(target.good_low, target.good_high, kpi.unit)} — {verdict}")
    if suggestion:
        lines.append("  " + words.t("Worth trying: {suggestion}", suggestion=said.suggested(suggestion, kpi, words)))
    return lines
