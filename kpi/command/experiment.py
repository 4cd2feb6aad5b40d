"""`experiment`: the journal with verdicts. `experiment show ID`, `plan`, `create`, `decide`, `stop`, `note`, `remove`.

Invariant: `plan` enters nothing; `create` enters only what can be judged by the data that are loaded.
"""

import argparse
from typing import Any

from data.access.reader import Reader
from data.errors import UserError
from data.message import say
from data.model import OWNER
from data.store.entries import Design
from data.store.entries.experiments import CHOICES
from data.store.store import Store
from kpi.command import experiment_answer as told
from kpi.command.answer import as_json
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.experiment import Asking, planned, studied
from kpi.experiment import words as said
from kpi.experiment.draft import checked, from_toml, from_values
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("experiment", help="experiments: two arms, a verdict that may be looked at daily")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser("list", help="every experiment with its verdict")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run)
    for name, about, does in (
        ("show", "one experiment: verdict, effect, guards, checks, plan", show),
        ("decide", "close it with a verdict", decide),
        ("stop", "give it up, undecided", stop),
        ("reopen", "take a decision or a stop back", reopen),
        ("note", "write down what was learned", note),
        ("remove", "take it out of the journal", remove),
    ):
        one = actions.add_parser(name, help=about)
        one.add_argument("id", type=int, metavar="ID")
        one.set_defaults(run=does)
        _add_closing(one, name)
    for name, about, does in (
        ("plan", "how long it would take; enters nothing", plan),
        ("create", "enter an experiment", create),
    ):
        _add_design(actions.add_parser(name, help=about), does)


def _add_closing(parser: Any, name: str) -> None:
    if name == "show":
        parser.add_argument("--json", action="store_true")
    if name == "decide":
        parser.add_argument("verdict", choices=CHOICES, help="for A, for B, or no difference that matters")
    if name == "note":
        parser.add_argument("text", metavar="TEXT")
    if name != "show":
        parser.add_argument("--who", default="", metavar="NAME", help="who does it")
    if name in ("decide", "stop"):
        parser.add_argument("--note", default="", metavar="TEXT", help="what was learned")


