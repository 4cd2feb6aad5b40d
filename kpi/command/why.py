"""`why KPI --since D --until D`: what made a KPI change, by every dimension and by what it is made of."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.errors import UserError
from data.message import say
from data.model import OWNER
from kpi.catalogue import Catalogue
from kpi.command import period
from kpi.command.answer import as_json, as_table
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.compile import aligned
from kpi.custom.joined import catalogue_of
from kpi.language import Language
from kpi.why import Asked, Breakdown, Contribution, Driver, Why, explain
from kpi.why.telling import amount, dimension_title, driver_title, part_title, told

SHOWN = 3
"""Breakdowns of a table for people."""
ROWS = 8
"""Members of each."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("why", help="what made a KPI change")
    parser.add_argument("kpi", metavar="KPI")
    parser.add_argument("--since", type=day, metavar="D", required=True, help="first day of the period, inclusive")
    parser.add_argument("--until", type=day, metavar="D", required=True, help="last day, inclusive")
    against = parser.add_argument_group("compared with", "the equal period before, unless one of these says otherwise")
    against.add_argument("--against-since", type=day, metavar="D")
    against.add_argument("--against-until", type=day, metavar="D")
    against.add_argument("--last-year", action="store_true", help="the same days a year before")
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Explain and print; 1 if there is nothing to explain."""
    store = session.open_store()
    definitions = catalogue_of(store)
    why = explain(
        Reader(store, OWNER), definitions, _asked(args, definitions), store.entries.marks.all(("process_change",))
    )
    if args.json:
        session.print(as_json(record(why, session.words)))
    elif why.silent is None:
        session.print(_written(why, session.words))
    if why.silent is not None:
        session.warn(say("{kpi}: {why}", kpi=why.kpi.id, why=why.silent))
        return 1
    return 0


def _asked(args: argparse.Namespace, definitions: Catalogue) -> Asked:
    period.in_order(args.since, args.until)
    since, until = args.against_since, args.against_until
    if (since is None) != (until is None) or (since and args.last_year):
        raise UserError(
            say("It is not clear what to compare with."), hint=say("Give both --against-since and --against-until.")
        )
    if since:
        period.in_order(since, until)
    against: Any = (since, until) if since else "year" if args.last_year else "previous"
    return Asked(
        definitions.get(args.kpi).id, args.since, args.until, against, where_of(args.where),
        aligned(args.since, args.until),
    )  # fmt: skip


def record(why: Why, language: Language) -> dict[str, Any]:
    """The whole answer for programs."""
    before, after = why.days
    return {
        "kpi": why.kpi.id,
        "unit": why.kpi.unit,
        "sentence": " ".join((told(why, language).headline, *told(why, language).notes)),
        "before": {"since": before.since, "until": before.until, "value": why.before, "rows": why.rows[0]},
        "after": {"since": after.since, "until": after.until, "value": why.after, "rows": why.rows[1]},
        "change": why.change,
        "is_real": why.is_real,
        "why_not": language.render(why.silent) if why.silent else None,
        "breakdowns": [_breakdown(told_) for told_ in why.breakdowns],
        "pair": None if why.pair is None else {
            "first": _where(why.pair.first), "second": _where(why.pair.second),
            **_contribution(why.pair.contribution), "within": _breakdown(why.pair.within),
        },
        "drivers": [_driver(driver) for driver in why.drivers],
        "left_out": {name: language.render(reason) for name, reason in why.left_out.items()},
    }  # fmt: skip


def _breakdown(told_: Breakdown) -> dict[str, Any]:
    rows = [_contribution(c) for c in told_.contributions]
    return {
        "dimension": told_.dimension, "method": told_.method, "score": told_.score,
        "mix_stands_out": told_.mix_stands_out, "contributions": rows,
    }  # fmt: skip


def _where(where: tuple[str, str | None]) -> dict[str, Any]:
    return {"dimension": where[0], "member": where[1]}


def _contribution(c: Contribution) -> dict[str, Any]:
    return {
        "member": c.member, "part": c.part, "effect": c.effect, "rate_effect": c.rate, "mix_effect": c.mix,
        "before": c.before, "after": c.after, "share_before": c.weight_before, "share_after": c.weight_after,
        "standard_error": c.chance, "stands_out": c.stands_out,
    }  # fmt: skip


def _driver(driver: Driver) -> dict[str, Any]:
    return {
        "kpi": driver.kpi.id if driver.kpi else None, "before": driver.before, "after": driver.after,
        "effect": driver.effect, "parts": [_driver(part) for part in driver.parts],
    }  # fmt: skip


def _written(why: Why, language: Language) -> str:
    said = told(why, language)
    blocks = ["\n".join([said.headline, *said.notes])]
    if why.drivers:
        rows = [row for driver in why.drivers for row in _driver_rows(driver, why, language, 0)]
        header = [language.t("Made of"), language.t("Before"), language.t("After"), language.t("Effect")]
        blocks.append(as_table(header, rows, frozenset({1, 2, 3})))
    blocks += [_table(told_, why, language) for told_ in why.breakdowns[:SHOWN]]
    return "\n\n".join(blocks)


def _table(told_: Breakdown, why: Why, language: Language) -> str:
    header = [
        dimension_title(told_.dimension, language), language.t("Effect"), language.t("Own value"),
        language.t("Share in the whole"), language.t("Before"), language.t("After"),
    ]  # fmt: skip
    rows = [_row(told_, c, why, language) for c in told_.contributions[:ROWS]]
    return as_table(header, rows, frozenset(range(1, 6)))


def _row(told_: Breakdown, c: Contribution, why: Why, language: Language) -> list[str]:
    unit = why.kpi.unit
    effects = [amount(value, unit, language) for value in (c.effect, c.rate, c.mix)]
    values = [language.value(value, unit) for value in (c.before, c.after)]
    return [part_title(told_, c, language), *effects, *values]


def _driver_rows(driver: Driver, why: Why, language: Language, depth: int) -> list[list[str]]:
    unit = driver.kpi.unit if driver.kpi else "count"
    own = [
        "  " * depth + driver_title(driver, language), language.value(driver.before, unit),
        language.value(driver.after, unit), amount(driver.effect, why.kpi.unit, language),
    ]  # fmt: skip
    return [own, *(row for part in driver.parts for row in _driver_rows(part, why, language, depth + 1))]
