"""Columns of a relation in memory, by day: what can be counted without asking DuckDB again.

Invariant: a column holds, row for row, what DuckDB says of its expression for one version of the data; all columns of
one relation and time column are in one order, ascending by day. They hold everybody's rows, so nobody gets them but
through a `Selection` (data/access/selection.py), which lets only those of a scope be counted.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.access.limit import limited
from data.access.source import select
from data.expression import Params
from data.model import OWNER, Relation, Source
from data.store.memory import Memory
from data.store.owed import is_own
from data.store.readable import Readable

Array = np.ndarray[Any, Any]
Kind = Literal["condition", "value", "member", "distinct"]
MOST_SCALE = 6
"""Decimals with more places are added as floating numbers."""
ROW_BYTES = 100
"""What a row of a relation takes at most, when everything usual is asked of it."""


class NotHeld(Exception):
    """It cannot be answered from memory; DuckDB must be asked."""


@dataclass(frozen=True)
class Wish:
    """A column that is wanted."""

    kind: Kind
    """How it is held: a condition (true or not), a value, members of a dimension, anything that is told apart."""
    sql: str
    """SQL of it over the relation's columns, with its values written out: the name it is remembered by."""
    placed: str
    """The same with places for values."""
    columns: tuple[str, ...]
    """Columns of the relation it reads."""


@dataclass(frozen=True)
class Values:
    """A column of numbers."""

    numbers: Array
    """float64; 0 where unknown; in units of 1/scale."""
    known: Array | None
    """Where it is known; None: everywhere."""
    scale: float
    """What a sum is divided by: amounts are added as whole numbers of their smallest unit, and so exactly."""


@dataclass(frozen=True)
class Codes:
    """A column of things to be told apart."""

    codes: Array
    """Number of the thing; `size` where the cell is empty."""
    members: tuple[str, ...]
    """Of a dimension the members, sorted, by number."""
    size: int
    """How many different things there are."""


@dataclass(frozen=True)
class Rows:
    """The rows all columns of one relation and time column are about."""

    ids: Array
    """Their places in the table, ascending."""
    order: Array | None
    """Which of them comes at each place by day; None: they lie by day already."""
    days: Array
    """Days since 1970, ascending."""


