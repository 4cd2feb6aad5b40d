"""`hiring`: the funnel, times with what is still open, quality, money, recruiters and when vacancies will be closed."""

import argparse
from collections.abc import Sequence
from typing import Any

from data.access.reader import Reader
from data.errors import UserError
from data.message import say
from data.model import OWNER
from kpi.command import period
from kpi.command.answer import as_json
from kpi.command.hiring_written import written
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.custom.joined import catalogue_of
from kpi.hiring.asking import Asking, NoHiring
from kpi.hiring.forecasting import Foretold, Outlook, Spread
from kpi.hiring.funnel import Funnel, funnel
from kpi.hiring.money import Cost, costs
from kpi.hiring.notes import notes
from kpi.hiring.recruiters import Interval, Recruiter, recruiters
from kpi.hiring.staying import Staying, staying
from kpi.hiring.waits import FROM, Waits, difference, waits
from kpi.rules import resolve_due
from kpi.target_rows import target_book

BY = {"recruiter": "employee", "source": "source", "vacancy": "title", "account": "account", "branch": "branch"}
"""What people look at hiring by → the dimension."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("hiring", help="funnel, times, quality, cost, recruiters and forecast of hiring")
    period.add(parser)
    parser.add_argument("--by", choices=BY, default="recruiter", help="look at it by (default: recruiter)")
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print it; `NoHiring` where neither applications nor vacancies are loaded."""
    period.check(args)
    store = session.open_store()
    definitions = catalogue_of(store)
    resolve_due(store, definitions)
    asking = Asking(
        Reader(store, OWNER), definitions, target_book(store), args.since, args.until, where_of(args.where)
    )  # fmt: skip
    if not any(asking.reader.relations()[name].rows for name in ("vacancies", "applicants")):
        raise NoHiring
    if asking.lacking:
        names = ", ".join(asking.lacking)
        raise UserError(say("Hiring does not tell {dimension}: nothing can be filtered by it.", dimension=names))
    by = BY[args.by]
    if args.json:
        session.print(as_json(_told(asking, by)))
    else:
        session.print(written(asking, by, session.words))
    return 0


def _told(asking: Asking, by: str) -> dict[str, Any]:
    """Everything, for programs: percentages 0–100, money in roubles, times in days; null is not known."""
    times = {start: waits(asking, start, by) for start in FROM}
    return {
        "since": asking.since, "until": asking.until, "known_until": asking.last_day, "by": by,
        "applications": len(asking.applications), "vacancies": int(asking.places["vacancy_no"].nunique()),
        "kpis": _kpis(asking),
        "funnel": [_funnel(one) for one in funnel(asking, by)],
        "time_to_fill": {
            start: {"members": [_waits(one) for one in found], "log_rank_p": difference(asking, start, by).p}
            for start, found in times.items()
        },
        "retention": [_staying(one) for one in staying(asking, by)],
        "cost": [vars(one) for one in costs(asking, by)] if _carries(asking, by) else [],
        "recruiters": [_recruiter(one) for one in recruiters(asking)] if _carries(asking, "employee") else [],
        "forecast": _outlook(asking.outlook),
        "notes": [str(note) for note in notes(asking, times["opened"][0])],
    }  # fmt: skip


def _carries(asking: Asking, by: str) -> bool:
    return by in asking.reader.relations()["hires"].columns


def _kpis(asking: Asking) -> dict[str, Any]:
    """Each KPI of the area over the period: its value and the rows behind it; those that cannot be computed as null."""
    ids = [kpi.id for kpi in asking.catalogue.area("hiring")]
    found = {row["kpi"]: row for row in asking.values(ids).to_dict("records")}
    return {
        id_: {"value": found[id_]["value"], "used": found[id_]["used"], "status": found[id_]["status"]}
        if id_ in found
        else None
        for id_ in ids
    }


def _whose(one: Funnel | Waits | Staying | Cost | Recruiter) -> dict[str, Any]:
    return {"member": one.member, "is_total": one.is_total}


def _funnel(one: Funnel) -> dict[str, Any]:
    return {**_whose(one), "steps": [vars(step) for step in one.steps]}


def _waits(one: Waits) -> dict[str, Any]:
    low, high = one.interval
    return {
        **_whose(one), "places": one.curve.size + one.unknown, "median_days": one.median, "low": low, "high": high,
        "filled": one.filled, "filled_median_days": one.filled_median, "censored": one.curve.size - one.filled,
        "open": one.open, "on_hold": one.on_hold, "cancelled": one.cancelled, "closed": one.closed,
        "unknown": one.unknown,
        "curve": [
            {"days": days, "share": share, "low": low, "high": high, "at_risk": int(risk), "events": int(events)}
            for days, share, low, high, risk, events in zip(
                one.curve.times, one.curve.shares, one.curve.low, one.curve.high, one.curve.at_risk, one.curve.events,
                strict=True,
            )
        ],
    }  # fmt: skip


def _staying(one: Staying) -> dict[str, Any]:
    return vars(one)


def _recruiter(one: Recruiter) -> dict[str, Any]:
    told = {name: value for name, value in vars(one).items() if not isinstance(value, Interval)}
    intervals: dict[str, Interval] = {
        "time_to_fill_days": one.speed, "retention_90": one.stay, "quality": one.quality
    }  # fmt: skip
    return {**told, "verdict": one.verdict or None, **{name: vars(value) for name, value in intervals.items()}}


def _outlook(told: Outlook) -> dict[str, Any]:
    soon = dict(zip(("median", "low", "high"), told.soon, strict=True)) if told.soon else None
    return {
        "interval": 0.8, "places": told.places, "filled_in_30_days": soon, "all_filled": _spread(told.all_filled),
        "why_not": None if told.why_not is None else str(told.why_not),
        "vacancies": _vacancies(told.vacancies),
    }  # fmt: skip


def _vacancies(found: Sequence[Foretold]) -> list[dict[str, Any]]:
    return [
        {
            "vacancy_id": one.vacancy_id, "title": one.title, "recruiter": one.recruiter, "opened_on": one.opened_on,
            "days_open": one.days_open, "wanted": one.wanted, "left": one.left, "waiting": dict(one.waiting),
            "closed": _spread(one.day), "why_not": None if one.why_not is None else str(one.why_not),
        }
        for one in found
    ]  # fmt: skip


def _spread(told: Spread | None) -> dict[str, Any] | None:
    """Days; null within it: over a year away."""
    return None if told is None else vars(told)
