"""A crew made by hand: jobs and posts as CSV, so that every figure can be counted on paper."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.store import Store
from kpi.catalogue import catalogue
from kpi.model import Target
from kpi.people.asking import Asking
from kpi.targets import TargetBook
from tests.oracle.conftest import publish

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
Jobs = tuple[str, date, int, int, int]
"""Person, month, jobs, how many of them with an add-on, price of each."""


def jobs(told: Iterable[Jobs]) -> str:
    """Orders as CSV, all done on the tenth."""
    lines = ["order_id,finished_at,status,revenue,addon_revenue,employee,team,booked_by"]
    for name, month, n, addons, price in told:
        for _ in range(n):
            addon = 100 if addons > 0 else 0
            addons -= 1
            team = TEAMS.get(name, "Crew 1")
            lines.append(f"{len(lines)},{month:%Y-%m}-10,done,{price},{addon},{name},{team},Ольга")
    return "\n".join(lines)


TEAMS = dict.fromkeys(("Zoe", "Yan"), "Crew 2")
"""Everybody else is in crew 1."""


def fill(store: Store, folder: Path, tables: dict[str, str]) -> None:
    """Publishes facts as CSV text."""
    for fact, text in tables.items():
        path = folder / f"{fact}.csv"
        path.write_text(text.strip() + "\n", "utf-8")
        publish(store, path)


def asking(store: Store, targets: Sequence[Target] = (), first: tuple[str, ...] = (), scope: Scope = OWNER) -> Asking:
    """Where the figures come from."""
    return Asking(Reader(store, scope), catalogue(), TargetBook(tuple(targets)), first)
