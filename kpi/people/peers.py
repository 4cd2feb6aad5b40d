"""The team's median: one figure over at least five people, the same on everybody's page.

Invariant: the median counts the person too, so that it is one figure for the whole group, and two of its members who
compare their pages learn nothing of a third; it is made of those whose own value has rows enough. For somebody who may
see the others, three people will do; for anybody else fewer than five are no group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import pandas as pd

from kpi.model import Better
from kpi.people.roster import GROUPS, Person

PRIVATE = 5
"""Fewest people behind a figure that somebody sees who may not see the people."""
OPEN = 3
"""Fewest people behind a figure for those who may see them anyway."""
EVERYBODY = "business"
"""The group of all: only where nobody's role is told, for a barber is not held beside a cleaner."""


@dataclass(frozen=True)
class Peers:
    """What a person's value is held beside."""

    median: float
    """Middle of the group's values, the person's own among them."""
    people: int
    """How many values there are."""
    group: tuple[str, str]
    """(team, role, branch or business; its name)."""
    place: int | None
    """The person's place among the values, the best first; None: their own does not count, or nothing is best."""


def peers(
    frame: pd.DataFrame, people: Sequence[Person], name: str, month: date, better: Mapping[str, Better], fewest: int
) -> Mapping[str, Peers]:
    """KPI id → the median of the person's narrowest group that is large enough: of five, else the largest allowed.

    `better`: KPI id → which way is good.
    """
    at = frame[(frame["period"] == pd.Timestamp(month)) & ~frame["is_total"].astype(bool)]
    told = at[at["value"].notna() & (at["status"] != "too_few") & (at["rows"] > 0) & at["slice"].notna()]
    candidates, theirs = groups(people, name), _theirs(frame, better)
    found = {}
    for kpi, rows in told.groupby("kpi"):
        pairs = zip(rows["slice"], rows["value"].astype(float), strict=True)
        values = {member: value for member, value in pairs if (kpi, member) in theirs}
        beside = _narrowest(values, candidates, fewest)
        if beside is not None:
            group, known = beside
            place = _place(known, name, better[str(kpi)])
            found[str(kpi)] = Peers(median(known.values()), len(known), group, place)
    return found


def _theirs(frame: pd.DataFrame, better: Mapping[str, Better]) -> set[tuple[str, str]]:
    """(KPI id, person) of the KPIs that are of their work: not nought in every month, where more is better."""
    some = frame[frame["slice"].notna() & frame["value"].notna()]
    known = some[(some["value"] != 0) | (some["kpi"].map(better) == "lower")]
    return set(zip(known["kpi"], known["slice"], strict=True))


def groups(people: Sequence[Person], name: str) -> list[tuple[tuple[str, str], frozenset[str]]]:
    """The person's groups with their members, the narrowest first; where nobody's role is told, everybody at last."""
    me = next((person for person in people if person.name == name), Person(name))
    mine = [(g, me.groups[g]) for g in GROUPS if g in me.groups]
    found = [((g, n), frozenset(p.name for p in people if p.groups.get(g) == n)) for g, n in mine]
    if any("role" in person.groups for person in people):
        return found
    return [*found, ((EVERYBODY, ""), frozenset(person.name for person in people))]


def _narrowest(
    values: Mapping[str, float], candidates: Sequence[tuple[tuple[str, str], frozenset[str]]], fewest: int
) -> tuple[tuple[str, str], Mapping[str, float]] | None:
    told = [(group, {n: v for n, v in values.items() if n in members}) for group, members in candidates]
    enough = [one for one in told if len(one[1]) >= PRIVATE]
    allowed = [one for one in told if len(one[1]) >= fewest]
    if not allowed:
        return None
    return enough[0] if enough else max(allowed, key=lambda one: len(one[1]))


def _place(values: Mapping[str, float], name: str, better: Better) -> int | None:
    if name not in values or better == "band":
        return None
    side = 1 if better == "higher" else -1
    return 1 + sum(side * value > side * values[name] for value in values.values())
