"""How ways differ from the way that was meant.

Invariant: a way is laid beside the reference once, at the least number of steps left out or added (an alignment; van
der Aalst, Adriansyah and van Dongen, 2012, with unit costs and no replacing), whatever the number of its cases. What is
both left out and added is swapped; what is added although it was done already is repeated; a way without any
difference conforms.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["skipped", "extra", "repeated", "swapped"]
KINDS: tuple[Kind, ...] = ("extra", "repeated", "swapped", "skipped")


@dataclass(frozen=True)
class Deviation:
    """One step of a way that differs."""

    kind: Kind
    """How."""
    activity: str
    """Which step."""
    place: int | None
    """Its place in the way, 0 is the first; None where it is left out."""
    after: str
    """The step of the reference after which it should stand or was added; empty: at the beginning."""


def deviations(way: Sequence[str], reference: Sequence[str]) -> tuple[Deviation, ...]:
    """All differences of a way, in its order."""
    added, missing = _aligned(way, reference)
    left_out = Counter(reference[place] for place in missing)
    kept = Counter(name for place, name in enumerate(way) if place not in added)
    found: list[tuple[float, Deviation]] = []
    for place, before in added.items():
        name, kind = way[place], "extra"
        if left_out[name]:
            left_out[name] -= 1
            kind = "swapped"
        elif kept[name] or name in way[:place]:
            kind = "repeated"
        found.append((place, Deviation(kind, name, place, _name(reference, before))))  # type: ignore[arg-type]
    for place, where in missing.items():
        name = reference[place]
        if left_out[name]:
            left_out[name] -= 1
            found.append((where - 0.5, Deviation("skipped", name, None, _name(reference, place - 1))))
    return tuple(deviation for _, deviation in sorted(found, key=lambda one: one[0]))


def _name(reference: Sequence[str], place: int) -> str:
    return reference[place] if place >= 0 else ""


def _aligned(way: Sequence[str], reference: Sequence[str]) -> tuple[dict[int, int], dict[int, int]]:
    """(place in the way that was added → place in the reference before it, place in the reference that was left out →
    place in the way before which it is missing) of a longest common subsequence; of equal ones the earliest matches."""
    n, m = len(way), len(reference)
    common = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            both = common[i + 1][j + 1] + 1
            common[i][j] = both if way[i] == reference[j] else max(common[i + 1][j], common[i][j + 1])
    added: dict[int, int] = {}
    missing: dict[int, int] = {}
    i = j = 0
    while i < n or j < m:
        if i < n and j < m and way[i] == reference[j]:
            i, j = i + 1, j + 1
        elif j == m or (i < n and common[i + 1][j] >= common[i][j + 1]):
            added[i] = j - 1
            i += 1
        else:
            missing[j] = i
            j += 1
    return added, missing
