"""A change by member, as effects that add up to it.

Of a sum: plain differences. Of a ratio R = Σ Nₘ / Σ Dₘ, with wₘ = Dₘ/D and rₘ = Nₘ/Dₘ:

    rate effect  = ½(w₀ + w₁) · (r₁ − r₀)          the member's own value changed
    mix effect   = (w₁ − w₀) · (½(r₀ + r₁) − R̄)    its share in the whole changed; R̄ = ½(R₀ + R₁)

Source: E. M. Kitagawa (1955), Components of a difference between two rates; the symmetrical form and the reference R̄,
which moves nothing of the total, as P. Das Gupta (1993). A member that has no rows in one period has no value of its
own there: it came or went, all of its effect is mix. A numerator without a denominator (money spent, no contact) is
its member's own doing: rate effect.

Invariant: over all members the two effects add up to R₁ − R₀.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Sums:
    """One period."""

    above: Array
    """Numerators (of a sum: the sums) by member."""
    below: Array | None
    """Denominators by member; None: of a sum."""
    whole: tuple[float, float]
    """Numerator and denominator (of a sum: 1) of all rows."""

    @property
    def value(self) -> float:
        """The KPI of all rows; NaN where it has none."""
        return self.whole[0] / self.whole[1] if self.whole[1] else np.nan

    @property
    def values(self) -> Array:
        """The KPI of each member; NaN where it has none."""
        if self.below is None:
            return self.above
        found: Array = np.divide(self.above, self.below, out=np.full(len(self.above), np.nan), where=self.below != 0)
        return found

    @property
    def weights(self) -> Array:
        """Each member's share in the denominator; of a sum, its part of what all members moved."""
        if self.below is not None:
            return self.below / self.whole[1]
        moved = np.abs(self.above).sum()
        return np.abs(self.above) / moved if moved else np.zeros(len(self.above))


@dataclass(frozen=True)
class Effects:
    """What each member did."""

    rate: Array
    """By its own value (of a sum: all it did)."""
    mix: Array
    """By its share in the whole."""
    size: Array
    """Its share in the whole, the mean of both periods."""
    above_whole: Array
    """How far its own value lies above the whole's: what a larger share of it does."""


def effects(before: Sums, after: Sums) -> Effects:
    """The effects of all members, in the KPI's unit. Both periods must have a value."""
    size = (before.weights + after.weights) / 2
    if before.below is None or after.below is None:
        return Effects(after.above - before.above, np.zeros(len(size)), size, np.zeros(len(size)))
    middle = (before.value + after.value) / 2
    known = np.vstack([before.values, after.values])
    counted = (~np.isnan(known)).sum(axis=0)
    own = np.divide(np.nansum(known, axis=0), counted, out=np.full(len(size), middle), where=counted > 0)
    shift = after.weights - before.weights
    total = after.above / after.whole[1] - before.above / before.whole[1] - middle * shift
    mix = shift * (own - middle)
    return Effects(total - mix, mix, size, own - middle)
