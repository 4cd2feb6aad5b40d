"""`kpi`: KPIs of your own. `add TITLE FORMULA`, `change ID`, `remove ID`, `history ID`, `restore VERSION`, `check`."""

import argparse
from dataclasses import replace
from typing import Any, get_args

from data.message import say
from data.store.entries import CustomKpi
from data.store.entries.custom_kpis import Version
from data.store.store import Store
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.custom import changes
from kpi.custom.joined import Joined, joined_of
from kpi.custom.preview import Told, preview, told
from kpi.model import Better, Unit

_SIDES = ("good_low", "good_high", "ok_low", "ok_high")
_AREAS = ("quality", "operations", "finance", "team", "marketing", "hiring")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("kpi", help="KPIs of your own: add, change, remove, restore, check, history")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    _action(actions, "list", "the KPIs of your own", run)
    checking = _action(actions, "check", "read a formula and say what it gives; enters nothing", check)
    checking.add_argument("formula", metavar="FORMULA")
    adding = _action(actions, "add", "define a KPI", enter)
    adding.add_argument("title", metavar="TITLE")
    adding.add_argument("formula", metavar="FORMULA")
    _properties(adding)
    changing = _action(actions, "change", "put a KPI in other words", change)
    changing.add_argument("id", metavar="ID")
    changing.add_argument("--title")
    changing.add_argument("--formula")
    _properties(changing)
    _action(actions, "remove", "take a KPI away; `restore` brings it back", remove).add_argument("id", metavar="ID")
    _action(actions, "history", "every version of a KPI", history).add_argument("id", metavar="ID")
    restoring = _action(actions, "restore", "bring back a version, removed or reworded since", restore)
    restoring.add_argument("version", metavar="VERSION", type=int)


def _action(actions: Any, name: str, help_: str, carry_out: Any) -> Any:
    parser = actions.add_parser(name, help=help_)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    parser.set_defaults(run=carry_out)
    return parser


