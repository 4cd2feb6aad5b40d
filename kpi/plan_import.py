"""A plan from a spreadsheet into the targets: what would be entered, and entering it as one step.

Invariant: what a period was judged by when it closed is not in what is entered; it is told instead.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from data.access.reader import Reader
from data.errors import UserError
from data.message import Message, say
from data.schema.names import normalise
from data.store.sheet_rows import sheet_tables
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.language import LANGUAGES, language
from kpi.model import Kpi
from kpi.plan_sheet import PlanCell, PlanSheet, Problem, read_plan
from kpi.plan_sheet.reading import Known
from kpi.target_rows import target_book
from kpi.targets import SPECIFIC, TargetBook


def preview(store: Store, reader: Reader, catalogue: Catalogue, path: Path, year: int | None = None) -> PlanSheet:
    """What a file would enter, and what of it was not understood. `UserError` where it cannot be read at all."""
    tables = sheet_tables(store.cursor(), path)
    known = Known(
        names(catalogue.visible()),
        [name for kpi in catalogue.visible() for name in (kpi.id, *_titles(kpi))],
        {dimension: tuple(reader.members(dimension)) for dimension in SPECIFIC},
        year or store.clock().year,
    )
    return without_judged(read_plan(tables, path.name, known), target_book(store), store)


def names(kpis: Sequence[Kpi]) -> dict[str, Kpi]:
    """Normalised id or title in any language → KPI."""
    found = {normalise(title): kpi for kpi in kpis for title in _titles(kpi)}
    return found | {normalise(kpi.id): kpi for kpi in kpis}


def _titles(kpi: Kpi) -> tuple[str, ...]:
    return tuple(dict.fromkeys([kpi.title, *(language(code).catalogue(kpi.title) for code in LANGUAGES)]))


def without_judged(plan: PlanSheet, book: TargetBook, store: Store) -> PlanSheet:
    """The plan without the numbers for periods that are over and were judged."""
    today = store.clock().date()
    judged = [cell for cell in plan.cells if _is_judged(cell, book, today)]
    problems = [Problem(cell.sheet, cell.line, _kept(cell)) for cell in judged]
    kept = tuple(cell for cell in plan.cells if cell not in judged)
    return replace(plan, cells=kept, problems=(*plan.problems, *problems))


def enter(store: Store, plan: PlanSheet, file: str, note: str = "") -> int:
    """Enter the plan; the number of the step, which can be taken back as one."""
    if not plan.cells:
        raise UserError(say("{file}: there is nothing to enter.", file=file))
    wanted = [cell.target(file) for cell in plan.cells]
    return store.entries.change_targets(wanted, action="import", note=note, file=file)


def _is_judged(cell: PlanCell, book: TargetBook, today: date) -> bool:
    members = dict([cell.scope]) if cell.scope else {}
    return book.is_judged(cell.kpi, (cell.period.first, cell.period.last), members, today)


def _kept(cell: PlanCell) -> Message:
    return say(
        "{kpi}, {day}: the period is over and stays judged as it was.",
        kpi=Message(cell.kpi.title), day=cell.period.first,
    )  # fmt: skip
