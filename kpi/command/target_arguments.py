"""Arguments that say which target is wanted: a number, a plan, a sum with its pace, or a rule."""

import argparse
from datetime import date
from typing import Any

from data.errors import UserError
from data.message import say
from data.store.entries import NewTarget
from kpi.command.parser import day, pair
from kpi.model import Kpi
from kpi.plan_sheet.periods import CalendarPeriod, period_of
from kpi.planning import Rule, rule_to_json
from kpi.planning.rule import BASES, GRAINS, checked
from kpi.targets import SPECIFIC


def add_place(parser: Any) -> None:
    """Which KPI, for whom, from when, why."""
    parser.add_argument("kpi", metavar="KPI")
    parser.add_argument("--for", dest="scope", type=pair, metavar="DIM=NAME", help="default: the whole business")
    parser.add_argument("--from", dest="since", type=day, metavar="D", help="first day it judges (default: today)")
    parser.add_argument("--note", default="", metavar="TEXT", help="why")


def add_set(actions: Any) -> Any:
    """`set`; its parser."""
    parser = actions.add_parser("set", help="set a target: a number, a plan, a sum with its pace, or a rule")
    add_place(parser)
    for name, text in (("good", "what is good"), ("low", "a band's lower side"), ("high", "a band's upper side")):
        parser.add_argument(f"--{name}", type=float, metavar="X", help=text)
    parser.add_argument("--ok", type=float, metavar="X", help="what is still acceptable")
    parser.add_argument("--plan", type=pair, action="append", metavar="PERIOD=X", help="2026-11, «Q4 2026», 2026")
    parser.add_argument("--sum", type=pair, metavar="PERIOD=X", help="a sum for a period, judged by its pace")
    parser.add_argument("--rule", choices=BASES, help="from data")
    parser.add_argument("--every", choices=GRAINS, default="month", help="length of the rule's periods")
    parser.add_argument("--periods", type=int, default=12, metavar="N", help="how many periods the rule looks back")
    parser.add_argument("--percent", type=float, default=0.0, metavar="P", help="per cent on top of the rule's base")
    parser.add_argument("--slack", type=float, metavar="P", help="per cent that may be missed and is acceptable")
    return parser


def wanted(args: argparse.Namespace, kpi: Kpi, today: date) -> list[NewTarget]:
    """The targets to enter."""
    scope, since = scope_of(args.scope), args.since or today
    if args.rule:
        if kpi.better == "band":
            raise UserError(say("A KPI that is good between two numbers has no rule; give the numbers."))
        rule = checked(Rule(args.rule, args.every, args.periods, args.percent, args.slack))
        return [NewTarget(kpi.id, "rule", scope, since, grain=rule.grain, rule=rule_to_json(rule))]
    if args.plan or args.sum:
        if args.sum and not kpi.additive:
            raise UserError(say("Only sums and counts have a pace; give a plan for the period."))
        named = [(text, "plan") for text in args.plan or ()] + ([(args.sum, "cumulative")] if args.sum else [])
        return [_cell(kpi, scope, text, kind, args.ok, today) for text, kind in named]
    low, high = _sides(args, kpi)
    ok_low = args.ok if kpi.better == "higher" else None
    ok_high = args.ok if kpi.better == "lower" else None
    return [NewTarget(kpi.id, "fixed", scope, since, None, None, low, high, ok_low, ok_high)]


def _sides(args: argparse.Namespace, kpi: Kpi) -> tuple[float | None, float | None]:
    if kpi.better == "band":
        if args.low is None or args.high is None or args.low > args.high:
            raise UserError(say("This KPI is good between two numbers: give --low and --high."))
        return args.low, args.high
    if args.good is None:
        raise UserError(say("Say what is good: --good X, --plan PERIOD=X, --sum PERIOD=X or --rule."))
    return (args.good, None) if kpi.better == "higher" else (None, args.good)


def _cell(
    kpi: Kpi, scope: tuple[str, str] | None, text: tuple[str, str], kind: Any, ok: float | None, today: date
) -> NewTarget:
    period, value = _period(text[0], today), _number(text[1])
    high = kpi.better == "lower"
    if kpi.better == "band":
        raise UserError(say("A plan of a KPI that is good between two numbers comes from a spreadsheet."))
    return NewTarget(
        kpi.id, kind, scope, period.first, period.last, period.grain,
        good_low=None if high else value, good_high=value if high else None,
        ok_low=None if high else ok, ok_high=ok if high else None,
    )  # fmt: skip


def _period(text: str, today: date) -> CalendarPeriod:
    found = period_of(text, today.year)
    if found is None:
        raise UserError(say("«{written}» is no month, quarter or year.", written=text))
    return found


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ".").replace(" ", ""))
    except ValueError:
        raise UserError(say("«{written}» is no number.", written=text)) from None


def scope_of(named: tuple[str, str] | None) -> tuple[str, str] | None:
    """(dimension, member); `UserError` for a dimension no target is set for."""
    if named is not None and named[0] not in SPECIFIC:
        known = ", ".join(SPECIFIC)
        raise UserError(say("A target can be set for {known}, not for «{name}».", known=known, name=named[0]))
    return named