class Columns:
    """The columns of one relation by one of its times."""

    def __init__(self, store: Readable, memory: Memory, version: int, relation: Relation, time: str | None) -> None:
        self.store, self.memory, self.version = store, memory, version
        self.relation, self.time = relation, time
        self._key = (relation.name, relation.data_until, time)
        self._seen: dict[tuple[Kind, str], Any] = {}
        if relation.rows * ROW_BYTES > memory.most:
            raise NotHeld

    @property
    def rows(self) -> Rows:
        """The rows, by day."""
        with self.memory.making:
            found: Rows | None = self._get("condition", "")
            return self._ordered(self._table([], [], {})) if found is None else found

    def get(self, wish: Wish) -> Any:
        """The column: an array of truth values, Values or Codes. It must have been loaded."""
        found = self._get(wish.kind, wish.sql)
        if found is None:
            raise NotHeld
        return found

    def remembered(self, name: Hashable, make: Callable[[], Array]) -> Array:
        """What was made of these columns under a name before, else made now."""
        key = (*self._key, name)
        found: Array | None = self.memory.get(self.version, key)
        if found is None:
            found = make()
            self.memory.put(self.version, key, found, found.nbytes)
        return found

    def load(self, wishes: Iterable[Wish], params: Mapping[str, Any], seconds: float | None = None) -> None:
        """Reads what is not in memory yet, all in one scan. `params`: values of the places."""
        with self.memory.making:
            missing = [wish for wish in dict.fromkeys(wishes) if self._get(wish.kind, wish.sql) is None]
            if missing:
                self._read(missing, params, seconds)

    def _get(self, kind: Kind, sql: str) -> Any:
        found = self._seen.get((kind, sql))
        if found is None:
            found = self.memory.get(self.version, (*self._key, kind, sql))
            if found is not None:
                self._seen[kind, sql] = found
        return found

    def _put(self, kind: Kind, sql: str, column: Any, size: int) -> None:
        self._seen[kind, sql] = column
        self.memory.put(self.version, (*self._key, kind, sql), column, size)

    def _read(self, wishes: list[Wish], params: Mapping[str, Any], seconds: float | None) -> None:
        columns = [column for wish in wishes for column in wish.columns]
        table = self._table(columns, [wish.placed for wish in wishes], params, seconds)
        rows: Rows = self._get("condition", "") or self._ordered(table)
        ids = table["_row"].to_numpy()
        place = None if np.array_equal(ids, rows.ids) else np.argsort(ids)
        if place is not None and not np.array_equal(ids[place], rows.ids):
            raise NotHeld
        for number, wish in enumerate(wishes):
            column, size = _held(wish.kind, table[f"c{number}"].combine_chunks(), place, rows.order)
            self._put(wish.kind, wish.sql, column, size)

    def _ordered(self, table: pa.Table) -> Rows:
        ids = table["_row"].to_numpy()
        days = table["day"].combine_chunks().cast(pa.int32()).to_numpy()
        if len(ids) > 1 and (ids[1:] <= ids[:-1]).any():
            place = np.argsort(ids)
            ids, days = ids[place], days[place]
        order = None if (days[1:] >= days[:-1]).all() else np.argsort(days, kind="stable").astype(np.int32)
        rows = Rows(ids, order, days if order is None else days[order])
        self._put("condition", "", rows, ids.nbytes + days.nbytes + (0 if order is None else order.nbytes))
        return rows

    def _table(
        self, columns: Iterable[str], expressions: list[str], params: Mapping[str, Any], seconds: float | None = None
    ) -> pa.Table:
        """The rows' places and days with the expressions, of one version of the data."""
        own = Params("q")
        inner = select(Source(self.relation, OWNER), columns, own, time=self.time, row=True)
        listed = ", ".join(["_row", "day", *(f"({sql}) as c{n}" for n, sql in enumerate(expressions))])
        sql = f"select {listed} from ({inner}) where day is not null"
        values = {**own.used_in(sql), **Params(values=dict(params)).used_in(sql)}
        with self.store.reading((self.relation.name,)) as cursor:
            if is_own(cursor, (self.relation.name,)):  # its rows may lie in another order the next time
                raise NotHeld
            with limited(cursor, seconds):
                table = cursor.execute(sql, values or None).to_arrow_table()
        if self.store.data_version != self.version:
            raise NotHeld
        return table


def _held(kind: Kind, cells: Any, place: Array | None, order: Array | None) -> tuple[Any, int]:
    """The column in the order of the rows, and its size in bytes."""

    def sorted_(array: Array) -> Array:
        placed = array if place is None else array[place]
        return np.ascontiguousarray(placed if order is None else placed[order])

    if kind == "condition":
        truth = sorted_(pc.fill_null(cells, False).to_numpy(zero_copy_only=False))
        return truth, truth.nbytes
    if kind == "value":
        numbers, scale = _numbers(cells)
        known = sorted_(cells.is_valid().to_numpy(zero_copy_only=False)) if cells.null_count else None
        values = Values(sorted_(numbers), known, scale)
        return values, values.numbers.nbytes + (0 if known is None else known.nbytes)
    codes, members, size = _coded(cells, named=kind == "member")
    coded = Codes(sorted_(codes), members, size)
    return coded, coded.codes.nbytes + 60 * len(members)


def _numbers(cells: Any) -> tuple[Array, float]:
    kind, scale = cells.type, 1.0
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)):
        if not pa.types.is_decimal(kind):
            raise NotHeld
        scale = 10.0**kind.scale if 0 <= kind.scale <= MOST_SCALE else 1.0
    if pa.types.is_boolean(kind):
        cells = cells.cast(pa.int8())
    numbers = pc.fill_null(cells.cast(pa.float64(), safe=False), 0.0).to_numpy(zero_copy_only=False)
    return (np.rint(numbers * scale) if scale > 1 else numbers), scale


def _coded(cells: Any, *, named: bool) -> tuple[Array, tuple[str, ...], int]:
    encoded = cells.dictionary_encode()
    names = encoded.dictionary.to_pylist() if named else []
    size = len(encoded.dictionary)
    codes = pc.fill_null(encoded.indices, size).to_numpy(zero_copy_only=False)
    kind = np.min_scalar_type(size)
    if not named:
        return codes.astype(kind), (), size
    ranks = np.empty(size + 1, dtype=kind)
    places = sorted(range(size), key=names.__getitem__)
    ranks[places], ranks[size] = np.arange(size), size
    return ranks[codes], tuple(names[place] for place in places), size
