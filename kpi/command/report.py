"""`report --form F --out DIR`: the weekly or monthly report of a business, a part of it, or everybody, as files;
`report --due`: what schedules ask for by now is sent."""

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.zone import instant
from kpi.command.answer import as_json
from kpi.command.session import Session
from kpi.delivery.running import deliver_all
from kpi.delivery.words import STATES
from kpi.language import Language, language
from kpi.report import words as said
from kpi.report.composing import Asked, asking, compose_each, edition_of, everyone, latest, subject_of
from kpi.report.forms import FILES, Form
from kpi.report.model import WHOLE, Edition, Report, Subject

EVERYONE = "everyone"


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("report", help="the weekly or monthly report as files")
    parser.add_argument("--form", choices=tuple(FILES), action="append", default=[], help="repeatable")
    parser.add_argument(
        "--for", dest="subject", metavar="DIM=VALUE", help="a team, branch, account or employee, or `everyone`: "
        "a file for each person (default: the whole business)",
    )  # fmt: skip
    parser.add_argument("--edition", choices=("week", "month"), default="month")
    parser.add_argument(
        "--period", type=a_day, metavar="YYYY-MM[-DD]", help="the month, or a day in it (default: the latest over)"
    )  # fmt: skip
    parser.add_argument("--kpi", action="append", default=[], metavar="KPI", help="instead of the key KPIs; repeatable")
    parser.add_argument("--lang", choices=("ru", "en"), help="default: that of the answers")
    parser.add_argument("--out", metavar="DIR", help="folder the files are written to")
    parser.add_argument("--due", action="store_true", help="send what schedules ask for by now, and nothing twice")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def a_day(text: str) -> date:
    """A day, or a month's first, for argparse."""
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == len("2026-10") else text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is neither a month like 2026-10 nor a day like 2026-10-05"
        ) from None


def run(args: argparse.Namespace, session: Session) -> int:
    """Write the files and print their names, or send what is due."""
    if args.due:
        return send_due(args, session)
    if not args.form or not args.out:
        raise UserError(say("Name a form and a folder: --form pdf --out DIR; or --due."))
    asked = asking(session.open_store(), chosen=tuple(args.kpi))
    edition = _edition(args, asked)
    folder, words = session.path(args.out), language(args.lang) if args.lang else session.words
    folder.mkdir(parents=True, exist_ok=True)
    forms = {name: FILES[name] for name in dict.fromkeys(args.form)}
    told: list[dict[str, Any]] = []
    for report in compose_each(asked, _subjects(args.subject, asked, edition), edition):
        for name, path in _written(report, forms, folder, words, {each["file"] for each in told}):
            told.append(_told(report, name, path))
            if not args.json:
                session.print(str(path))
    if args.json:
        session.print(as_json(told))
    return 0


def send_due(args: argparse.Namespace, session: Session) -> int:
    """Send what is due, and say how much came to which end."""
    store = session.open_store()
    done = deliver_all(store, instant(store.clock))
    if args.json:
        session.print(as_json({state: done[state] for state in ("sent", "failed", "uncertain")}))
    elif done:
        session.print("\n".join(f"{session.words.render(STATES[state])}: {n}" for state, n in done.items()))
    else:
        session.print(say("Nothing is due."))
    return 0


def _edition(args: argparse.Namespace, asked: Asked) -> Edition:
    found = latest(asked.reader, args.edition)
    if found is None:
        raise UserError(say("Nothing is loaded yet."), hint=say("Import a file first."))
    return edition_of(args.period, args.edition, found.last) if args.period else found


def _subjects(named: str | None, asked: Asked, edition: Edition) -> tuple[Subject, ...]:
    if named is None:
        return (WHOLE,)
    if named == EVERYONE:
        return everyone(asked.reader, edition.last)
    dimension, equals, member = named.partition("=")
    if not equals:
        raise UserError(
            say("«{name}» is neither a member nor everyone.", name=named), hint=say("Write it like team=Crew 1.")
        )
    return (subject_of(asked.reader, dimension, member),)


def _written(
    report: Report, forms: Mapping[str, Form], folder: Path, words: Language, taken: set[str]
) -> Iterator[tuple[str, Path]]:
    """(form, file) of one report; two people of one name get two files."""
    for name, form in forms.items():
        path = folder / said.file_name(report, words, form.suffix)
        number = 1
        while str(path) in taken:
            number += 1
            path = path.with_stem(f"{path.stem.removesuffix(f' ({number - 1})')} ({number})")
        path.write_bytes(form.write(report, words))
        yield name, path


def _told(report: Report, form: str, path: Path) -> dict[str, Any]:
    edition, subject = report.edition, report.subject
    return {
        "form": form, "file": str(path), "dimension": subject.dimension, "member": subject.member or None,
        "since": edition.first, "until": edition.last, "complete": edition.complete, "kpis": len(report.lines),
    }  # fmt: skip
