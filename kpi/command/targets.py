"""`targets list|set|remove|import|undo|history`: what should be reached, since when, and who changed it."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.message import say
from data.model import OWNER
from data.store.entries import TargetRow
from kpi import plan_import, target_words
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.command.target_arguments import add_place, add_set, scope_of, wanted
from kpi.custom.joined import catalogue_of
from kpi.plan_sheet import PlanSheet
from kpi.rules import resolve_due


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("targets", help="targets: what stands, setting one, importing a plan, the history")
    parser.set_defaults(needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="targets that stand")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show)
    add_set(actions).set_defaults(run=set_target)
    removing = actions.add_parser("remove", help="judge by the default again")
    add_place(removing)
    removing.set_defaults(run=remove)
    _add_import(actions)
    undoing = actions.add_parser("undo", help="take a change or an imported plan back")
    undoing.add_argument("id", type=int, metavar="ID")
    undoing.add_argument("--note", default="", metavar="TEXT")
    undoing.set_defaults(run=undo)
    history = actions.add_parser("history", help="who changed what, the latest first")
    history.add_argument("--json", action="store_true")
    history.set_defaults(run=show_history)


def _add_import(actions: Any) -> None:
    parser = actions.add_parser("import", help="a plan from a spreadsheet")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--year", type=int, metavar="Y", help="year of months that are named without one")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be entered")
    parser.add_argument("--note", default="", metavar="TEXT", help="why")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=import_plan)


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the targets that stand."""
    store, words = session.open_store(), session.words
    known = catalogue_of(store)
    resolve_due(store, known)
    rows = [row for row in store.entries.targets() if row.kpi in known]
    if args.json:
        session.print(as_json([as_cells(row) for row in rows]))
        return 0
    header = [words.t("KPI"), words.t("For whom"), words.t("Target"), words.t("Days")]
    body = [
        [
            words.catalogue(known.get(row.kpi).title), target_words.scope(words, row),
            target_words.whole(words, known.get(row.kpi), row), target_words.days(words, row),
        ]
        for row in rows
    ]  # fmt: skip
    session.print(as_table(header, body) if body else words.t("No target was set yet."))
    return 0


def as_cells(row: TargetRow) -> dict[str, Any]:
    """A target for programs."""
    numbers = [
        {
            "first": one.first, "last": one.last, "base": one.base, "resolved_at": one.resolved_at,
            **dict(zip(("good_low", "good_high", "ok_low", "ok_high"), one.sides, strict=True)),
        }
        for one in row.numbers
    ]  # fmt: skip
    return {
        "step": row.step, "kpi": row.kpi, "scope": row.scope and list(row.scope), "kind": row.kind, "grain": row.grain,
        "valid_from": row.valid_from, "valid_to": row.valid_to, "good_low": row.good_low, "good_high": row.good_high,
        "ok_low": row.ok_low, "ok_high": row.ok_high, "rule": row.rule, "numbers": numbers, "entered": row.entered,
    }  # fmt: skip


def set_target(args: argparse.Namespace, session: Session) -> int:
    """Set one target, in one step."""
    store = session.open_store()
    kpi = catalogue_of(store).get(args.kpi)
    new = wanted(args, kpi, store.clock().date())
    step = store.entries.change_targets(new, note=args.note)
    resolve_due(store, catalogue_of(store))
    session.print(say("Change {n} was entered.", n=step))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """From a day on there is no target of one's own."""
    store = session.open_store()
    kpi = catalogue_of(store).get(args.kpi)
    step = store.entries.remove_target(kpi.id, scope_of(args.scope), args.since, args.note)
    session.print(say("Change {n} was entered.", n=step))
    return 0


def undo(args: argparse.Namespace, session: Session) -> int:
    """Take a step back."""
    session.open_store().entries.undo_targets(args.id, args.note)
    session.print(say("Change {n} was taken back. What was judged by it stays judged.", n=args.id))
    return 0


def import_plan(args: argparse.Namespace, session: Session) -> int:
    """Read a plan, say what was not understood, and enter the rest; 1 if nothing can be entered."""
    store, path = session.open_store(), session.path(args.file)
    known = catalogue_of(store)
    plan = plan_import.preview(store, Reader(store, OWNER), known, path, args.year)
    step = None if args.dry_run or not plan.cells else plan_import.enter(store, plan, path.name, args.note)
    if args.json:
        session.print(as_json({"step": step, **as_told(plan, session)}))
        return 0 if plan.cells else 1
    for problem in plan.problems:
        place = say("line {line}", line=problem.line) if problem.line else say("table")
        session.warn(say("{sheet}, {place}: {what}", sheet=problem.sheet, place=place, what=problem.message))
    _print_cells(plan, session)
    if step is not None:
        session.print(say("Entered as change {n}. `targets undo {n}` takes all of it back.", n=step))
    return 0 if plan.cells else 1


def as_told(plan: PlanSheet, session: Session) -> dict[str, Any]:
    """The plan for programs."""
    cells = [
        {
            "sheet": cell.sheet, "line": cell.line, "kpi": cell.kpi.id, "scope": cell.scope and list(cell.scope),
            "grain": cell.period.grain, "first": cell.period.first, "last": cell.period.last,
            **{name: getattr(cell.target(""), name) for name in ("good_low", "good_high", "ok_low", "ok_high")},
        }
        for cell in plan.cells
    ]  # fmt: skip
    problems = [
        {"sheet": one.sheet, "line": one.line, "message": session.words.render(one.message)} for one in plan.problems
    ]
    return {"cells": cells, "problems": problems}


def _print_cells(plan: PlanSheet, session: Session) -> None:
    words = session.words
    header = [words.t("KPI"), words.t("For whom"), words.t("Period"), words.t("Target")]
    body = []
    for cell in plan.cells:
        target = cell.target("")
        body.append(
            [
                words.catalogue(cell.kpi.title), target_words.scope(words, target),
                words.period(cell.period.first, cell.period.grain), target_words.number(words, cell.kpi, target),
            ]
        )  # fmt: skip
    if body:
        session.print(as_table(header, body))


def show_history(args: argparse.Namespace, session: Session) -> int:
    """Print the log."""
    store, words = session.open_store(), session.words
    lines = target_words.history(store.entries, catalogue_of(store), words)
    if args.json:
        session.print(as_json([{**line, "at": str(line["at"])} for line in lines]))
        return 0
    header = [words.t("When"), words.t("What"), words.t("KPI"), words.t("For whom")]
    header += [words.t("Before"), words.t("After"), words.t("Why")]
    names = ("at", "action", "kpi", "scope", "before", "after")
    body = [[*(str(line[name]) for name in names), str(line["note"])] for line in lines]
    session.print(as_table(header, body) if body else words.t("No target was set yet."))
    return 0
