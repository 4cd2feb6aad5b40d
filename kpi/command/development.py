"""`development`: what training changed in a KPI, who had none for a year, ideas, tenure and turnover."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.model import OWNER
from kpi.command.answer import as_json, as_table
from kpi.command.scorecard import a_month
from kpi.command.session import Session
from kpi.compile.windows import month_end
from kpi.custom.joined import catalogue_of
from kpi.language import Language
from kpi.model import Kpi
from kpi.people import development
from kpi.people.asking import Asking
from kpi.people.learning import courses
from kpi.people.roster import roster
from kpi.people.scorecard import latest
from kpi.people.training import Effect, effects
from kpi.target_rows import target_book


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("development", help="training against results, ideas, tenure and turnover")
    parser.add_argument("kpi", nargs="?", default="addon_rate", metavar="KPI", help="held against training")
    parser.add_argument("--month", type=a_month, metavar="YYYY-MM", help="default: the latest complete month")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print it."""
    store = session.open_store()
    asking = Asking(Reader(store, OWNER), catalogue_of(store), target_book(store))
    month = args.month or latest(asking.reader) or store.clock().date().replace(day=1)
    kpi, day = asking.catalogue.get(args.kpi), month_end(month)
    people, learned = roster(asking.reader, day), courses(asking.reader)
    found = effects(asking, kpi, learned, people, month)
    if not args.json:
        session.print(_table(found, kpi, session.words))
        return 0
    without, left = development.untrained(people, learned, day), development.leaving(people, day)
    known = development.funnel(development.ideas(asking.reader))
    session.print(
        as_json(
            {
                "month": month, "kpi": kpi.id, "training": [vars(one) for one in found],
                "untrained": [{"person": one.person.name, "last": one.last} for one in without],
                "ideas": {**known.reached, "effect": known.effect, "unvalued": known.unvalued},
                "people": left.here, "tenure_months": left.typical, "tenure_bands": left.bands,
                "turnover": development.turnover(asking, day), "left": [person.name for person in left.left],
            }
        )
    )  # fmt: skip
    return 0


def _table(found: tuple[Effect, ...], kpi: Kpi, words: Language) -> str:
    t = words.t
    header = [t("Course"), t("People"), t("Before"), t("After"), t("Colleagues"), t("Difference"), t("From"), t("To")]
    rows = [
        [
            one.course, words.number(one.people), words.value(one.before, kpi.unit), words.value(one.after, kpi.unit),
            *(words.difference(figure, 0.0, kpi.unit) for figure in (one.colleagues, one.effect, one.low, one.high)),
        ]
        for one in found
    ]  # fmt: skip
    return as_table(header, rows, frozenset(range(1, 8)))
