"""Two arms day by day: the numbers everything about an experiment is computed from.

A KPI is a sum of numerators, or a ratio of sums; `above` and `below` are its parts per unit and day. Arms are held
against each other on one of two scales: as a *ratio* (B is so many percent above A; differences of logarithms), where
the numerators cannot be negative, else as a *difference* in the KPI's own unit. On both scales what moves both arms
alike on a day (weekday, season, the market) cancels.

Invariant: arrays end in (units, days), so that many histories can be computed at once; nothing here knows of a Reader.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

Array = np.ndarray[Any, Any]
Scale = Literal["ratio", "difference"]


@dataclass(frozen=True)
class Arm:
    """What one arm did."""

    above: Array
    """Numerators: (…, units, days)."""
    below: Array | None
    """Denominators of the same shape; None: the KPI is a sum."""

    @property
    def units(self) -> int:
        """Members of the arm."""
        return int(self.above.shape[-2])

    @property
    def days(self) -> int:
        """Days there are."""
        return int(self.above.shape[-1])

    def cut(self, first: int, last: int | None) -> "Arm":
        """Some of its days."""
        below = None if self.below is None else self.below[..., first:last]
        return Arm(self.above[..., first:last], below)

    def without(self, unit: int) -> "Arm":
        """The arm less one member."""
        kept = [n for n in range(self.units) if n != unit]
        return Arm(self.above[..., kept, :], None if self.below is None else self.below[..., kept, :])

    def only(self, days: Array) -> "Arm":
        """The days that are marked."""
        return Arm(self.above[..., days], None if self.below is None else self.below[..., days])

    def traffic(self) -> "Arm | None":
        """The denominators as a sum of their own; None for a sum."""
        return None if self.below is None else Arm(self.below, None)

    @property
    def tops(self) -> Array:
        """Numerators of the whole arm by day."""
        found: Array = self.above.sum(axis=-2)
        return found

    @property
    def bottoms(self) -> Array:
        """Denominators of the whole arm by day; of a sum each day counts one."""
        found: Array = np.ones_like(self.tops) if self.below is None else self.below.sum(axis=-2)
        return found

    @property
    def level(self) -> Array:
        """The KPI over all its days; of a sum: a day."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Array = self.tops.sum(axis=-1) / self.bottoms.sum(axis=-1)
        return found


@dataclass(frozen=True)
class Arms:
    """Both arms, before and during."""

    a: Arm
    """As before."""
    b: Arm
    """With the change."""
    before: int
    """How many of the days lie before the start."""
    scale: Scale
    """How they are held against each other."""

    @property
    def during(self) -> int:
        """Days since the start."""
        return self.a.days - self.before

    def until(self, days: int) -> "Arms":
        """As it was after so many days of the experiment."""
        last = self.before + days
        return Arms(self.a.cut(0, last), self.b.cut(0, last), self.before, self.scale)

    @property
    def fewest_units(self) -> int:
        """Members of the smaller arm."""
        return min(self.a.units, self.b.units)


def influence(arm: Arm, scale: Scale) -> Array:
    """By how much each day moves the arm's level, times the number of days; sums to zero (delta method).

    Of a ratio R = ΣN/ΣD day t adds (N − R·D) / mean(N) to log R, and (N − R·D) / mean(D) to R itself.
    """
    tops, bottoms = arm.tops, arm.bottoms
    base = tops if scale == "ratio" else bottoms
    with np.errstate(divide="ignore", invalid="ignore"):
        residual = tops - arm.level[..., None] * bottoms
        found: Array = residual / base.mean(axis=-1, keepdims=True)
    return found


def placed(arm: Arm, scale: Scale) -> Array:
    """The arm's level on the scale; not finite where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = np.log(arm.level) if scale == "ratio" else arm.level
    return found


def unit_influence(arm: Arm, scale: Scale) -> Array:
    """By how much each unit moves the arm's level; sums to zero over the units."""
    tops = arm.above.sum(axis=-1)
    bottoms = np.full_like(tops, arm.days / arm.units) if arm.below is None else arm.below.sum(axis=-1)
    base = (tops if scale == "ratio" else bottoms).sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = (tops - arm.level[..., None] * bottoms) / base
    return found