def _properties(parser: Any) -> None:
    parser.add_argument("--area", choices=_AREAS)
    parser.add_argument("--unit", choices=get_args(Unit), help="default: what the formula tells, else count")
    parser.add_argument("--better", choices=get_args(Better))
    for side in _SIDES:
        parser.add_argument(f"--{side.replace('_', '-')}", type=float, metavar="N")
    parser.add_argument("--min-rows", type=int, metavar="N", help="below so many rows it is not judged")
    parser.add_argument("--slice-by", action="append", metavar="DIM", help="repeatable")
    parser.add_argument("--question", metavar="TEXT", help="the question it answers")


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the KPIs that stand, those that cannot be made with the reason."""
    store = session.open_store()
    said, whole = store.entries.custom_kpis.all(), joined_of(store)
    if args.json:
        session.print(as_json([_entry(one, whole, session) for one in said]))
        return 0
    for one in said:
        problem = whole.problems.get(one.kpi)
        session.print(f"{one.kpi}  {one.title}: {one.formula}" + (f"  ! {session.reason(problem)}" if problem else ""))
    if not said:
        session.print(say("There are no KPIs of your own yet."))
    return 0


def check(args: argparse.Namespace, session: Session) -> int:
    """Print how a formula is read, and what it gives."""
    store = session.open_store()
    read = told(store, args.formula)
    shown = preview(store, read)
    months = [
        {"period": row["period"], "value": row["value"], "rows": row["rows"], "used": row["used"]}
        for row in shown.frame.to_dict("records")
    ]
    if args.json:
        session.print(as_json({**_read(read), "months": months, "unavailable": _said(shown.unavailable, session)}))
        return 0
    words = session.words
    session.print(say("Read as: {formula}", formula=read.kpi.definition))
    if shown.unavailable is not None:
        session.print(shown.unavailable)
    header = [words.t("Period"), words.t("Value"), words.t("Rows")]
    unit = read.unit or "count"
    body = [
        [words.period(m["period"].date(), "month"), words.value(m["value"], unit), words.number(m["used"])]
        for m in months
    ]
    if body:
        session.print(as_table(header, body, frozenset({1, 2})))
    return 0


def enter(args: argparse.Namespace, session: Session) -> int:
    """Define a KPI."""
    store = session.open_store()
    read = told(store, args.formula)
    plain = CustomKpi(
        "", args.title, args.question or "", args.formula, "operations", read.unit or "count", "higher",
        min_rows=read.min_rows,
    )  # fmt: skip
    said = changes.add(store, _with(plain, args))
    return _entered(said, store, args, session)


def change(args: argparse.Namespace, session: Session) -> int:
    """Put a KPI in other words; what is not said stays."""
    store = session.open_store()
    standing = {one.kpi: one for one in store.entries.custom_kpis.all()}
    before = standing.get(args.id) or CustomKpi(args.id, "", "", "", "", "", "")
    named = replace(before, title=args.title or before.title, formula=args.formula or before.formula)
    return _entered(changes.change(store, _with(named, args)), store, args, session)


def remove(args: argparse.Namespace, session: Session) -> int:
    """Take a KPI away."""
    version = changes.remove(session.open_store(), args.id)
    if args.json:
        session.print(as_json({"id": args.id, "restore": version}))
    else:
        session.print(say("Removed. To bring it back: kpi restore {version}", version=str(version)))
    return 0


def restore(args: argparse.Namespace, session: Session) -> int:
    """Bring a version back."""
    store = session.open_store()
    return _entered(changes.restore(store, args.version), store, args, session)


def history(args: argparse.Namespace, session: Session) -> int:
    """Print every version of a KPI."""
    versions = session.open_store().entries.custom_kpis.versions(args.id)
    if args.json:
        session.print(as_json([_version(one) for one in versions]))
        return 0
    for one in versions:
        gone = " " + session.words.t("(removed)") if one.is_removed else ""
        session.print(f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {one.wording.title}: {one.wording.formula}{gone}")
    return 0


def _with(said: CustomKpi, args: argparse.Namespace) -> CustomKpi:
    """What the arguments say besides title and formula."""
    names = ("area", "unit", "better", *_SIDES, "min_rows", "question")
    given = {name: value for name in names if (value := getattr(args, name)) is not None}
    if args.slice_by is not None:
        given["slice_by"] = tuple(args.slice_by)
    return replace(said, **given)


def _entered(said: CustomKpi, store: Store, args: argparse.Namespace, session: Session) -> int:
    if args.json:
        session.print(as_json(_entry(said, joined_of(store), session)))
    else:
        session.print(say("{id}: {title}", id=said.kpi, title=said.title))
    return 0


def _entry(said: CustomKpi, whole: Joined, session: Session) -> dict[str, Any]:
    problem, found = whole.problems.get(said.kpi), whole.made.get(said.kpi)
    return {
        "id": said.kpi, "title": said.title, "question": said.question, "formula": said.formula, "area": said.area,
        "unit": said.unit, "better": said.better, **{side: getattr(said, side) for side in _SIDES},
        "min_rows": said.min_rows, "slice_by": said.slice_by,
        "definition": found.kpi.definition if found else None,
        "problem": session.reason(problem) if problem else None,
    }  # fmt: skip


def _read(read: Told) -> dict[str, Any]:
    return {
        "definition": read.kpi.definition,
        "parts": {part.id: part.definition for part in read.made.parts},
        "tables": sorted({one.relation for one in (read.kpi, *read.made.parts) if one.relation}),
        "unit": read.unit,
        "additive": read.kpi.additive,
    }


def _said(why: Any, session: Session) -> str | None:
    return session.words.render(why) if why is not None else None


def _version(one: Version) -> dict[str, Any]:
    wording = one.wording
    return {
        "version": one.number, "at": one.at.isoformat(timespec="seconds"), "is_removed": one.is_removed,
        "title": wording.title, "formula": wording.formula,
    }  # fmt: skip
