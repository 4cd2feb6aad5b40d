"""The answers as arrays: a row a member, a column a day.

Invariant: every figure of every answer is in exactly one cell; a figure nobody told is 0 with its count 0, so that
sums hold and «unknown» stays apart from «nothing».
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kpi.accounts.asking import Table
from kpi.accounts.model import PERIODS, Asked
from kpi.accounts.ratio import Array

Key = tuple[str | None, bool]
"""A member, and whether it stands for those beyond MOST."""
NOT_CELLS = frozenset({"member", "is_rest", "day", "places", "name_title", "name_account"})


@dataclass(frozen=True)
class Grid:
    """Members × days."""

    keys: tuple[Key, ...]
    """The rows."""
    since: date
    """Day of the first column."""
    days: Array
    """Days as numbers since 1970."""
    cells: Mapping[str, Array]
    """Figure → members × days."""
    titles: Mapping[str, tuple[str, str]]
    """Advertisement → its title and account, where they are told."""
    together: int
    """Members that the one of «the others» stands for."""

    def of(self, name: str) -> Array:
        """A figure; zeros where nothing tells it."""
        return self.cells.get(name, np.zeros((len(self.keys), len(self.days))))

    def total(self) -> "Grid":
        """One row: all members together; a period told for by any of them is told for all."""
        told = self.of("told")
        cells = {name: cell.sum(axis=0, keepdims=True) for name, cell in self.cells.items()}
        cells["told"] = np.where(told > 0, told, np.inf).min(axis=0, keepdims=True, initial=np.inf)
        cells["told"][~np.isfinite(cells["told"])] = 0
        return Grid(((None, False),), self.since, self.days, cells, {}, 0)

    def column(self, day: date) -> int:
        """The place of a day."""
        return (day - self.since).days


def grid(asked: Asked, tables: Sequence[Table], since: date, until: date) -> Grid:
    """All tables laid on the same members and days; rows of other days are left out."""
    keys = _keys(asked, tables)
    place = {key: row for row, key in enumerate(keys)}
    width = (until - since).days + 1
    cells: dict[str, Array] = {}
    for table in tables:
        columns = (pd.to_datetime(table.frame["day"]) - pd.Timestamp(since)).dt.days.to_numpy()
        inside = (columns >= 0) & (columns < width)
        frame, columns = table.frame[inside], columns[inside]
        rows = _places(frame, place)
        for name in [column for column in frame.columns if column not in NOT_CELLS]:
            cell = np.zeros((len(keys), width))
            values = frame[name]
            told = values if name != "told" else (pd.to_datetime(values) - pd.Timestamp(1970, 1, 1)).dt.days
            cell[rows, columns] = told.fillna(0).to_numpy(dtype=float)
            cells[name] = cell
    first = (since - date(1970, 1, 1)).days
    rest = [int(t.frame.loc[t.frame["is_rest"], "places"].max()) for t in tables if t.frame["is_rest"].any()]
    together = max(rest, default=0) - sum(not is_rest for _, is_rest in keys) if rest else 0
    return Grid(keys, since, np.arange(first, first + width), cells, _titles(tables), together)


def span(asked: Asked, advertised: Table | None, others: Sequence[Table]) -> tuple[date, date]:
    """The days that are asked for, within those whose advertisements are loaded; without any, within the others'."""
    tables = [advertised] if advertised is not None else others
    first = min(table.first for table in tables if table.first)
    last = max(table.until for table in tables if table.until)
    return max(asked.since or first, first), min(asked.until or last, last)


def window(tables: Sequence[Table | None], since: date, until: date) -> tuple[date, date] | None:
    """The days on which all of these tables are loaded; None: there are none, or one is not loaded."""
    if any(table is None or table.first is None or table.until is None for table in tables):
        return None
    first = max([since, *(table.first for table in tables if table is not None and table.first)])
    last = min([until, *(table.until for table in tables if table is not None and table.until)])
    return (first, last) if first <= last else None


def _listed(frame: pd.DataFrame) -> list[tuple[Key, int]]:
    """Each member once, with its rank."""
    once = frame.drop_duplicates(["member", "is_rest"])
    return [
        ((None if pd.isna(member) else str(member), bool(is_rest)), int(place))
        for member, is_rest, place in zip(once["member"], once["is_rest"], once["places"], strict=True)
    ]


def _places(frame: pd.DataFrame, place: Mapping[Key, int]) -> Array:
    """The row of the grid that each row of an answer belongs to."""
    codes, names = pd.factorize(frame["member"])
    known = np.array([*(place[str(name), False] for name in names), place.get((None, False), -1)], dtype=int)
    return np.where(frame["is_rest"].to_numpy(dtype=bool), place.get((None, True), -1), known[codes])


def _keys(asked: Asked, tables: Sequence[Table]) -> tuple[Key, ...]:
    """Members in the order they are shown: the largest first, months in their order, «not filled in» and the others
    last."""
    placed: dict[Key, tuple[int, int]] = {}
    for number, table in enumerate(tables):
        for key, place in _listed(table.frame):
            placed.setdefault(key, (number, place))

    def order(key: Key) -> tuple[object, ...]:
        member, is_rest = key
        return (is_rest, member is None, *((member or "",) if asked.by in PERIODS else placed[key]))

    return tuple(sorted(placed, key=order))


def _titles(tables: Sequence[Table]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for table in tables:
        if "name_title" in table.frame or "name_account" in table.frame:
            for row in table.frame.drop_duplicates("member").to_dict("records"):
                if isinstance(row["member"], str):
                    title, account = (row.get(name) for name in ("name_title", "name_account"))
                    told = (title if isinstance(title, str) else "", account if isinstance(account, str) else "")
                    found.setdefault(row["member"], told)
    return found
