"""`catalogue`: every KPI in plain words, and whether the loaded data can answer it."""

import argparse
from collections.abc import Mapping
from typing import Any

from data.access.reader import Reader
from data.model import OWNER
from kpi.catalogue import Catalogue
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.evaluate import Availability, availability
from kpi.language import Language
from kpi.model import Bounds, Kpi


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("catalogue", help="every KPI: id, title, area, unit, target, and what it needs")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print all visible KPIs in the order of the catalogue."""
    store = session.open_store()
    definitions = catalogue_of(store)
    found = availability(Reader(store, OWNER).relations(), definitions)
    entries = [entry(kpi, found[kpi.id], session.words) for kpi in definitions.visible()]
    session.print(as_json(entries) if args.json else _table(definitions, found, session.words))
    return 0


def entry(kpi: Kpi, here: Availability, words: Language) -> dict[str, Any]:
    """One KPI as JSON shows it."""
    return {
        "id": kpi.id,
        "title": words.catalogue(kpi.title),
        "question": words.catalogue(kpi.question),
        "area": kpi.area,
        "unit": kpi.unit,
        "better": kpi.better,
        "definition": kpi.written or kpi.definition,
        "is_custom": kpi.is_custom,
        "target": bounds(kpi.target),
        "target_source": kpi.target_source,
        "min_rows": kpi.min_rows,
        "slice_by": kpi.slice_by,
        "facts": sorted(here.facts),
        "columns": sorted(f"{relation}.{column}" for relation, column in here.columns),
        "computable": here.computable,
        "missing": sorted(f"{relation}.{column}" if column else relation for relation, column in here.missing),
        "source": kpi.source,
    }


def bounds(target: Bounds | None) -> Mapping[str, float] | None:
    """The sides of a target that are set."""
    if target is None:
        return None
    names = ("good_low", "good_high", "ok_low", "ok_high")
    return {name: getattr(target, name) for name in names if getattr(target, name) is not None}


def _table(definitions: Catalogue, found: Mapping[str, Availability], words: Language) -> str:
    header = [words.t("Id"), words.t("KPI"), words.t("Area"), words.t("Computable here")]
    rows = [
        [kpi.id, words.catalogue(kpi.title), kpi.area, _computable(found[kpi.id], words)]
        for kpi in definitions.visible()
    ]
    return as_table(header, rows)


def _computable(here: Availability, words: Language) -> str:
    if here.computable:
        return words.t("yes")
    missing = sorted(f"{relation}.{column}" if column else relation for relation, column in here.missing)
    return words.t("no: {columns} missing", columns=", ".join(missing))
