"""The one place where the built-in KPIs and those of a workspace become one catalogue.

Invariant: whatever counts, shows or names KPIs of a workspace takes its catalogue from here. A custom KPI whose formula
no longer makes sense is left out, with its reason; it never takes another one down, nor the start.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data.errors import UserError
from data.store.entries import CustomKpi
from data.store.store import Store
from kpi.catalogue import Catalogue, catalogue
from kpi.custom.binding import known
from kpi.custom.definition import Made, made
from kpi.custom.vocabulary import Extras, extras_of, tables
from kpi.model import Kpi


@dataclass(frozen=True)
class Joined:
    """The KPIs of a workspace."""

    catalogue: Catalogue
    """Built-in and custom ones."""
    made: Mapping[str, Made]
    """Custom KPI id → what it was made of."""
    problems: Mapping[str, UserError]
    """Custom KPI id → why it is left out."""


def catalogue_of(store: Store) -> Catalogue:
    """Every KPI of a workspace."""
    return joined_of(store).catalogue


def joined_of(store: Store) -> Joined:
    """Every KPI of a workspace, and which could not be made."""
    said = store.entries.custom_kpis.all()
    return joined(said, extras_of(store.relations()) if said else ())


@lru_cache(maxsize=32)
def joined(said: tuple[CustomKpi, ...], extras: Extras = ()) -> Joined:
    """The built-in KPIs with these."""
    built_in = catalogue()
    if not said:
        return Joined(built_in, {}, {})
    found, problems = _made_of(built_in, said, extras)
    whole = Catalogue(_ordered(built_in, found), _version(said, extras))
    return Joined(whole, found, problems)


def _made_of(
    built_in: Catalogue, said: Sequence[CustomKpi], extras: Extras
) -> tuple[dict[str, Made], dict[str, UserError]]:
    """Custom KPIs may be made of others: those that can be made are, until no more can."""
    found: dict[str, Made] = {}
    problems: dict[str, UserError] = {}
    waiting = list(said)
    while waiting:
        names, left = known(tables(extras), Catalogue(_ordered(built_in, found))), []
        for one in waiting:
            try:
                found[one.kpi] = made(one, names, {id_: other.size for id_, other in found.items()})
                problems.pop(one.kpi, None)
            except UserError as error:
                problems[one.kpi] = error
                left.append(one)
        if len(left) == len(waiting):
            break
        waiting = left
    return found, problems


def _ordered(built_in: Catalogue, found: Mapping[str, Made]) -> dict[str, Kpi]:
    """Those of the program first, then custom ones in the order they were defined, parts last."""
    custom = {one.kpi.id: one.kpi for one in found.values()}
    parts = {part.id: part for one in found.values() for part in one.parts}
    return {**built_in.kpis, **custom, **parts}


def _version(said: Sequence[CustomKpi], extras: Extras) -> str:
    return hashlib.sha256(repr((said, extras)).encode("utf-8", "replace")).hexdigest()[:16]
