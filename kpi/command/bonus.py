"""`bonus`: what a scheme pays whom and why; approve, correct, sheets, and another scheme tried out on a year."""

import argparse
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from data.access.visitor import personal
from data.errors import UnknownName, UserError
from data.message import say
from data.model import OWNER
from kpi.bonus import Answer, Bonuses, Slip
from kpi.bonus.reading import scheme_of
from kpi.bonus.replay import replay
from kpi.bonus.variant import with_stretch, with_weights
from kpi.command import bonus_answer
from kpi.command.answer import as_json, as_table
from kpi.command.session import Session
from kpi.custom.joined import catalogue_of
from kpi.report.bonus import FORMATS
from kpi.rules import resolve_due
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("bonus", help="what a bonus scheme pays whom, and why")
    _common(parser, default=None)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    _common(_action(actions, "approve", "keep a month for good", approve))
    correcting = _action(actions, "correct", "add to, or take from, an approved bonus", correct)
    _common(correcting)
    correcting.add_argument("--amount", type=number, required=True, metavar="ROUBLES", help="below 0: taken")
    correcting.add_argument("--reason", required=True)
    saving = _action(actions, "sheet", "a person's sheet as .pdf or .xlsx", save)
    _common(saving)
    saving.add_argument("file", metavar="FILE")
    trying = _action(actions, "simulate", "another scheme on the last twelve months", simulate)
    trying.add_argument("--scheme", dest="file", metavar="FILE.toml", help="the other scheme (default: the same)")
    trying.add_argument("--weight", type=setting, action="append", default=[], metavar="KPI=PERCENT")
    trying.add_argument("--stretch", type=setting, action="append", default=[], metavar="KPI=PERCENT")
    trying.add_argument("--months", type=int, choices=range(1, 37), default=12, metavar="N")
    _action(actions, "schemes", "the schemes", schemes)
    entering = _action(actions, "enter", "a scheme, or its new wording", enter)
    entering.add_argument("name", metavar="NAME")
    entering.add_argument("file", metavar="FILE.toml")
    _action(actions, "remove", "take a scheme away", remove).add_argument("name", metavar="NAME")


def _common(parser: Any, **default: Any) -> None:
    given = default or {"default": argparse.SUPPRESS}
    parser.add_argument("--month", type=month, metavar="2026-09", help="default: the latest that is over", **given)
    parser.add_argument("--scheme", metavar="NAME", help="default: the first", **given)
    parser.add_argument("--person", metavar="NAME", help="one person's sheet", **given)
    parser.add_argument("--seen-by", metavar="NAME", help="only what this person may see", **given)


def _action(actions: Any, name: str, help_: str, carry_out: Any) -> Any:
    parser = actions.add_parser(name, help=help_)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    parser.set_defaults(run=carry_out)
    return parser


def month(text: str) -> date:
    """A month, for argparse."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month like 2026-09") from None


def number(text: str) -> Decimal:
    """An exact number, for argparse."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        found = Decimal("nan")
    if not found.is_finite() or abs(found) >= Decimal(10) ** 12:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return found


def setting(text: str) -> tuple[str, Decimal]:
    """KPI=PERCENT, for argparse."""
    name, _, value = text.partition("=")
    return name, number(value)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print a month, or one person's sheet."""
    answer = _answer(args, session)
    slips = _slips(args, answer)
    if args.json:
        whole = bonus_answer.as_dict(answer)
        people = [bonus_answer.person(answer, slip) for slip in slips]
        session.print(as_json({**whole, "people": people} if args.person else whole))
    elif args.person:
        session.print(bonus_answer.sheet(answer, slips[0], session.words))
    else:
        session.print(bonus_answer.table(answer, session.words))
    if answer.left_out:
        session.warn(say("In no post of the staff list, and so without a bonus: {names}", names=answer.left_out))
    return 0


def approve(args: argparse.Namespace, session: Session) -> int:
    """Approve a month and print its number."""
    bonuses = _bonuses(args, session)
    made = bonuses.approve(args.scheme, args.month or _latest(bonuses))
    session.print(as_json({"approval": made}) if args.json else session.words.t("Approved as number {n}.", n=made))
    return 0


