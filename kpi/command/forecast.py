"""`forecast KPI`: what the running period will come to, how likely its target is met, how good forecasts were."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.message import say
from data.model import OWNER
from kpi.command.answer import as_json, as_table
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.custom.joined import catalogue_of
from kpi.forecast import SHARE, Asker, Course, Forecast, Past, Told, chance_of_meeting
from kpi.forecast.words import METHOD_NAMES, chance_text, record, sentence, target_text
from kpi.language import Language
from kpi.rules import resolve_due
from kpi.target_rows import target_book

GRAINS = ("week", "month", "quarter", "year")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("forecast", help="what the running period will come to")
    parser.add_argument("kpi", metavar="KPI")
    parser.add_argument("--until", type=day, metavar="D", help="last day (default: the end of the running period)")
    parser.add_argument("--grain", choices=GRAINS, default="month", help="length of the period (default: month)")
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Forecast and print; 1 if the KPI cannot be forecast."""
    store = session.open_store()
    definitions = catalogue_of(store)
    resolve_due(store, definitions)
    asker = Asker(Reader(store, OWNER), definitions, target_book(store), store.clock().date(), where_of(args.where))
    told = asker.told(args.kpi, args.grain, args.until)
    if told.forecast is None or args.json:
        if args.json:
            session.print(as_json(answer(told)))
    else:
        session.print(_table(told, told.forecast, session.words))
    if told.why is not None:
        session.warn(say("{kpi}: {why}", kpi=told.kpi.id, why=told.why))
    return 0 if told.why is None else 1


def answer(told: Told) -> dict[str, Any]:
    """The forecast with the keys programs rely on; what is not known is null."""
    found = told.forecast
    head = {"kpi": told.kpi.id, "unit": told.kpi.unit, "since": told.span.since, "until": told.span.until}
    if found is None:
        return {**head, "why": str(told.why)}
    return {
        **head, "grain": told.grain, "now": found.now, "fact": found.fact, "expected": found.expected,
        "low": found.low, "high": found.high, "coverage": SHARE, "is_rough": found.is_rough, "pace": found.pace,
        "method": found.method, "due_share": found.due, "booked": told.booked, "target": _target(told, found),
        "past": _past(found.past),
        "days": _days(found.course),
    }  # fmt: skip


def _target(told: Told, found: Forecast) -> dict[str, Any] | None:
    if told.bounds is None:
        return None
    bounds = told.bounds
    return {
        "good_low": bounds.good_low, "good_high": bounds.good_high, "chance": chance_of_meeting(found, bounds),
        "due": told.due,
    }  # fmt: skip


def _past(past: Past | None) -> dict[str, Any] | None:
    if past is None:
        return None
    return {
        "periods": past.periods, "tries": past.tries, "error": past.error, "pace_error": past.pace_error,
        "error_at_this_point": past.now_error, "pace_error_at_this_point": past.now_pace_error, "held": past.held,
    }  # fmt: skip


def _days(course: Course) -> list[dict[str, Any]]:
    ends = zip(course.low, course.high, strict=True) if course.low else [(None, None)] * len(course.days)
    found = zip(course.days, course.expected, ends, strict=True)
    return [{"day": day, "expected": expected, "low": low, "high": high} for day, expected, (low, high) in found]


def _table(told: Told, found: Forecast, words: Language) -> str:
    unit, chance = told.kpi.unit, chance_text(told, words)
    rows = [
        (words.t("Period"), words.span(told.span.since, told.span.until)),
        (words.t("Data until"), words.day(found.now, year=True)),
        (words.t("So far"), words.value(found.fact, unit)),
        (words.t("Expected at the end"), words.value(found.expected, unit)),
        (words.t("In 8 cases of 10 within"), f"{words.value(found.low, unit)} – {words.value(found.high, unit)}"),
        (words.t("By fact ÷ days passed × days"), words.value(found.pace, unit)),
        (words.t("Made of"), words.render(METHOD_NAMES[found.method])),
        (words.t("Target"), target_text(told, words) or words.t("none")),
    ]
    rows += [(words.t("Chance of meeting it"), chance)] if chance else []
    rows += [(words.t("Where it should be"), words.value(told.due, unit))] if told.due is not None else []
    rows += [(words.t("Booked for the rest of it"), words.number(told.booked))] if told.booked is not None else []
    said = [sentence(told, found, words), *(record(told, found.past, words) if found.past else [])]
    return as_table((words.catalogue(told.kpi.title), ""), rows) + "\n\n" + "\n".join(said)
