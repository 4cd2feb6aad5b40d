"""How sure a share is: the Wilson score interval at 95 %.

Source: E. B. Wilson (1927), Probable Inference, the Law of Succession, and Statistical Inference.
"""

import numpy as np
import pandas as pd

from data.expression import Binary, Call, Constant, Name
from kpi.compile import Resolution
from kpi.formula import parsed

Z = 1.959964
"""Normal quantile of 95 %."""


def with_intervals(frame: pd.DataFrame, resolutions: tuple[Resolution, ...]) -> pd.DataFrame:
    """Adds low and high, in percent, to the rows of shares; NaN elsewhere."""
    shares = frame["kpi"].isin([r.kpi.id for r in resolutions if is_share(r)])
    used = frame["used"].to_numpy(dtype=float)
    known = shares.to_numpy() & (used > 0)
    n = np.where(known, used, np.nan)
    p = frame["value"].to_numpy(dtype=float) / 100
    centre = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    spread = Z / (1 + Z**2 / n) * np.sqrt(np.maximum(p * (1 - p) / n + Z**2 / (4 * n**2), 0))
    return frame.assign(low=100 * np.maximum(centre - spread, 0), high=100 * np.minimum(centre + spread, 1))


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
