"""The expenses fact: what the three branches pay month by month.

Invariant: materials, wages of those who serve and Avito are not here: they are in orders and ads.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from data.demo.chance import Chance, to_hundreds
from data.demo.frames import Row
from data.demo.people import PEOPLE, employed
from data.demo.seasons import first_day, months
from data.demo.trades import BRANCHES, Branch

_MONTHLY = {
    "barber": {
        "rent": 96000,
        "utilities": 9500,
        "retention": 9000,
        "services": 12000,
        "marketing": 12000,
        "other": 8000,
    },
    "repair": {
        "rent": 42000,
        "utilities": 5500,
        "retention": 3500,
        "services": 9000,
        "transport": 38000,
        "other": 6000,
    },
    "cleaning": {
        "rent": 24000,
        "utilities": 3500,
        "retention": 11000,
        "services": 8000,
        "transport": 31000,
        "other": 6000,
    },
}
_NOW_AND_THEN = {"equipment": (0.12, 32000), "training": (0.2, 9000), "hiring": (0.1, 7000)}
"""Chance a month and usual roubles."""
_DAY = {"rent": 5, "utilities": 12, "salary": 10, "tax": 25}


def expenses(orders: pd.DataFrame, seed: int, until: date) -> pd.DataFrame:
    """The fact in order of branch and month."""
    chance = Chance(seed, "expenses")
    rows = [
        row
        for branch in BRANCHES
        for month in months(first_day(until), until)
        for row in _month(branch, month, _revenue(orders, branch, month), until, chance)
    ]
    kept = [row for row in rows if first_day(until) <= row["date"] <= until]  # type: ignore[operator]
    return pd.DataFrame([{"expense_id": str(2001 + number), **row} for number, row in enumerate(kept)])


def _revenue(orders: pd.DataFrame, branch: Branch, month: date) -> float:
    """Revenue of the month before, on which the tax is paid."""
    before = month - timedelta(days=1)
    finished = orders["finished_at"].dt
    mask = (orders["branch"] == branch.name) & (finished.year == before.year) & (finished.month == before.month)
    return float(orders.loc[mask, "revenue"].sum())


def _month(branch: Branch, month: date, revenue: float, until: date, chance: Chance) -> Iterator[Row]:
    for kind, usual in _MONTHLY[branch.trade].items():
        spread = 0.0 if kind == "rent" else 0.3
        yield _row(branch, month, kind, usual * chance.about(1, spread) if spread else usual, chance)
    office = sum(p.salary for p in PEOPLE if p.branch is branch and not p.serves and employed(p, month, until))
    for kind, amount in (("salary", office), ("tax", revenue * 0.06)):
        if amount > 0:
            yield _row(branch, month, kind, amount, chance)
    for kind, (often, usual) in _NOW_AND_THEN.items():
        if chance.yes(often):
            yield _row(branch, month, kind, usual * chance.about(1, 0.6), chance)


def _row(branch: Branch, month: date, kind: str, amount: float, chance: Chance) -> Row:
    day = month + timedelta(days=_DAY.get(kind, chance.whole(1, 27)) - 1)
    return {"date": day, "kind": kind, "amount": to_hundreds(amount, 100), "branch": branch.name}
