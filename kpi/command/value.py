"""`value KPI…`: the figures the screens show, for programs and for a terminal."""

import argparse
from typing import Any

import pandas as pd

from data.access.reader import Reader
from data.message import Message, say
from data.model import OWNER
from kpi.catalogue import Catalogue
from kpi.command import period
from kpi.command.answer import as_csv, as_json, as_table
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.evaluate import evaluate
from kpi.language import Language
from kpi.model import GRAINS, Query, Result
from kpi.rules import resolve_due
from kpi.target_rows import target_book

COLUMNS = (
    "kpi", "period", "period_end", "slice", "is_total", "value", "unit", "rows", "used", "eligible",
    "previous", "target", "status", "is_partial",
)  # fmt: skip
"""Keys of a row, in order."""
COPIED = 60.0
"""Seconds to wait for an engine's copy of the data; DuckDB answers after that."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("value", help="figures of KPIs")
    parser.add_argument("kpis", nargs="+", metavar="KPI")
    period.add(parser)
    parser.add_argument("--grain", choices=GRAINS, default="total")
    parser.add_argument("--by", metavar="DIM", help="break down by a dimension")
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Evaluate and print; 1 if one of the KPIs cannot be computed as asked."""
    period.check(args)
    store = session.open_store()
    definitions = catalogue_of(store)
    query = Query(_known(args.kpis, definitions), args.since, args.until, args.grain, args.by, where_of(args.where))
    resolve_due(store, definitions)
    if store.engine is not None:
        store.engine.wait(store.data_version, COPIED)
    result = evaluate(Reader(store, OWNER), definitions, query, target_book(store))
    rows = records(result, definitions)
    session.print(_formatted(rows, args, session.words, definitions))
    reasons = {**_without_rows(query, rows), **result.unavailable}
    for kpi, why in reasons.items():
        session.warn(say("{kpi}: {why}", kpi=kpi, why=why))
    return 1 if reasons else 0


def _without_rows(query: Query, rows: list[dict[str, Any]]) -> dict[str, Message]:
    """KPIs the answer says nothing about: nothing they are computed from is loaded."""
    answered = {row["kpi"] for row in rows}
    why = say("Nothing it is computed from is loaded; see `catalogue`.")
    return {kpi: why for kpi in query.kpis if kpi not in answered}


def records(result: Result, definitions: Catalogue) -> list[dict[str, Any]]:
    """Rows of an answer with the keys of COLUMNS: totals first."""
    frame = result.frame.assign(unit=[definitions.get(kpi).unit for kpi in result.frame["kpi"]])
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in frame[list(COLUMNS)].itertuples(index=False, name=None)]
    return [{**row, "slice": None if pd.isna(row["slice"]) else row["slice"]} for row in rows]


def _formatted(rows: list[dict[str, Any]], args: argparse.Namespace, words: Language, known: Catalogue) -> str:
    if args.format == "json":
        return as_json(rows)
    return as_csv(COLUMNS, rows) if args.format == "csv" else _table(rows, args, words, known)


def _table(rows: list[dict[str, Any]], args: argparse.Namespace, words: Language, known: Catalogue) -> str:
    header = [
        words.t("KPI"), words.t("Period"), words.t("Slice"), words.t("Value"), words.t("Rows"), words.t("Target"),
        words.t("Status"),
    ]  # fmt: skip
    body = [
        [
            words.catalogue(known.get(row["kpi"]).title),
            _period(row, args.grain, words),
            _slice(row, words),
            words.value(row["value"], row["unit"]),
            words.number(row["used"]),
            words.value(row["target"], row["unit"]),
            words.status(row["status"]),
        ]
        for row in rows
    ]
    return as_table(header, body, frozenset({3, 4, 5}))


def _period(row: dict[str, Any], grain: Any, words: Language) -> str:
    if pd.isna(row["period"]):
        return "—"
    since, until = row["period"].date(), row["period_end"].date()
    return words.span(since, until) if grain == "total" else words.period(since, grain)


def _slice(row: dict[str, Any], words: Language) -> str:
    if row["is_total"]:
        return words.t("all")
    return words.member(row["slice"])


def _known(ids: list[str], definitions: Catalogue) -> tuple[str, ...]:
    return tuple(definitions.get(kpi).id for kpi in dict.fromkeys(ids))


def where_of(pairs: list[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """One entry a dimension; its members are alternatives."""
    members: dict[str, list[str]] = {}
    for name, value in pairs:
        members.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in sorted(members.items()))
