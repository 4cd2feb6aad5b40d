"""`survey`: surveys of one's own. `survey create KIND`, `survey link ID`, `survey results ID`, `survey close ID`."""

import argparse
from datetime import timedelta
from typing import Any

from data.message import say, say_n
from data.store.entries.surveys import AUDIENCES, KINDS, NewSurvey
from kpi.command.answer import as_json, as_table
from kpi.command.job import carried_out
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.command.survey_links import print_links, told, write_codes
from kpi.command.survey_results import answer, tables
from kpi.surveys import questions_of, results, template
from kpi.surveys.results import hidden_words

DAYS = 7
"""How long staff can answer where nobody says otherwise."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("survey", help="surveys of one's own, their links and results")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    _add_create(actions)
    for name, about, does in (
        ("link", "addresses that lead to it", link),
        ("results", "what was answered", show),
        ("close", "no more answers; of staff, the results are shown now", close),
        ("delete", "forget it and everything that was answered", delete),
    ):
        one = actions.add_parser(name, help=about)
        one.add_argument("id", type=int, metavar="ID")
        if name == "link":
            one.add_argument("--qr", metavar="FOLDER", help="write a QR code for each link there, as SVG")
        one.add_argument("--json", action="store_true")
        one.set_defaults(run=does)


def _add_create(actions: Any) -> None:
    made = actions.add_parser("create", help="make a survey")
    made.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    made.add_argument("--audience", choices=AUDIENCES, help="whom it asks, where the kind is for both (pain)")
    made.add_argument("--title", default="", metavar="TEXT")
    made.add_argument("--question", action="append", default=[], metavar="TEXT", help="pulse: your own; repeatable")
    made.add_argument("--by", type=pair, action="append", default=[], metavar="DIM=MEMBER", help="a link of its own")
    made.add_argument("--invitations", type=int, default=0, metavar="N", help="one-time links, so many a group")
    made.add_argument("--until", type=day, metavar="D", help=f"last day (staff: {DAYS} days from now)")
    made.add_argument("--no-comment", action="store_true", help="do not ask for a few words")
    made.add_argument("--json", action="store_true")
    made.set_defaults(run=create)


def run(args: argparse.Namespace, session: Session) -> int:
    """List the surveys."""
    store, words = session.open_store(), session.words
    people = store.entries.surveys.answers.people()
    surveys = store.entries.surveys.all()
    if args.json:
        session.print(as_json([told(store, survey, people.get(survey.id, 0)) for survey in surveys]))
    elif surveys:
        head = (words.t("Survey"), words.t("Title"), words.t("Answers"), words.t("Last day"))
        rows = [
            (str(s.id), s.title, str(people.get(s.id, 0)), words.day(s.last_day, year=True) if s.last_day else "—")
            for s in surveys
        ]
        session.print(as_table(head, rows, frozenset({0, 2})))
    else:
        session.print(say("There is no survey yet."))
    return 0


def create(args: argparse.Namespace, session: Session) -> int:
    """Make a survey and print its links."""
    store, words = session.open_store(), session.words
    chosen = template(args.kind, args.audience)
    today = store.clock().date()
    until = args.until or (today + timedelta(days=DAYS) if chosen.audience == "staff" else None)
    new = NewSurvey(
        chosen.kind, chosen.audience, args.title or words.render(chosen.title),
        questions_of(chosen, words.render, args.question), until, not args.no_comment, tuple(args.by), args.invitations,
    )  # fmt: skip
    number = store.entries.surveys.add(new)
    if not args.json:
        session.print(say("Survey {number}: {title}", number=number, title=new.title))
    print_links(store, number, session, is_json=args.json)
    return 0


def link(args: argparse.Namespace, session: Session) -> int:
    """Print the addresses."""
    store = session.open_store()
    if args.qr:
        write_codes(store, args.id, session.path(args.qr))
    print_links(store, args.id, session, is_json=args.json)
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print what was answered."""
    found = results(session.open_store().entries.surveys.answers.told(args.id))
    if args.json:
        session.print(as_json(answer(found, session.words)))
        return 0
    people = say_n("{n} answer", "{n} answers", found.told.people)
    session.print(say("{title}: {answers}", title=found.told.survey.title, answers=people))
    why = hidden_words(found.told)
    session.print(why if why else "\n\n".join(tables(found, session.words)))
    return 0


def close(args: argparse.Namespace, session: Session) -> int:
    """End a survey."""
    store = session.open_store()
    store.entries.surveys.close(args.id)
    carried_out(store, f"close survey {args.id}", lambda _progress: store.read_entries())
    session.print(say("Survey {number} is over.", number=args.id))
    return 0


def delete(args: argparse.Namespace, session: Session) -> int:
    """Forget a survey."""
    store = session.open_store()
    store.entries.surveys.delete(args.id)
    carried_out(store, f"delete survey {args.id}", lambda _progress: store.read_entries())
    session.print(say("Survey {number} and its answers were deleted.", number=args.id))
    return 0
