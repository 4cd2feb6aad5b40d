"""`process [LOG]`: the map, the variants and the figures of a process log.

Invariant: a file named here is read into a workspace of its own that is gone afterwards; nothing is loaded by it.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.access.reader import Reader
from data.ingest.staged import ImportOptions
from data.message import say_n
from data.model import OWNER
from data.store.store import Store
from kpi.command import process_said as said
from kpi.command.answer import as_json, as_table
from kpi.command.ingest import decided
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.language import Language
from kpi.model import Unit
from kpi.process import (
    Edge,
    Figures,
    ProcessLog,
    Summary,
    Variant,
    activities,
    edges,
    figures,
    outline,
    summary,
    variants,
)  # fmt: skip
from kpi.process.cost import StepWaste, by_step, months, wastes
from kpi.process.orders import in_words_of
from kpi.process.settings import ProcessSettings, settings_of

SHOWN = 10
"""Variants and followers that are printed."""
TOLD = 100
"""Variants in the JSON."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("process", help="map, variants and figures of a process log")
    parser.add_argument("log", nargs="?", metavar="LOG", help="a file (CSV, XLSX, XES …); default: the loaded events")
    parser.add_argument("--mapping", metavar="FILE.toml", help="which column is what")
    parser.add_argument("--sheet", metavar="NAME", help="only this sheet of a workbook")
    parser.add_argument("--from", dest="source", choices=("events", "orders"), default="events",
                        help="orders: their own moments are the log, for want of events")  # fmt: skip
    said.add(parser)
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True, fact="events", account=None)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print it; 1 if a person must say what the columns of the file are."""
    store = session.open_store()
    settings = said.changed(args, settings_of(store))
    settings = in_words_of(settings, session.words) if args.source == "orders" else settings
    if args.log is None:
        _print(store, settings, args, session)
        return 0
    path = session.path(args.log)
    with _aside(store) as scratch:
        mappings = decided(path, args, session, scratch)
        if mappings is None:
            return 1
        rejected = sum(report.rejected for report in scratch.publish(path, mappings, ImportOptions()))
        _print(scratch, settings, args, session, rejected)
        if rejected and not args.json:
            session.print(say_n("{n} row was not read as an event.", "{n} rows were not read as events.", rejected))
    return 0


@contextmanager
def _aside(store: Store) -> Iterator[Store]:
    """A workspace that is gone afterwards."""
    with TemporaryDirectory(prefix="process-") as folder, Store.open(Path(folder), store.clock) as scratch:
        yield scratch


def _print(
    store: Store, settings: ProcessSettings, args: argparse.Namespace, session: Session, rejected: int = 0
) -> None:
    log = ProcessLog(Reader(store, OWNER), where_of(args.where), args.source, settings, session.words)
    found, cases, ways, told, flow = summary(log), figures(log), variants(log, TOLD), outline(log), edges(log)
    needless, length = by_step(wastes(log)), months(found.since.date(), found.until.date())
    if not args.json:
        tables = _written(found, cases, ways[:SHOWN], flow[:SHOWN], session.words)
        session.print("\n\n".join([tables, *_needless(needless[:SHOWN], length, session.words)]))
        return
    steps = [vars(one) for one in activities(log)]
    session.print(
        as_json(
            {
                "cases": found.cases, "events": found.events, "activities": found.activities,
                "variants": found.variants, "top_variant": vars(ways[0]), "rework_cases": found.rework_cases,
                "rework_share": found.rework_share,
                "throughput_hours": {"median": found.median_hours, "mean": found.mean_hours},
                **vars(cases), "starts": told.starts, "ends": told.ends,
                "rejected": rejected,
                "settings": asdict(settings), "since": found.since, "until": found.until, "steps": steps,
                "ways": [vars(one) for one in ways], "directly_follows": [vars(one) for one in flow],
                "superfluous_steps": [{**vars(one), "cost_a_month": one.cost / length} for one in needless],
            }
        )
    )  # fmt: skip


def _written(found: Summary, cases: Figures, ways: tuple[Variant, ...], flow: tuple[Edge, ...], words: Language) -> str:
    t = words.t
    figures = [
        (t("Cases"), words.number(found.cases)), (t("Executions"), words.number(found.events)),
        (t("Activities"), words.number(found.activities)), (t("Variants"), words.number(found.variants)),
        (t("Cases with a repeated activity"), words.value(100 * found.rework_share, "percent")),
        (t("Median time of a case"), words.value(found.median_hours, "hours")),
        (t("Mean time of a case"), words.value(found.mean_hours, "hours")), *_figures(cases, words),
    ]  # fmt: skip
    told = [
        (" → ".join(one.path), words.number(one.cases), words.value(100 * one.share, "percent"),
         words.value(one.median_hours, "hours"))
        for one in ways
    ]  # fmt: skip
    followed = [
        (f"{one.before} → {one.after}", words.number(one.count), words.value(one.median_hours, "hours")) for one in flow
    ]
    return "\n\n".join(
        [
            as_table(("", ""), figures, frozenset({1})),
            as_table((t("Variant"), t("Cases"), t("Share"), t("Median time")), told, frozenset({1, 2, 3})),
            as_table((t("What follows"), t("How many times"), t("Median wait")), followed, frozenset({1, 2})),
        ]
    )


def _needless(found: tuple[StepWaste, ...], length: float, words: Language) -> list[str]:
    """The table of what adds nothing, where there is something."""
    t = words.t
    reasons = {"superfluous": t("superfluous"), "repeat": t("again")}
    rows = [
        (one.activity, reasons[one.why], words.number(one.count), words.value(one.cost / length, "money"))
        for one in found
    ]
    head = (t("Superfluous steps"), t("Why"), t("How many times"), t("Roubles a month"))
    return [as_table(head, rows, frozenset({2, 3}))] if rows else []


def _figures(cases: Figures, words: Language) -> list[tuple[str, str]]:
    """The figures that the log tells, with their names."""
    t = words.t
    told: list[tuple[str, float | None, Unit]] = [
        (t("Superfluous steps and repeats"), _percent(cases.superfluous_share), "percent"),
        (t("Cases with a step twice running"), _percent(cases.loop_share), "percent"),
        (t("Cases that go back and forth"), _percent(cases.ping_pong_share), "percent"),
        (t("Hand-overs a case"), cases.handovers_per_case, "count"),
        (t("Median work on a case"), cases.median_work_hours, "hours"),
        (t("Waiting"), _percent(cases.waiting_share), "percent"),
        (t("Cases over their time"), _percent(cases.late_share), "percent"),
        (t("Cost"), cases.cost, "money"), (t("Cost of superfluous steps and repeats"), cases.superfluous_cost, "money"),
    ]  # fmt: skip
    return [(name, words.value(value, unit)) for name, value, unit in told if value is not None]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
