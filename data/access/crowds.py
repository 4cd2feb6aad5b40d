"""Blocks of staff answers: what anything that is told of them must be made of.

Invariant: everybody who answered is in exactly one block, and a block holds five people or more wherever so many
answered at all. What is made of whole blocks only can be added and subtracted in any way: the result is made of whole
blocks again. A block says nothing of what was answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data.access.source import Where, dimension, quoted, select
from data.expression import Params
from data.model import FEWEST, OWNER, Relation, Source, Statement

Array = np.ndarray[Any, Any]
SURVEYS = "surveys"
SPLITS = ("survey", "team", "branch", "role", "account", "service", "category", "source")
"""What people are told apart by, in the order it is tried; by anything else they are not."""
APART = 2
"""Days without an answer that end a wave of answers."""


def of_staff(relation: Relation, names: Sequence[str], where: Where) -> Statement:
    """SELECT of staff answers without what was answered: person, day and dimensions, those of SPLITS and `names`.

    `where`: kinds of survey, and whom they asked; what the relation does not tell limits nothing.
    """
    params = Params()
    wanted = [name for name in dict.fromkeys([*SPLITS, *names]) if dimension(relation, name) is not None]
    told = [(name, members) for name, members in where if dimension(relation, name) is not None]
    inner = select(Source(relation, OWNER), [*wanted, "response_id"], params, where=told)
    listed = "".join(f", cast({quoted(name)} as varchar) as {quoted(name)}" for name in wanted)
    sql = f"select distinct cast(response_id as varchar) as person, day{listed} from ({inner})"
    return Statement(sql, params.values, (relation.name,), OWNER)


@dataclass(frozen=True)
class Crowd:
    """Everybody who answered, in blocks."""

    answers: pd.DataFrame
    """A row a person, day and member of each dimension: what can be filtered by."""
    person: Array
    """Number of every row's person; −1: nobody is named."""
    block: Array
    """Block of every person."""

    def is_torn(self, chosen: Array) -> bool:
        """Whether the people of the chosen rows are part of some block only."""
        if bool((chosen & (self.person < 0)).any()):
            return True
        inside = np.zeros(len(self.block), dtype=bool)
        inside[self.person[chosen]] = True
        some = np.bincount(self.block[inside], minlength=self.block.max(initial=0) + 1)
        whole = np.bincount(self.block, minlength=len(some))
        return bool(((some > 0) & (some < whole)).any())


def crowd_of(answers: pd.DataFrame) -> Crowd:
    """The people of these rows in blocks; whoever has several rows is where the first of them is."""
    ordered = answers[answers["person"].notna()].sort_values(["person", "day"], kind="stable")
    people = ordered.drop_duplicates("person").sort_values(["day", "person"]).reset_index(drop=True)
    known = [name for name in SPLITS if name in people.columns]
    block = np.full(len(people), -1)
    for number, members in enumerate(_split(people, _waves(people), known)):
        block[members.to_numpy()] = number
    places = {person: place for place, person in enumerate(people["person"])}
    person = np.array([places.get(one, -1) for one in answers["person"]], dtype=int)
    return Crowd(answers, person, block)


def _waves(people: pd.DataFrame) -> list[pd.Index]:
    """People by time: runs of days within a month; too small a run goes with the next, the last with the one before."""
    if people.empty:
        return []
    day = pd.to_datetime(people["day"])
    new = (day.diff().dt.days.fillna(0) > APART) | (day.dt.month != day.dt.month.shift(fill_value=day.dt.month.iloc[0]))
    waves: list[pd.Index] = []
    for _, members in people.groupby(new.cumsum()):
        if waves and len(waves[-1]) < FEWEST:
            waves[-1] = waves[-1].append(members.index)
        else:
            waves.append(members.index)
    if len(waves) > 1 and len(waves[-1]) < FEWEST:
        waves[-2:] = [waves[-2].append(waves[-1])]
    return waves


def _split(people: pd.DataFrame, parts: list[pd.Index], names: Sequence[str]) -> Iterator[pd.Index]:
    """Each part as finely as it can be: by the first of the names, then the rest."""
    for part in parts:
        if not names:
            yield part
        else:
            yield from _split(people, _by(people.loc[part, names[0]]), names[1:])


def _by(members: "pd.Series[str]") -> list[pd.Index]:
    """The people of each member of a dimension, where all parts are large enough; small ones are put together."""
    parts = sorted((group.index for _, group in members.groupby(members, dropna=False)), key=len)
    together: list[pd.Index] = []
    while parts and (len(parts[0]) < FEWEST or 0 < sum(map(len, together)) < FEWEST):
        together.append(parts.pop(0))
    joined = together[0].append(together[1:]) if together else None
    return [*([joined] if joined is not None else []), *parts]
