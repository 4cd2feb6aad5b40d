"""Accounts whose rows stopped coming while those of others go on.

Invariant: each is judged by its own rhythm; one that has been gone for long was given up, and is told no more.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from data.model import Relation
from data.store.health.days import Stale, stale
from data.store.health.health import ASKED, DAYS_FROM, UNDATED

GONE = 60
"""Days without rows after which an account is taken to be given up."""


@dataclass(frozen=True)
class SilentAccount:
    """One account of one fact."""

    fact: str
    """Name of the fact."""
    account: str
    """Name of the account."""
    stale: Stale
    """Since when."""


def silent_accounts(
    cursor: duckdb.DuckDBPyConnection, relations: Mapping[str, Relation], today: date, closed: Collection[date]
) -> tuple[SilentAccount, ...]:
    """The silent accounts of every fact that has rows of several, in the schema's order."""
    return tuple(
        found
        for name, relation in relations.items()
        if relation.live_filter and relation.rows and name not in UNDATED | ASKED and "account" in relation.own
        for found in _of_fact(cursor, name, relations.get(DAYS_FROM.get(name, ""), relation), today, closed)
    )


def _of_fact(
    cursor: duckdb.DuckDBPyConnection, fact: str, daily: Relation, today: date, closed: Collection[date]
) -> list[SilentAccount]:
    if daily.data_until is None or "account" not in daily.own:
        return []
    counts = _counts(cursor, daily, daily.data_until)
    if len(counts) < 2 or stale(_together(counts), today, closed) is not None:
        return []
    found = ((account, stale(days, today, closed)) for account, days in sorted(counts.items()))
    return [SilentAccount(fact, account, late) for account, late in found if late is not None and late.days <= GONE]


def _counts(cursor: duckdb.DuckDBPyConnection, relation: Relation, until: date) -> dict[str, dict[date, int]]:
    live = "_live and " if relation.live_filter else ""
    rows = cursor.execute(
        f"select account, _day, count(*) from {relation.table}"
        f" where {live}account is not null and _day is not null and _day <= $until group by all",
        {"until": until},
    ).fetchall()
    found: dict[str, dict[date, int]] = {}
    for account, day, count in rows:
        found.setdefault(account, {})[day] = count
    return found


def _together(counts: Mapping[str, Mapping[date, int]]) -> dict[date, int]:
    days: dict[date, int] = {}
    for one in counts.values():
        for day, count in one.items():
            days[day] = days.get(day, 0) + count
    return days