def _add_design(parser: Any, does: Any) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE.toml", help="the design; arguments come before it")
    for name, about in (
        ("title", "what it is called"), ("hypothesis", "what is expected and why"), ("kpi", "what decides"),
        ("dimension", "what the arms are made of: ad_id, account, branch …"), ("a-is", "what is done in A"),
        ("b-is", "what is done in B"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", metavar="TEXT", help=about)
    for arm in ("a", "b"):
        parser.add_argument(f"--{arm}", action="append", metavar="MEMBER", help="repeatable")
    parser.add_argument("--start", type=day, metavar="D", help="first day of the change")
    parser.add_argument("--end", type=day, metavar="D", help="last day (default: eight weeks)")
    for name, about in (("days", "length instead of the last day"), ("baseline", "days before the start (56)")):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=about)
    parser.add_argument("--matters", type=float, metavar="X", help="smallest difference that matters (10)")
    parser.add_argument("--absolute", action="store_true", help="that difference is in the KPI's unit, not in percent")
    for name, about in (("alpha", "chance of a false winner, % (5)"), ("power", "chance of finding it, % (80)"),
                        ("worth", "roubles that one more is worth")):  # fmt: skip
        parser.add_argument(f"--{name}", type=float, metavar="X", help=about)
    parser.add_argument("--guard", type=pair, action="append", default=[], metavar="KPI=X", help="X % worse allowed")
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--who", default="", metavar="NAME", help="who enters it")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=does)


def asking_of(store: Store) -> Asking:
    """Where answers come from, for the owner."""
    marks = store.entries.marks.all()
    return Asking(Reader(store, OWNER), catalogue_of(store), target_book(store), marks, store.clock().date())


def run(args: argparse.Namespace, session: Session) -> int:
    """Print the journal."""
    store = session.open_store()
    asking = asking_of(store)
    studies = [studied(asking, one) for one in store.entries.experiments.all()]
    if args.json:
        session.print(as_json([told.as_figures(study, session.words) for study in studies]))
        return 0
    session.print(told.listed(studies, session.words) if studies else say("No experiment is entered yet."))
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print one."""
    store, words = session.open_store(), session.words
    study = studied(asking_of(store), store.entries.experiments.get(args.id))
    session.print(as_json(told.as_figures(study, words)) if args.json else told.written(study, words))
    return 0


def plan(args: argparse.Namespace, session: Session) -> int:
    """Print how long it would take; 1 where the data do not tell it."""
    asking = asking_of(session.open_store())
    found = planned(asking, checked(asking, design_of(args, session)))
    if found is None:
        raise UserError(say("The days before the start are too few to tell how long it takes."),
                        hint=say("Load earlier days of both arms."))  # fmt: skip
    if args.json:
        session.print(as_json(told.plan(found)))
        return 0
    session.print(said.plan_sentence(found, session.words))
    for seen in found.seen:
        percent = session.words.value(seen.percent, "percent")
        session.print(say("In {days} days a difference of {percent} can be seen.", days=seen.days, percent=percent))
    return 0


def create(args: argparse.Namespace, session: Session) -> int:
    """Enter one."""
    store = session.open_store()
    design = checked(asking_of(store), design_of(args, session))
    number = store.entries.experiments.add(design, args.who)
    if args.json:
        session.print(as_json({"id": number}))
    else:
        session.print(say("Experiment {number} is entered: it begins on {day}.", number=number, day=design.start))
    return 0


def design_of(args: argparse.Namespace, session: Session) -> Design:
    """The design of the file with what the arguments say otherwise; without a file, of the arguments alone."""
    named = ("title", "hypothesis", "kpi", "dimension", "a_is", "b_is", "a", "b", "start", "end", "days", "baseline",
             "matters", "alpha", "power", "worth")  # fmt: skip
    values = {name: getattr(args, name) for name in named if getattr(args, name) is not None}
    where: dict[str, list[str]] = {}
    for name, member in args.where:
        where.setdefault(name, []).append(member)
    values |= {"where": where} if where else {}
    values |= {"guards": {kpi: _percent(kpi, text) for kpi, text in args.guard}} if args.guard else {}
    values |= {"matters_in": "absolute"} if args.absolute else {}
    if args.file is None:
        return from_values(values)
    path = session.path(args.file)
    if not path.is_file():
        raise UserError(say("There is no file {name}.", name=args.file))
    written = from_toml(path.read_text(encoding="utf-8"))
    return _with(written, values)


def _with(written: Design, values: dict[str, Any]) -> Design:
    """The design with other values; those of a table replace the table."""
    whole = {**told.design(written), "start": written.start, "end": written.end, **values}
    if "days" in values:
        del whole["end"]
    return from_values(whole)


def _percent(kpi: str, text: str) -> float:
    try:
        return float(text.replace(",", ".").rstrip("% "))
    except ValueError:
        raise UserError(say("«{kpi}={text}»: how much worse it may get is a number.", kpi=kpi, text=text)) from None


def decide(args: argparse.Namespace, session: Session) -> int:
    """Close it."""
    session.open_store().entries.experiments.decide(args.id, args.verdict, args.who, args.note)
    session.print(say("Experiment {number} is decided.", number=args.id))
    return 0


def stop(args: argparse.Namespace, session: Session) -> int:
    """Give it up."""
    session.open_store().entries.experiments.stop(args.id, args.who, args.note)
    session.print(say("Experiment {number} is stopped.", number=args.id))
    return 0


def reopen(args: argparse.Namespace, session: Session) -> int:
    """Take its end back."""
    session.open_store().entries.experiments.reopen(args.id, args.who)
    session.print(say("Experiment {number} is open again.", number=args.id))
    return 0


def note(args: argparse.Namespace, session: Session) -> int:
    """Write down what was learned."""
    session.open_store().entries.experiments.learn(args.id, args.text, args.who)
    session.print(say("What was learned in experiment {number} is written down.", number=args.id))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """Take it out."""
    session.open_store().entries.experiments.remove(args.id, args.who)
    session.print(say("Experiment {number} is removed.", number=args.id))
    return 0
