"""`accounts`: the way from an impression to money, account by account, what each step costs, and who is dearer."""

import argparse
from typing import Any

from data.access.reader import Reader
from data.model import OWNER
from kpi.accounts import (
    COSTS,
    RATES,
    RETURNS,
    SLICES,
    STEP,
    YIELDS,
    Asked,
    Comparison,
    Member,
    compare,
    notes,
    overlap_words,
    words,
)
from kpi.accounts.coming import coming
from kpi.accounts.overlap import Overlap, overlap
from kpi.accounts.segments import Segment, segments
from kpi.accounts.texts import Twins, twins
from kpi.accounts.value import Worths, worths
from kpi.command import period
from kpi.command.answer import as_json, as_table
from kpi.command.parser import pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.language import Language


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("accounts", help="accounts, cities and advertisements compared")
    parser.add_argument("--by", choices=SLICES, default="account", help="what is compared (default: account)")
    period.add(parser)
    parser.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)


def run(args: argparse.Namespace, session: Session) -> int:
    """Compare and print."""
    period.check(args)
    reader, where = Reader(session.open_store(), OWNER), where_of(args.where)
    found = compare(reader, Asked(args.by, args.since, args.until, where))
    shared = overlap(reader, found.until, where, args.since)
    same = twins(reader, found.since, found.until, where)
    if not args.json:
        session.print(_written(found, shared, same, session.words))
        return 0
    told = _json(found, session.words)
    told["clients"] = None if shared is None else _shared(shared)
    told["same_advertisements"] = [_twins(one) for one in same]
    told["segments"] = [_segment(one) for one in segments(reader, found.since, found.until, where)]
    told["clients_by_account"] = [
        {**vars(one), "repeat_share": one.repeat_share} for one in coming(reader, found.since, found.until, where)
    ]
    told["new_client_value"] = _worths(worths(reader, found.until, where))
    session.print(as_json(told))
    return 0


def _json(found: Comparison, language: Language) -> dict[str, Any]:
    both = found.both
    return {
        "by": found.asked.by, "since": found.since, "until": found.until,
        "days_with_orders": None if both is None else {"since": both[0], "until": both[1]},
        "says": words.headline(found, language), "notes": notes.notes(found, language),
        "total": _member(found.total), "members": [_member(one) for one in found.members],
        "unknown": {step: vars(reason) for step, reason in found.unknown.items()},
        "orders_without_account": found.unattributed,
    }  # fmt: skip


def _member(one: Member) -> dict[str, Any]:
    return {
        "member": one.member, "title": one.title or None, "others_together": one.together, "first": one.first,
        "last": one.last, "days": one.days, "counts": one.counts, "views_and_contacts_are": one.kind,
        "uniques_of_the_period": one.uniques, "spend_known": one.spend_known,
        "rates": {name: vars(ratio) for name, ratio in one.rates.items()},
        "differences": {name: vars(told) for name, told in one.differences.items()},
    }  # fmt: skip


def _shared(found: Overlap) -> dict[str, Any]:
    return {
        "since": found.since, "until": found.until, "from": found.sources, "accounts": found.clients,
        "of_several": found.several, "of_all": found.everybody, "share": found.share,
        "both": [{"accounts": pair, "clients": n} for pair, n in found.both.items()],
        "turns": [vars(turn) for turn in found.turns], "cost_in_30_days": found.cost,
    }  # fmt: skip


def _twins(one: Twins) -> dict[str, Any]:
    return {**vars(one), "moved": None if one.moved is None else {**vars(one.moved), "falls": one.moved.falls}}


def _segment(one: Segment) -> dict[str, Any]:
    return {"kind": one.kind, "edges": one.edges, "accounts": one.accounts, "shares": [vars(s) for s in one.shares]}


def _worths(found: Worths | None) -> dict[str, Any] | None:
    return None if found is None else {**vars(found), "accounts": [vars(one) for one in found.accounts]}


def _written(found: Comparison, shared: Overlap | None, same: tuple[Twins, ...], language: Language) -> str:
    t = language.t
    columns = [name for name in found.total.counts if found.total.counts[name] is not None]
    header = [words.slice_title(found.asked.by, language), t("Days"), *(t(STEP[name].title.text) for name in columns)]
    rows = [
        [
            _name(found, one, language), language.number(one.days),
            *(words.counted(name, one.counts[name], language) for name in columns),
        ]
        for one in (*found.members, found.total)
    ]  # fmt: skip
    parts = [words.headline(found, language), as_table(header, rows, frozenset(range(1, len(header))))]
    parts += [_rates(found, group, language) for group in (YIELDS, COSTS, RETURNS)]
    parts += ["\n".join(notes.notes(found, language)), _overlaps(shared, same, language)]
    return "\n\n".join(part for part in parts if part)


def _rates(found: Comparison, group: tuple[Any, ...], language: Language) -> str:
    """Each rate with its interval, and ▲ ● where it differs beyond chance."""
    known = [rate for rate in group if rate.id in found.total.rates]
    if not known:
        return ""
    header = [words.slice_title(found.asked.by, language), *(language.t(rate.title.text) for rate in known)]
    rows = [
        [_name(found, one, language), *(_rate(one, rate.id, language) for rate in known)]
        for one in (*found.members, found.total)
    ]
    return as_table(header, rows, frozenset(range(1, len(header))))


def _rate(one: Member, name: str, language: Language) -> str:
    if name not in one.rates:
        return "—"
    ratio, told = one.rates[name], one.differences.get(name)
    mark = {"worse": "▲ ", "better": "● "}.get(told.verdict, "") if told else ""
    text = mark + language.value(ratio.value, RATES[name].unit)
    apart = words.interval(ratio, language)
    return f"{text} ({apart})" if apart else text


def _name(found: Comparison, one: Member, language: Language) -> str:
    return language.t("all") if one is found.total else words.name(found, one, language)


def _overlaps(shared: Overlap | None, same: tuple[Twins, ...], language: Language) -> str:
    return "\n".join(
        [*overlap_words.clients_text(shared, language), *(overlap_words.twins_text(one, language) for one in same[:10])]
    )
