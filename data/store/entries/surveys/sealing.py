"""Groups of a survey of staff put together until nobody can be found out (pure).

Invariant: of what is kept apart, and of all the rest together, either none or at least five answered. Whatever is then
added up or subtracted is made of whole such groups.
"""

from collections.abc import Mapping
from typing import TypeVar

from data.model import FEWEST

Group = TypeVar("Group")


def kept_apart(people: Mapping[Group, int], rest: int = 0) -> frozenset[Group]:
    """The groups that can be shown by themselves; `rest`: people of no group.

    Small ones join the rest. Where the rest is small still, the smallest of the others joins it too.
    """
    apart = {group: n for group, n in people.items() if n >= FEWEST}
    together = rest + sum(people.values()) - sum(apart.values())
    while 0 < together < FEWEST and apart:
        smallest = min(apart, key=lambda group: (apart[group], str(group)))
        together += apart.pop(smallest)
    return frozenset(apart)
