"""A push, from its body to the answer.

Invariant: the answer says of every row that was sent what became of it; the same key with the same body gives the same
answer and no second import, with another body it is refused. What a person has to decide is kept and waits for them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.collect import contents
from data.collect.loading import load
from data.collect.push.body import Body, NotTaken, read_body
from data.errors import UserError
from data.message import say
from data.schema.loader import fact as fact_named
from data.store.entries.collect import Arrival, Connection, Ended
from data.store.ledger import LedgerEntry
from data.store.store import Store

UNKEYED = "push"
"""Key of what is sent without one: only the same body twice in a row is one push."""
_COUNTED = ("new", "changed", "same", "superseded", "rejected")
MOST_TOLD = 200
"""Rejected rows that are told one by one."""


@dataclass(frozen=True)
class Outcome:
    """What became of a push."""

    status: int
    """Of HTTP: 200 loaded · 409 another body under this key · 422 not loaded."""
    told: Mapping[str, Any]
    """Numbers and rows; sentences are `Message`s."""
    error: UserError | None = None
    """Why it was not loaded."""


def take(store: Store, connection: Connection, fact: str, raw: bytes, kind: str, key: str | None) -> Outcome:
    """Load what was sent."""
    try:
        fact_named(fact)
        if connection.fact not in (None, fact):
            raise NotTaken(say("This token is for {fact} only.", fact=connection.fact))
        body = read_body(raw, kind)
    except UserError as error:
        return Outcome(422, {}, error)
    digest = hashlib.sha256(raw).hexdigest()
    named = f"key:{key}" if key is not None else UNKEYED
    last = store.entries.arrivals.latest(connection.id, named)
    if key is not None and last is not None and last.sha256 != digest:
        told = say("Another body was sent under this Idempotency-Key before.")
        return Outcome(409, {}, UserError(told, hint=say("Give every push a key of its own.")))
    return _loaded(store, connection, fact, body, named, digest)


def _loaded(store: Store, connection: Connection, fact: str, body: Body, key: str, digest: str) -> Outcome:
    now, run = store.clock(), store.entries.runs.begin(connection.id, store.clock())
    given = {"fact": fact, "source": connection.name, "numbers": body.numbers}
    arrival = store.entries.arrivals.enter(connection.id, run, key, digest, body.name, given)
    if arrival.outcome != "loaded":
        contents.keep(store.workspace, arrival, body.content)
        arrival = load(store, connection, arrival).arrival
    outcome = _told(store, arrival)
    store.entries.runs.end(run, now, _ended(outcome, arrival))
    if outcome.status == 200:
        store.entries.standings.came(connection.id, now)
    return outcome


def _ended(outcome: Outcome, arrival: Arrival) -> Ended:
    told = outcome.told
    if outcome.status != 200:
        return Ended("waiting" if arrival.outcome == "waiting" else "failed", trouble=outcome.error)
    return Ended("came", 1, told["new"], told["changed"], told["rejected"], 0)


def _told(store: Store, arrival: Arrival) -> Outcome:
    """The answer, made anew of the ledger each time it is asked for."""
    if arrival.outcome != "loaded":
        return Outcome(422, {}, arrival.trouble)
    entries = [entry for entry in store.imports() if entry.import_id in arrival.imports]
    reports = [report for entry in entries for report in entry.reports]
    counted = {name: sum(getattr(report, name) for report in reports) for name in _COUNTED}
    repeated = sum(report.duplicates - report.same for report in reports)
    rejected = [one for entry in entries for one in _rejected(store, entry)]
    told = {
        "rows": sum(report.rows_in for report in reports),
        **counted,
        "repeated": repeated,
        "imports": list(arrival.imports),
    }
    return Outcome(200, {**told, "rejected_rows": rejected[:MOST_TOLD]})


def _rejected(store: Store, entry: LedgerEntry) -> list[dict[str, Any]]:
    if not entry.rejected or entry.undone:
        return []
    frame = store.rejects(entry.import_id)
    return [{"row": line, "reason": reason} for line, reason in zip(frame["line"], frame["reason"], strict=True)]
