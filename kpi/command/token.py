"""`token create`, `token list`, `token revoke ID`: tokens by which programs and other sites read figures."""

import argparse
from typing import Any

from data.access.address import public_address
from data.errors import UnknownName, UserError, did_you_mean
from data.message import say
from data.store.entries import ApiToken, Card, NewToken
from kpi.command.answer import as_json
from kpi.command.link import check_members, duration
from kpi.command.parser import day, pair
from kpi.command.session import Session
from kpi.command.value import where_of
from kpi.custom.joined import catalogue_of

CARD_GRAINS = ("week", "month", "quarter", "year")
"""Lengths of the period of a card."""


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("token", help="tokens by which programs and other sites read figures")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    making = actions.add_parser("create", help="make a token; it is shown this once")
    making.add_argument("--areas", default="all", metavar="AREA,…", help="areas of KPIs it answers for; `all`: all")
    making.add_argument("--where", type=pair, action="append", default=[], metavar="DIM=VALUE", help="repeatable")
    making.add_argument("--since", type=day, metavar="D", help="first day it shows")
    making.add_argument("--until", type=day, metavar="D", help="last day it shows")
    making.add_argument("--money", choices=("shown", "rounded", "hidden"), default="shown")
    making.add_argument("--lasts", default="365d", metavar="365d|12h|8w|never", help="how long it answers")
    making.add_argument("--title", default="", help="what it is called")
    making.add_argument("--card", metavar="KPI", help="it is for the card of this KPI, shown by other sites")
    making.add_argument("--grain", choices=CARD_GRAINS, default="month", help="length of the card's period")
    making.add_argument("--running", action="store_true", help="the card shows the running period")
    making.add_argument("--site", action="append", default=[], metavar="URL", help="may show the card; repeatable")
    making.add_argument("--json", action="store_true")
    making.set_defaults(run=create, needs_store=True)
    taking = actions.add_parser("revoke", help="take a token back")
    taking.add_argument("id", type=int, metavar="ID")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=revoke, needs_store=True)
    listing = actions.add_parser("list", help="every token, without its text")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=show, needs_store=True)


def create(args: argparse.Namespace, session: Session) -> int:
    """Make a token."""
    store = session.open_store()
    where = tuple(sorted(where_of(args.where)))
    check_members(store, where)
    known = catalogue_of(store)
    kpi = known.get(args.card) if args.card is not None else None
    areas = frozenset({kpi.area}) if kpi is not None else _areas(args.areas, {one.area for one in known.visible()})
    card = Card(kpi.id, args.grain, args.running) if kpi is not None else None
    sites = tuple(site.rstrip("/") for site in args.site)
    new = NewToken(
        areas, args.title, where, args.since, args.until, args.money, duration(args.lasts), card, sites
    )  # fmt: skip
    number, text = store.entries.api_tokens.create(new)
    address = public_address(session.workspace)
    if args.json:
        path = f"/api/v1/embed/{text}" if card is not None else None
        session.print(as_json({"id": number, "token": text, "url": f"{address}{path}" if path else None}))
        return 0
    session.print(f"{address}/api/v1/embed/{text}" if card is not None else text)
    session.print(say("This is token {number}. Keep it: it cannot be shown again.", number=number))
    return 0


def _areas(listed: str, known: set[str]) -> frozenset[str]:
    named = frozenset(part.strip() for part in listed.split(",") if part.strip())
    if named == {"all"}:
        return frozenset(known)
    for area in sorted(named - known):
        raise UnknownName(say("There is no area «{area}».", area=area), hint=did_you_mean(area, known))
    if not named:
        raise UserError(say("The token would show nothing: choose what it is about."))
    return named


def revoke(args: argparse.Namespace, session: Session) -> int:
    """Take a token back."""
    session.open_store().entries.api_tokens.revoke(args.id)
    told = say("Token {number} does not answer any more.", number=args.id)
    session.print(as_json({"id": args.id, "revoked": True}) if args.json else told)
    return 0


def show(args: argparse.Namespace, session: Session) -> int:
    """Print the tokens."""
    store = session.open_store()
    tokens, now = store.entries.api_tokens.all(), store.clock()
    if args.json:
        session.print(as_json([{**_told(one), "answers": one.answers(now)} for one in tokens]))
        return 0
    for one in tokens:
        taken = session.words.t("(taken back)") if one.revoked_at else session.words.t("(over)")
        state = "" if one.answers(now) else taken
        about = one.card.kpi if one.card is not None else ", ".join(sorted(one.areas))
        shown = ", ".join(f"{name}={'|'.join(members)}" for name, members in one.where)
        session.print(f"{one.id}  {one.title}  {about}  {shown}  {one.created_at:%Y-%m-%d}  {state}".rstrip())
    if not tokens:
        session.print(say("There are no tokens."))
    return 0


def _told(one: ApiToken) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "areas": sorted(one.areas),
        "where": {name: list(members) for name, members in one.where}, "since": one.since, "until": one.until,
        "money": one.money, "card": vars(one.card) if one.card is not None else None, "sites": list(one.sites),
        "created": one.created_at, "created_by": one.created_by, "expires": one.expires_at, "used": one.used,
        "last_used": one.used_at, "revoked": one.revoked_at,
    }  # fmt: skip
