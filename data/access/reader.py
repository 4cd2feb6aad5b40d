"""The only way from a page, report or command to rows.

Invariant: a Reader is a Store plus a Scope; every SELECT it offers is already filtered by the scope, and it refuses a
Statement that was made for another one.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from data.access.columns import Columns, NotHeld
from data.access.crowds import SURVEYS, Crowd, crowd_of, of_staff
from data.access.engines import asked
from data.access.limit import limited
from data.access.selection import Filtered
from data.access.shown import limited_to
from data.access.source import Where, quoted, select
from data.errors import NotAllowed
from data.expression import Params
from data.message import say
from data.model import OWNER, Relation, Role, Scope, Source, Statement
from data.store.readable import Readable
from data.store.rollups import holds

_STAFF_RELATIONS = frozenset({"staff", "staff_posts", "staff_days", "cases"})
_ATTEMPTS = 3
SECONDS: Mapping[Role, float | None] = {"owner": None, "lead": 60.0, "viewer": 20.0}
"""Longest a question of theirs may run, unless it says less itself."""

T = TypeVar("T")
Answer = dict[str, Any]
"""Column → numpy masked array."""


class Reader:
    """What somebody may read of a workspace, as it is now."""

    def __init__(self, store: Readable, scope: Scope = OWNER) -> None:
        self._store = store
        self.scope = scope
        self.data_version = store.data_version

    def narrowed(self, dimension: str, member: str) -> "Reader":
        """The same for one member alone; where the scope does not show the member, nothing is left."""
        allowed = dict(self.scope.where)
        shown = (member,) if member in allowed.get(dimension, (member,)) else ()
        where = tuple(sorted({**allowed, dimension: shown}.items()))
        return Reader(self._store, replace(self.scope, where=where))

    def relations(self) -> Mapping[str, Relation]:
        """Facts and derived relations as they are loaded."""
        return self._relations

    @cached_property
    def _relations(self) -> Mapping[str, Relation]:
        known = self._store.relations()
        posts = known.get("staff_posts")
        has_posts = posts is not None and posts.rows > 0
        return {
            name: limited_to(
                self.scope,
                replace(relation, staffed=has_posts and "employee" in relation.own and name not in _STAFF_RELATIONS),
            )
            for name, relation in known.items()
        }

    def sources(self) -> Mapping[str, Source]:
        """Per relation the SELECT a Statement may build on, limited to the scope."""
        ahead = self._store.rollups
        return {name: Source(relation, self.scope, ahead.get(name, ())) for name, relation in self._relations.items()}

    def run(self, statement: Statement) -> tuple[pd.DataFrame, int]:
        """The statement's rows, and the data version they belong to.

        Raises `NotAllowed` for a statement made for another scope, `TooSlow` for one that outlives its limit, `NotHeld`
        where it reads rollups and those changed since it was made.
        """
        return self._run(statement, lambda answer: answer.df())

    def columns(self, statement: Statement) -> tuple[Answer, int]:
        """The same as `run`, as masked arrays by column: an empty cell is masked. An eighth of a frame's cost."""
        return self._run(statement, lambda answer: {k: np.ma.asarray(v) for k, v in answer.fetchnumpy().items()})

    def _run(self, statement: Statement, fetch: Callable[[Any], T]) -> tuple[T, int]:
        if statement.scope != self.scope:
            raise NotAllowed(say("This question was made for somebody else's rights."))
        seconds = SECONDS[self.scope.role] if statement.seconds is None else statement.seconds
        for _ in range(_ATTEMPTS):
            version = self._store.data_version
            with self._turn(), self._store.reading(statement.facts) as cursor, limited(cursor, seconds):
                _require(cursor, statement)
                answer = fetch(asked(cursor, statement, self._store.engine, version, seconds))
                _require(cursor, statement)
            if version == self._store.data_version:
                break
        return answer, version

    def _turn(self) -> AbstractContextManager[None]:
        """Whoever is no owner asks a few questions at a time."""
        turns = self._store.turns
        return nullcontext() if turns is None or self.scope.role == "owner" else turns.taken(self.scope)

    @property
    def is_current(self) -> bool:
        """Whether the data are still those of `data_version`."""
        return self._store.data_version == self.data_version

    def at_hand(self, source: Source, time: str | None, where: Where) -> Filtered:
        """A relation's rows in memory, those of the scope and filters. `NotHeld`: DuckDB must be asked."""
        if source.scope != self.scope:
            raise NotAllowed(say("This question was made for somebody else's rights."))
        memory = self._store.memory
        if memory is None or self._store.engine is not None or not self.is_current:
            raise NotHeld
        return Filtered(Columns(self._store, memory, self.data_version, source.relation, time), source, where)

    def crowd(self, names: Sequence[str], where: Where) -> Crowd:
        """Everybody of the staff who answered, whatever the scope, to tell what may be told; not what they answered.

        `names`: dimensions to filter by; `where`: kinds of survey, and whom they asked.
        """
        memory, key = self._store.memory, ("crowd", tuple(names), tuple(where))
        known: Crowd | None = memory.get(self.data_version, key) if memory is not None else None
        if known is None:
            statement = of_staff(self._relations[SURVEYS], names, where)
            with self._store.reading(statement.facts) as cursor:
                known = crowd_of(cursor.execute(statement.sql, dict(statement.params) or None).df())
            if memory is not None and self.is_current:
                memory.put(self.data_version, key, known, int(known.answers.memory_usage(deep=True).sum()))
        return known

    def members(self, dimension: str, limit: int = 500) -> tuple[str, ...]:
        """Members of a dimension over everything loaded, in alphabetical order: those of the facts, for what is derived
        of them has no others."""
        params = Params()
        parts = [
            f"select cast({quoted(dimension)} as varchar) as member from ({select(source, [dimension], params)})"
            for source in self.sources().values()
            if dimension in source.relation.own and source.relation.live_filter
        ]
        if not parts:
            return ()
        united = " union ".join(parts)
        sql = f"select distinct member from ({united}) where member is not null order by member limit {int(limit)}"
        frame, _ = self.run(Statement(sql, params.values, (), self.scope))
        return tuple(frame["member"])


def _require(cursor: Any, statement: Statement) -> None:
    """`NotHeld` unless the rollups it reads are as they were."""
    if statement.rollups and not holds(cursor, statement.rollups):
        raise NotHeld
