"""Alerts on their way: looked for when something changed, told to whom they concern, once.

Invariant: looked for whenever the data, the targets or the day changed, by every rule and for every set of rights among
those who are told. A message is entered with what it tells before any delivery of it, and every delivery is made of one
message: whatever ends the program between two steps, the next minute goes on with the same message.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from data.model import OWNER, Scope
from data.store.entries import Audience, NewDelivery
from data.store.entries.alerts import AlertRule, Noted, Sent
from data.store.store import Store
from data.store.zone import instant, zone_of
from kpi.alerts import inquiry, rights
from kpi.alerts.due import Due, due, gathered, is_quiet
from kpi.alerts.looking import state
from kpi.alerts.standing import in_order, refresh
from kpi.alerts.written import lines, written
from kpi.delivery.audience import PLACE, Recipient, recipient, recipients
from kpi.delivery.kinds import kind_of
from kpi.delivery.sending import Round

UNSENT = timedelta(days=2)
"""How old a message may be that is still put on its way: what the program was stopped before."""


def source(rule: int) -> str:
    """What asks for the deliveries of a rule."""
    return f"alerts:{rule}"


def alert(store: Store, now: datetime) -> None:
    """Look if something changed, and tell what is due; `now` in UTC."""
    with store.entries.alerts.turn():
        store.entries.alerts.links.forget_old()
        for rule in store.entries.alerts.rules.all():
            if rule.active:
                _follow(store, rule, now)
        _put_on_their_way(store, now)


def _follow(store: Store, rule: AlertRule, now: datetime) -> None:
    told = told_by(store, rule)
    look(store, rule, told)
    local = now.astimezone(zone_of(store.entries.settings))
    if not is_quiet(rule.quiet, local.replace(tzinfo=None)):
        for one in told:
            tell(store, rule, one)


def _put_on_their_way(store: Store, now: datetime) -> None:
    """The messages of the last days that are not yet: their deliveries are entered all at once."""
    for sent in store.entries.alerts.messages.since((store.clock() - UNSENT).date()):
        there = {one.occasion for one in store.entries.deliveries.of(source(sent.rule))}
        if str(sent.id) not in there:
            put(store, sent, now)


def told_now(store: Store) -> dict[str, Any]:
    """Look, tell and send what waits, at once: how many messages were put together, and what became of deliveries."""
    before = len(store.entries.alerts.messages.since(date.min))
    with store.gate.itself():
        alert(store, instant(store.clock))
        sent = Round(store).send_all()
    return {"messages": len(store.entries.alerts.messages.since(date.min)) - before, "deliveries": dict(sent)}


def told_by(store: Store, rule: AlertRule) -> tuple[Recipient, ...]:
    """Everybody a rule tells, as things are now: people, and whatever stands at the other end of its channels."""
    found = recipients(store, Audience(rule.roles, rule.persons, rule.addressees))
    reaches = {kind_of(entry.kind).reach for entry in store.entries.channels.all() if entry.id in rule.channels}
    place = recipient(store, PLACE) if "place" in reaches else None
    return (*found, place) if place is not None else found


def look(store: Store, rule: AlertRule, told: Sequence[Recipient]) -> None:
    """Look for each set of rights, if anything changed since it was looked last."""
    entries, scopes = store.entries.alerts, _scopes(told)
    now = state(store, rule, tuple(sorted(scopes)))
    if entries.looks.state(rule.id) == now:
        return
    for scope in scopes.values():
        refresh(inquiry(store, rule, scope))
    entries.journal.end(rule.id, tuple(scopes))
    entries.looks.note(rule.id, now)


def is_due(store: Store) -> bool:
    """Whether anything changed since it was looked last, by any rule that is followed."""
    entries = store.entries.alerts
    return any(
        entries.looks.state(rule.id) != state(store, rule, tuple(sorted(_scopes(told_by(store, rule)))))
        for rule in entries.rules.all()
        if rule.active
    )


def _scopes(told: Sequence[Recipient]) -> dict[str, Scope]:
    """The different rights among those who are told, and those of whoever sees everything, for the page."""
    return {rights(scope): scope for scope in (*(one.scope for one in told), OWNER)}


def tell(store: Store, rule: AlertRule, whom: Recipient) -> int | None:
    """Put together what somebody is to be told now; the message's number, None: there is nothing."""
    if not rule.channels:
        return None
    entries = store.entries.alerts
    news = tuple(_due(store, rule, whom, in_order(entries.journal.standing(rule.id, rights(whom.scope)))))
    if not news:
        return None
    shown, more = gathered(news, rule.lines)
    return entries.messages.make(
        rule.id,
        whom.key,
        rights(whom.scope),
        [one.alert for one in news],
        written(shown, more, rule.channels),
    )


def _due(store: Store, rule: AlertRule, whom: Recipient, standing: Sequence[Noted]) -> Iterator[Due]:
    now = store.clock()
    for one in standing:
        reason = due(one, store.entries.alerts.messages.told(whom.key, one), rule, now)
        if reason is not None:
            yield Due(one, reason)


def put(store: Store, sent: Sent, now: datetime) -> None:
    """Put a message on its way by every channel it was made for that reaches whom it is for."""
    rule = next((rule for rule in store.entries.alerts.rules.all() if rule.id == sent.rule), None)
    whom = recipient(store, sent.recipient)
    if rule is None or whom is None or not rule.active:
        return
    wanted = lines(sent.lines).channels
    channels = [entry for entry in store.entries.channels.all() if entry.id in wanted]
    store.entries.deliveries.put(*(
        NewDelivery(
            "alert", source(rule.id), str(sent.id), whom.key, entry.id, whom.name, now, {"message": sent.id},
        )
        for entry in channels
        if reaches(kind_of(entry.kind).reach, whom)
    ))  # fmt: skip


def reaches(reach: str, whom: Recipient) -> bool:
    """Whether a channel of that reach gets to somebody."""
    return {"place": whom.key == PLACE, "email": bool(whom.email), "chat": bool(whom.chat)}[reach]


def stop(store: Store, rule: AlertRule) -> None:
    """Follow a rule no more for now: what it found is over, what waits is called off."""
    store.entries.alerts.rules.change(replace(rule, active=False))
    store.entries.alerts.journal.end(rule.id)
    store.entries.alerts.looks.note(rule.id, "")
    store.entries.deliveries.withdraw(source(rule.id))
