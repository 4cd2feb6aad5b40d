"""How sure a share is: the Wilson score interval at 95 %.

Source: E. B. Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from data.expression import Binary, Call, Constant, Name
from kpi.compile import Resolution
from kpi.formula import parsed

Array = np.ndarray[Any, Any]
Z = 1.959964
"""Normal quantile of 95 %."""


def intervals(columns: Mapping[str, Array], resolutions: tuple[Resolution, ...]) -> dict[str, Array]:
    """low and high, in percent, of the rows of shares; NaN elsewhere."""
    shares = {r.kpi.id for r in resolutions if is_share(r)}
    used = columns["used"].astype(float)
    known = np.array([kpi in shares for kpi in columns["kpi"].tolist()], dtype=bool) & (used > 0)
    n = np.where(known, used, np.nan)
    low, high = wilson(columns["value"].astype(float) / 100, n)
    return {"low": 100 * low, "high": 100 * high}


def wilson(p: Array, n: Array) -> tuple[Array, Array]:
    """Lower and upper end of a share p of n."""
    centre = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    spread = Z / (1 + Z**2 / n) * np.sqrt(np.maximum(p * (1 - p) / n + Z**2 / (4 * n**2), 0))
    return np.maximum(centre - spread, 0), np.minimum(centre + spread, 1)


def is_share(resolution: Resolution) -> bool:
    """Whether a KPI is one share of rows, or what is missing to a whole."""
    match resolution.tree:
        case Call("share", _):
            return True
        case Binary("-", Constant(100), Name(_)):
            leaf = resolution.leaves[0]
            return (
                len(resolution.leaves) == 1
                and isinstance(tree := parsed(leaf.definition), Call)
                and tree.function == "share"
            )
    return False
