"""The aggregates of two periods, as sums by member.

Invariant: of every sum the members' add up to the whole; where a thing is counted by several members and by the whole
once, the difference is a part of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from data.expression import Node
from kpi.compile import Plan
from kpi.evaluate import Aggregated
from kpi.formula import Aggregate, computed
from kpi.why.chance import Linear, Moments, base_variances, linear, variances
from kpi.why.effects import Sums
from kpi.why.shape import Shape, shape
from kpi.why.shape import linear as for_members

Array = np.ndarray[Any, Any]
OVERLAP = 0.05
"""What several members count may exceed the whole by this share for it still to be told by member."""


@dataclass(frozen=True)
class Counted:
    """One KPI's aggregates in two periods, by the members of a dimension."""

    plan: Plan
    """What was counted."""
    spots: tuple[int, int]
    """Places of before and after on its spine."""
    found: Aggregated
    """What was found."""

    @cached_property
    def value(self) -> Node:
        """The KPI's arithmetic."""
        return self.plan.values()[0]

    @property
    def members(self) -> tuple[str | None, ...]:
        """The members; None: not filled in."""
        return tuple(member for total, member in self.found.slices if not total)

    @cached_property
    def names(self) -> Mapping[str, Aggregate]:
        """Column → its aggregate."""
        return {name: a for scan in self.plan.scans for a, name in scan.aggregates.columns.items()}

    def used(self, spot: int) -> Array:
        """Rows used, of all and then of each member."""
        base = self.plan.resolutions[0].base
        found: Array = np.nan_to_num(self.found.columns[self.plan.measures[base].used][spot])
        return found

    def values(self, node: Node, spot: int) -> Array:
        """The value of arithmetic, of all rows and then of each member."""
        columns = {name: column[spot] for name, column in self.found.columns.items()}
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.broadcast_to(computed(node, columns.__getitem__), (len(self.found.slices),))

    def own_values(self, spot: int) -> Array:
        """The KPI of each member by itself."""
        return self.values(self.value, spot)[1:]

    def values_of(self, columns: Mapping[str, Array], spot: int) -> Array:
        """The KPI's value where its aggregates are these."""
        return Counted(self.plan, self.spots, Aggregated(self.found.slices, columns)).values(self.value, spot)

    @cached_property
    def shape(self) -> Shape | None:
        """The KPI as a sum or ratio of sums; None: its value does not follow from its members'."""
        return shape(self.value, self._sums)

    @property
    def all_add_up(self) -> bool:
        """Whether nothing of it is counted by several members, or told by no sum."""
        return all(a.adds_up for a in self.names.values())

    @cached_property
    def _sums(self) -> frozenset[str]:
        """The columns that add up over members; others are one number of the whole."""
        return frozenset(
            name for name, a in self.names.items() if a.adds_up or (a.is_zero and not self._overlaps(name))
        )

    def _overlaps(self, name: str) -> bool:
        """Whether the members together count much more than there is."""
        counts = np.nan_to_num(self.found.columns[name][list(self.spots)])
        return bool((counts[:, 1:].sum(axis=1) > (1 + OVERLAP) * counts[:, 0]).any())

    def sums(self, of: Shape, spot: int) -> Sums:
        """The numerators and denominators of one period."""
        above = self._members(of.above, spot)
        whole = float(self.values(of.above, spot)[0])
        if of.below is None:
            return Sums(above, None, (whole, 1.0))
        return Sums(above, self._members(of.below, spot), (whole, float(self.values(of.below, spot)[0])))

    def _members(self, node: Node, spot: int) -> Array:
        """The members' parts of a sum; a column that is one number of the whole is that for each."""
        columns = {
            name: column[spot][1:] if name in self._sums else column[spot][:1]
            for name, column in self.found.columns.items()
        }
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = np.broadcast_to(computed(for_members(node), columns.__getitem__), (len(self.members),))
        found: Array = np.nan_to_num(parts)
        return found

    def variances(self, of: Shape, sums: Sums, spot: int, known: Moments) -> Array:
        """Variance of what each member adds to the KPI in one period."""
        columns, form = self._linear(of, spot, known)
        return self._by_slice(variances(form, sums.value, sums.whole[1], columns, known))[1:]

    def variance(self, of: Shape, sums: Sums, spot: int, known: Moments) -> float:
        """Variance of the KPI itself in one period."""
        columns, form = self._linear(of, spot, known)
        return float(self._by_slice(variances(form, sums.value, sums.whole[1], columns, known))[0])

    def share_variances(self, of: Shape, sums: Sums, spot: int, known: Moments) -> Array:
        """Variance of each member's share in the whole in one period."""
        columns, form = self._linear(of, spot, known)
        return self._by_slice(base_variances(form, sums.whole[1], columns, known))[1:]

    def _by_slice(self, found: Array) -> Array:
        return np.broadcast_to(found, (len(self.found.slices),))

    def _linear(self, of: Shape, spot: int, known: Moments) -> tuple[Mapping[str, Array], Linear]:
        columns = {name: column[spot] for name, column in self.found.columns.items()}
        own = [name for name in self.names if name in self._sums and (name, name) in known]
        scalars = {name: float(column[0]) for name, column in columns.items()}
        below = None if of.below is None else for_members(of.below)
        return columns, linear(for_members(of.above), below, own, scalars)
