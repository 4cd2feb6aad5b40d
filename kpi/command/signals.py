"""`signals [KPI]`: what stands out in the key KPIs, or whether one KPI's latest value is more than chance."""

import argparse
import math
from typing import Any

from data.access.reader import Reader
from data.errors import NotAvailable
from data.message import say
from data.model import OWNER
from kpi.catalogue import Catalogue
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.evaluate import availability, evaluate
from kpi.key import key
from kpi.language import Language
from kpi.model import Query
from kpi.signals import Limits, Reading
from kpi.target_rows import target_book
from kpi.watch import Look, Signal, Watched, courses, scan
from kpi.watch import words as said
from kpi.watch.scan import DIMENSIONS

GRAINS = ("day", "week", "month", "quarter", "year")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("signals", help="what is more than chance: in the key KPIs, or in one")
    parser.add_argument("kpi", nargs="?", metavar="KPI", help="one KPI (default: what stands out in the key KPIs)")
    parser.add_argument("--by", metavar="DIM", help="each member of a dimension")
    parser.add_argument("--grain", choices=GRAINS, default="month", help="length of the periods of one KPI")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the findings, or the course of one KPI."""
    store = session.open_store()
    definitions = catalogue_of(store)
    reader = Reader(store, OWNER)
    found = availability(reader.relations(), definitions)
    ids = (definitions.get(args.kpi).id,) if args.kpi else _key(session, definitions, found)
    dimensions = (args.by,) if args.by else DIMENSIONS
    look = Look(reader, definitions, target_book(store), ids, store.entries.marks.all(), dimensions=dimensions)
    if args.kpi:
        _answerable(look, ids[0], args.by)
        series = courses(look, args.by, args.grain)
        session.print(as_json([_course(w) for w in series]) if args.json else _series(series, session.words))
    else:
        signals = scan(look)
        told = as_json([_signal(signal) for signal in signals]) if args.json else _list(signals, session.words)
        session.print(told)
    return 0


def _key(session: Session, definitions: Catalogue, found: Any) -> tuple[str, ...]:
    possible = [kpi for kpi in definitions.visible() if found[kpi.id].computable]
    return tuple(kpi.id for kpi in key(session.open_store().entries.key_kpis(), possible))


def _answerable(look: Look, kpi: str, dimension: str | None) -> None:
    """`NotAvailable` where the KPI cannot be computed, or not by the dimension."""
    why = evaluate(look.reader, look.catalogue, Query((kpi,), by=dimension, compare=()), look.targets).unavailable
    if kpi in why:
        raise NotAvailable(say("{kpi}: {why}", kpi=kpi, why=why[kpi]))


def _course(w: Watched) -> dict[str, Any]:
    last = w.course.last if w.course.readings else None
    moved = w.shift
    return {
        "kpi": w.kpi.id, "dimension": w.scope and w.scope[0], "member": w.scope and w.scope[1], "grain": w.grain,
        "state": w.state, "assurance": w.assurance, "value": last and last.value,
        "limits": _limits(last.limits if last else None), "rules": last.rules if last else (),
        "season": dict(w.course.season.effects) if w.course.season else None,
        "change_of_process": moved and {"before": moved.before, "after": moved.after, "real": moved.real},
        "too_few_rows": w.left_out,
        "periods": [
            {
                "period": days[0], "value": reading.value, **_limits(reading.limits),
                "side": reading.side, "rules": reading.rules,
            }
            for days, reading in zip(w.days, w.course.readings, strict=True)
        ],
    }  # fmt: skip


def _limits(limits: Limits | None) -> dict[str, float]:
    known = limits or Limits(math.nan, math.nan, math.nan)  # written as null
    return {"mean": known.mean, "lower": known.lower, "upper": known.upper}


def _signal(signal: Signal) -> dict[str, Any]:
    dimension, member = signal.scope or (None, None)
    return {
        "kind": signal.kind, "kpi": signal.kpi.id, "dimension": dimension, "member": member, "since": signal.since,
        "until": signal.until, "lasts": signal.lasts, "value": signal.value, "usual": signal.usual,
        "good": signal.good, "chance": signal.chance, "rules": signal.rules, "months": signal.months,
        "also": [{"dimension": name, "member": whose} for name, whose in signal.also],
    }  # fmt: skip


def _list(signals: tuple[Signal, ...], words: Language) -> str:
    if not signals:
        return words.t("Nothing stands out: what moved, moved by chance.")
    return "\n".join(
        f"{words.catalogue(s.kpi.title)} · {said.where(s, words)}: {said.told(s, words)} — {said.verdict(s, words)}"
        for s in signals
    )


def _series(series: list[Watched], words: Language) -> str:
    if len(series) == 1 and series[0].scope is None:
        return "\n".join(_sentences(series[0], words))
    header = [words.t("Slice"), words.t("Value"), words.t("From"), words.t("To"), words.t("Word")]
    rows = [[said.member(w.scope, words) if w.scope else words.t("all"), *_cells(w, words)] for w in series]
    return as_table(header, rows, frozenset({1, 2, 3}))


def _cells(w: Watched, words: Language) -> list[str]:
    last = w.course.last if w.course.readings else Reading(math.nan, None)
    limits = _limits(last.limits)
    figures = (last.value, limits["lower"], limits["upper"])
    return [*(words.value(figure, w.kpi.unit) for figure in figures), said.state_word(w.state, words)]


def _sentences(w: Watched, words: Language) -> list[str]:
    told = [f"{words.catalogue(w.kpi.title)}: {said.state_word(w.state, words)}", said.sentence(w, words)]
    return [*told, *([said.assurance_word(w.assurance, words)] if w.assurance else [])]
