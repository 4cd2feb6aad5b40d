"""Which rows of an answer would tell of a part of a block of staff.

Invariant: a row is looked at as the set of people behind it, now and in what it is compared with; whatever made that
set — days, filters, slice, somebody's scope — does not matter.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.access.crowds import Array, Crowd
from data.access.reader import Reader
from data.access.source import Where, dimension
from kpi.compile import KINDS, Compiled, Resolution, Window
from kpi.compile.plan import PRIVATE_RELATION, is_private
from kpi.formula import is_limited_to, parsed
from kpi.model import Kpi, Query

FAMILIES = (("enps",), ("pulse", "q12"), ("pain",))
"""Kinds of survey that one KPI takes together."""
SHOWN = ("value", "previous", "last_year")
"""Columns of an answer, in the order of the kinds of its windows."""


def torn(frame: pd.DataFrame, resolution: Resolution, compiled: Compiled, reader: Reader) -> pd.DataFrame:
    """Row × shown column: whether it is made of a part of a block."""
    query = compiled.plan.query
    names = [name for name, _ in (*reader.scope.where, *query.where)] + ([query.by] if query.by else [])
    private = [leaf for leaf in resolution.leaves if is_private(leaf)]
    asked = dict.fromkeys(_asked(leaf) for leaf in private)
    crowds = [_People(reader.crowd(names, where), query, reader) for where in asked]
    windows = _windows(compiled)
    rows = zip(frame["period"], frame["is_total"].astype(bool), frame["slice"].tolist(), strict=True)
    found = [
        [any(one.is_torn(windows.get((start, kind)), is_total, member) for one in crowds) for kind in range(len(KINDS))]
        for start, is_total, member in rows
    ]
    return pd.DataFrame(found, index=frame.index, columns=list(SHOWN), dtype=bool)


class _People:
    """The rows of answers, and who is left by filters and scope."""

    def __init__(self, crowd: Crowd, query: Query, reader: Reader) -> None:
        self._crowd, self._answers, self._relation = crowd, crowd.answers, reader.relations()[PRIVATE_RELATION]
        self._day = pd.to_datetime(self._answers["day"]).to_numpy()
        self._slice = self._column(query.by) if query.by else None
        self._kept = np.ones(len(self._answers), dtype=bool)
        for name, members in (*reader.scope.where, *query.where):
            self._kept &= self._within(name, members)
        self._seen: dict[tuple[Window, object], bool] = {}

    def is_torn(self, window: Window | None, is_total: bool, member: str | None) -> bool:
        if window is None:
            return False
        key = (window, None if is_total else (member,))
        if key not in self._seen:
            since, until = (np.datetime64(day, "ns") for day in (window.since, window.until))
            chosen = self._kept & (self._day >= since) & (self._day <= until)
            if not is_total and self._slice is not None:
                chosen &= (self._slice.isna() if member is None else self._slice == member).to_numpy()
            self._seen[key] = self._crowd.is_torn(chosen)
        return self._seen[key]

    def _column(self, name: str) -> "pd.Series[str]":
        known = dimension(self._relation, name)
        return self._answers[known] if known is not None else pd.Series(None, index=self._answers.index, dtype=object)

    def _within(self, name: str, members: tuple[str, ...]) -> Array:
        cells = self._column(name)
        wanted = self._relation.known_as(name, [member for member in members if member != ""])
        found: Array = (cells.isin(list(wanted)) | (cells.isna() if "" in members else False)).to_numpy()
        return found


def _asked(leaf: Kpi) -> Where:
    """The kinds of survey that a value is made of, and whom they asked."""
    kinds = tuple(
        kind for family in FAMILIES if any(f"'{one}'" in leaf.definition for one in family) for kind in family
    )
    of_staff = is_limited_to(parsed(leaf.definition), "audience", "staff")
    return (*((("survey", kinds),) if kinds else ()), *((("audience", ("staff",)),) if of_staff else ()))


def _windows(compiled: Compiled) -> Mapping[tuple[pd.Timestamp, int], Window | None]:
    plan = compiled.plan
    by_number = {number: window for window, number in plan.ids.items()}
    place = plan.horizon(PRIVATE_RELATION)
    return {
        (pd.Timestamp(spot.period), spot.kind): None if (n := spot.windows[place]) is None else by_number[n]
        for spot in plan.spine
    }