def correct(args: argparse.Namespace, session: Session) -> int:
    """Enter a correction and print its number."""
    bonuses = _bonuses(args, session)
    if not args.person:
        raise UserError(say("Whose bonus? Name the person with --person."))
    made = bonuses.correct(args.scheme, args.month or _latest(bonuses), args.person, args.amount, args.reason)
    session.print(as_json({"correction": made}) if args.json else session.words.t("Entered as number {n}.", n=made))
    return 0


def save(args: argparse.Namespace, session: Session) -> int:
    """Write the sheets of one person, or of all, into a file."""
    path = session.path(args.file)
    write = FORMATS.get(path.suffix.lower())
    if write is None:
        raise UserError(say("A sheet is written as {formats}.", formats=", ".join(FORMATS)))
    answer = _answer(args, session)
    path.write_bytes(write(answer, _slips(args, answer), session.words))
    session.print(as_json({"file": str(path)}) if args.json else str(path))
    return 0


def simulate(args: argparse.Namespace, session: Session) -> int:
    """Replay the other scheme beside the one in force."""
    definitions, bonuses = catalogue_of(session.open_store()), _bonuses(args, session)
    before, _ = bonuses.scheme(args.scheme)
    after = before
    if args.file:
        after = scheme_of(_text(session.path(args.file)), before.id, definitions)
    after = (
        with_stretch(with_weights(after, dict(args.weight)), dict(args.stretch))
        if args.weight
        else (with_stretch(after, dict(args.stretch)))
    )
    found = replay(bonuses, before, after, args.months)
    told = (
        as_json(bonus_answer.replay_as_dict(found))
        if args.json
        else (bonus_answer.replay_table(found, definitions, session.words))
    )
    session.print(told)
    return 0


def schemes(args: argparse.Namespace, session: Session) -> int:
    """Print the schemes."""
    found = session.open_store().entries.schemes.all()
    if args.json:
        session.print(as_json([{"scheme": s.scheme, "version": s.version, "text": s.text} for s in found]))
        return 0
    words = session.words
    head = (words.t("Scheme"), words.t("Version"), words.t("Entered"))
    session.print(as_table(head, [(s.scheme, str(s.version), words.day(s.at, year=True)) for s in found]))
    return 0


def enter(args: argparse.Namespace, session: Session) -> int:
    """Enter a scheme; nothing that cannot be read."""
    store, text = session.open_store(), _text(session.path(args.file))
    scheme_of(text, args.name, catalogue_of(store))
    made = store.entries.schemes.enter(args.name, text)
    session.print(as_json({"version": made}) if args.json else session.words.t("Entered as version {n}.", n=made))
    return 0


def remove(args: argparse.Namespace, session: Session) -> int:
    """Take a scheme away."""
    made = session.open_store().entries.schemes.remove(args.name)
    session.print(as_json({"version": made}) if args.json else session.words.t("Taken away."))
    return 0


def _bonuses(args: argparse.Namespace, session: Session) -> Bonuses:
    store = session.open_store()
    definitions = catalogue_of(store)
    resolve_due(store, definitions)
    scope = personal(args.seen_by) if args.seen_by else OWNER
    return Bonuses(store, definitions, target_book(store), scope)


def _answer(args: argparse.Namespace, session: Session) -> Answer:
    bonuses = _bonuses(args, session)
    return bonuses.month(args.scheme, args.month or _latest(bonuses))


def _latest(bonuses: Bonuses) -> date:
    over = bonuses.over(1)
    if not over:
        raise UserError(say("No month is over yet; name one with --month."))
    return over[0]


def _slips(args: argparse.Namespace, answer: Answer) -> Sequence[Slip]:
    if not args.person:
        return answer.sheet.slips
    slip = answer.sheet.of(args.person)
    if slip is None:
        raise UnknownName(say("«{name}» has no bonus in this month.", name=args.person))
    return (slip,)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UserError(say("{file} cannot be read.", file=path.name)) from None
