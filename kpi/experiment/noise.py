"""How much chance alone moves the difference between two arms.

Days of one ad are not independent, and neither are the clients one ad is shown to, so no formula for independent
visitors is used. The daily differences between the arms are a series; its noise is the variance of one day times a
*factor* ≥ 1 for days that resemble their neighbours, the largest of
- Bartlett-weighted autocovariances over two weeks (Newey & West 1987), each corrected for the estimated mean;
- the first-order autoregressive (1 + φ) / (1 − φ), φ corrected for its bias (Kendall 1954);
- of arms with fewer than three members: the variance of whole weeks against that of days, with the autoregressive
  factor of the weeks, for what lasts longer than a fortnight.
Where both arms have two members or more, how differently these moved is a second estimate (cluster-robust, Liang &
Zeger 1986, with G / (G − 1)), and the larger of the two counts.

Invariant: every estimate is about the mean of its own phase, so that the effect itself is never taken for noise.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from kpi.experiment.arms import Arm, Scale, unit_influence

Array = np.ndarray[Any, Any]
LAGS = 14
"""Days that Bartlett's weights reach."""
WEEK = 7
FEW_UNITS = 3
"""Members below which only time tells what is noise."""
_MOST = 0.95
"""Autoregressive coefficient at most; beyond it there is no noise to speak of, only drift."""
_TINY = 1e-300


def products(parts: Sequence[Array], lag: int) -> Array:
    """Σ yₜ·yₜ₊ₗₐ₉ within each phase."""
    found: Array = sum(
        (part[..., lag:] * part[..., : part.shape[-1] - lag]).sum(axis=-1) for part in parts if part.shape[-1] > lag
    )
    return found


def day_variance(parts: Sequence[Array]) -> Array:
    """Variance of one day about the mean of its phase."""
    days = sum(part.shape[-1] for part in parts)
    found: Array = products(parts, 0) / (days - len(parts))
    return found


def bartlett(parts: Sequence[Array], lags: int, short: float = 0.0) -> Array:
    """1 + 2 Σ (1 − k/(L+1))·ρₖ; `short`: what each ρₖ falls short by because the mean is estimated."""
    own = np.maximum(products(parts, 0), _TINY)
    longest = min(lags, max(part.shape[-1] for part in parts) - 1)
    total = np.ones_like(own)
    for k in range(1, longest + 1):
        total = total + 2 * (1 - k / (lags + 1)) * (products(parts, k) / own + short)
    return total


def autoregressive(parts: Sequence[Array], most: float = _MOST) -> Array:
    """(1 + φ) / (1 − φ) of the first-order autoregression, φ without its bias of −(1 + 3φ)/n."""
    days = sum(part.shape[-1] for part in parts)
    rho = products(parts, 1) / np.maximum(products(parts, 0), _TINY)
    phi = np.clip(rho + (1 + 3 * np.maximum(rho, 0)) * len(parts) / days, 0, most)
    found: Array = (1 + phi) / (1 - phi)
    return found


def weekly(parts: Sequence[Array]) -> Array | None:
    """The factor told by whole weeks; None where there are fewer than four of them in a phase."""
    blocks = [_weeks(part) for part in parts if part.shape[-1] >= 4 * WEEK]
    if not blocks:
        return None
    freedom = sum(block.shape[-1] for block in blocks) - len(blocks)
    spread = WEEK * products(blocks, 0) / freedom / np.maximum(day_variance(parts), _TINY)
    found: Array = spread * autoregressive(blocks, 0.5)
    return found


def _weeks(part: Array) -> Array:
    """Means of the last whole weeks, about their own mean."""
    count = part.shape[-1] // WEEK
    means = part[..., part.shape[-1] - count * WEEK :].reshape(*part.shape[:-1], count, WEEK).mean(axis=-1)
    centred: Array = means - means.mean(axis=-1, keepdims=True)
    return centred


def factor(parts: Sequence[Array], units: int) -> Array:
    """How many days weigh as much as one independent day; at least 1."""
    days = sum(part.shape[-1] for part in parts)
    found = np.maximum(1.0, bartlett(parts, LAGS, len(parts) / days))
    found = np.maximum(found, autoregressive(parts))
    weeks = weekly(parts) if units < FEW_UNITS else None
    return found if weeks is None else np.maximum(found, weeks)


def between_units(phases: Sequence[tuple[Arm, ...]], scale: Scale) -> Array | float:
    """Variance of the effect told by how differently the members of each arm moved; 0 where an arm has one.

    `phases`: of each arm its days before (where there are any) and during.
    """
    if any(arms[0].units < 2 for arms in phases):
        return 0.0
    total: Any = 0.0
    for arms in phases:
        moved = unit_influence(arms[-1], scale) - (unit_influence(arms[0], scale) if len(arms) > 1 else 0.0)
        size = arms[0].units
        total = total + (moved**2).sum(axis=-1) * size / (size - 1)
    return np.asarray(total)
