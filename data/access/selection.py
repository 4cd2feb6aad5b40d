"""Rows of a relation in memory that may be counted: those of some days, within a scope and filters.

Invariant: every count is made of `kept`, and `kept` holds no row outside the scope: there is no other way from a page
to a column in memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from data.access.columns import Array, Codes, Columns, NotHeld, Values, Wish
from data.access.source import Where, dimension, quoted
from data.model import Relation, Source

FEW = 16
"""Members that are compared one by one."""
_EPOCH = date(1970, 1, 1).toordinal()


class Filtered:
    """A relation's columns in memory with the rows a scope and filters leave."""

    def __init__(self, columns: Columns, source: Source, where: Where) -> None:
        self.columns, self._relation, self._scope = columns, source.relation, source.scope
        self._where = (*source.scope.where, *where)

    def load(self, wishes: Iterable[Wish], params: Mapping[str, Any], seconds: float | None = None) -> None:
        """Brings these columns, and those of the scope and filters, into memory.

        `params`: values of their places; `seconds`: how long that may take (`TooSlow`).
        """
        wanted = list(wishes)
        closed = self._relation.hidden | self._relation.rounded
        if any(name in closed for wish in wanted for name in wish.columns):
            raise NotHeld  # DuckDB is asked, in the words of the scope
        filters = [wish for name, _ in self._where if (wish := of_members(self._relation, name))]
        self.columns.load([*wanted, *filters], params, seconds)

    @cached_property
    def _days(self) -> Array:
        return self.columns.rows.days

    @cached_property
    def _mask(self) -> Array | None:
        if not self._where:
            return None
        return self.columns.remembered(("rows of", self._where), self._masked)

    def within(self, since: date, until: date) -> "Selection":
        """The rows of these days, both inclusive, as far as the scope reaches."""
        since, until = max(since, self._scope.since or since), min(until, self._scope.until or until)
        edges = np.array([since.toordinal() - _EPOCH, until.toordinal() - _EPOCH + 1], dtype=self._days.dtype)
        first, last = np.searchsorted(self._days, edges)
        run = slice(int(first), max(int(first), int(last)))
        return Selection(self.columns, run, None if self._mask is None else self._mask[run])

    def _masked(self) -> Array:
        """Where a row is of the members wanted in every dimension."""
        mask = np.ones(len(self._days), dtype=bool)
        for name, members in self._where:
            wish = of_members(self._relation, name)
            if wish is None:
                return np.zeros(len(self._days), dtype=bool)
            mask &= _allowed(self.columns.get(wish), self._relation.known_as(wish.columns[0], members))
        return mask


class Selection:
    """A run of days, filtered."""

    def __init__(self, columns: Columns, run: slice, mask: Array | None) -> None:
        self._columns, self._run, self._mask = columns, run, mask
        self._kept: dict[tuple[Wish, ...], Array | None] = {(): mask}

    def kept(self, conditions: tuple[Wish, ...] = ()) -> Array | None:
        """Where all conditions hold and the row may be counted; None: everywhere."""
        if conditions not in self._kept:
            first, truth = self.kept(conditions[:-1]), self._columns.get(conditions[-1])[self._run]
            self._kept[conditions] = truth if first is None else first & truth
        return self._kept[conditions]

    def values(self, wish: Wish) -> Values:
        """Numbers of the run's rows."""
        column: Values = self._columns.get(wish)
        known = None if column.known is None else column.known[self._run]
        return Values(column.numbers[self._run], known, column.scale)

    def codes(self, wish: Wish) -> Codes:
        """Members or things of the run's rows."""
        column: Codes = self._columns.get(wish)
        return Codes(column.codes[self._run], column.members, column.size)

    def __len__(self) -> int:
        return int(self._run.stop - self._run.start)


def of_members(relation: Relation, name: str) -> Wish | None:
    """The column of a dimension's members; None if the relation does not carry it."""
    known = dimension(relation, name)
    if known is None:
        return None
    sql = f"cast({quoted(known)} as varchar)"
    return Wish("member", sql, sql, (known,))


def _allowed(column: Codes, members: Sequence[str]) -> Array:
    """Where the column holds one of the members; a few are compared faster than all are looked up."""
    wanted = set(members)
    chosen = np.array([*(member in wanted and member != "" for member in column.members), "" in wanted], dtype=bool)
    places = np.flatnonzero(chosen)
    if len(places) > FEW:
        looked_up: Array = chosen[column.codes]
        return looked_up
    found = np.zeros(len(column.codes), dtype=bool)
    for place in places.astype(column.codes.dtype):
        found |= column.codes == place
    return found
