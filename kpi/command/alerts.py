"""`alerts`: what is open now, looked for without telling anybody; `alerts --due`: look, and tell what is due."""

import argparse
from datetime import datetime
from typing import Any

from data.access.visitor import ALONE
from data.store.entries.alerts import AlertRule, Noted
from data.store.store import Store
from kpi.alerts import inquiry
from kpi.alerts.record import record
from kpi.alerts.rights import ALL
from kpi.alerts.standing import refresh
from kpi.command import alert_rules
from kpi.command.answer import as_json
from kpi.command.parser import day
from kpi.command.session import Session
from kpi.language import Language


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("alerts", help="what somebody has to know: open alerts, rules, what was told")
    parser.add_argument("--since", type=day, metavar="D", help="also what was found since that day and is over")
    parser.add_argument("--due", action="store_true", help="look, and send what is due; the same as the app does")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, needs_store=True)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    knowing = actions.add_parser("ack", help="say that one knows of alerts: nobody is reminded of them")
    knowing.add_argument("ids", type=int, nargs="+", metavar="ID")
    knowing.set_defaults(run=acknowledge)
    alert_rules.add(actions)


def run(args: argparse.Namespace, session: Session) -> int:
    """Print what is open, or send what is due."""
    store = session.open_store()
    if args.due:
        return _due(args, session, store)
    found = standing(store)
    if args.since is not None:
        known = {one.id for one in found}
        over = [one for one in store.entries.alerts.journal.since(args.since, ALL) if one.over_at is not None]
        found += [one for one in over if one.id not in known]
    _print(args, session, found)
    return 0


def standing(store: Store) -> list[Noted]:
    """What is open for whoever sees everything, each thing once: by the rules that are followed, else by the usual."""
    rules = [rule for rule in store.entries.alerts.rules.all() if rule.active] or [AlertRule()]
    found: dict[tuple[str, str, str, str], Noted] = {}
    for rule in rules:
        with store.entries.alerts.turn():
            standing_now = refresh(inquiry(store, rule))
        for one in standing_now:
            found.setdefault((one.kind, one.subject, one.place, one.period), one)
    return list(found.values())


def acknowledge(args: argparse.Namespace, session: Session) -> int:
    """Somebody knows."""
    store = session.open_store()
    changed = store.entries.alerts.journal.acknowledge(args.ids, ALONE.name)
    session.print(session.words.tn("{n} alert acknowledged.", "{n} alerts acknowledged.", changed))
    return 0


def row(one: Noted, words: Language) -> dict[str, Any]:
    """One alert for programs."""
    told, said = record(one), record(one).said(words)
    return {
        "id": one.id, "kind": one.kind, "subject": one.subject, "where": dict(told.place), "period": one.period or None,
        "since": told.since, "until": told.until, "value": told.value, "against": told.against, "unit": told.unit,
        "size": one.size, "state": one.state, "found_at": _moment(one.found_at),
        "acknowledged_at": _moment(one.acknowledged_at), "acknowledged_by": one.acknowledged_by or None,
        "over_at": _moment(one.over_at), "title": said.title, "text": said.text, "why": said.why,
        "advice": said.advice,
    }  # fmt: skip


def _due(args: argparse.Namespace, session: Session, store: Store) -> int:
    from kpi.delivery.alerting import told_now  # only this sends anything

    done = told_now(store)
    if args.json:
        session.print(as_json(done))
    else:
        told = session.words.tn("{n} message put together", "{n} messages put together", done["messages"])
        states = ", ".join(f"{state}: {count}" for state, count in sorted(done["deliveries"].items()))
        session.print(f"{told}{f'; {states}' if states else ''}.")
    return 0


def _print(args: argparse.Namespace, session: Session, found: list[Noted]) -> None:
    words = session.words
    if args.json:
        session.print(as_json([row(one, words) for one in found]))
        return
    if not found:
        session.print(words.t("Nothing is open."))
    for one in found:
        said = record(one).said(words)
        session.print(f"{one.id}  {said.title} — {state_word(one, words)}")
        for text in (said.text, said.why and words.t("Why: {why}", why=said.why)):
            if text:
                session.print(f"    {text}")


def state_word(one: Noted, words: Language) -> str:
    """How it stands, in a word or two."""
    t = words.t
    if one.state == "acknowledged":
        return t("{name} knows of it", name=one.acknowledged_by) if one.acknowledged_by else t("somebody knows of it")
    return t("open") if one.state == "open" else t("over")


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(sep=" ", timespec="seconds") if moment is not None else None
