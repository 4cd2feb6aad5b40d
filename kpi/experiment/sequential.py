"""A test that may be looked at every day.

For an effect θ̂ with standard error se on ν degrees of freedom, from data worth z independent days, the likelihood under
«some effect», averaged over a normal prior N(0, σ²/r) for the effect, against that under «none» is

    E = √k · ((1 + t²/ν) / (1 + k·t²/ν))^((ν+1)/2),   t = (θ̂ − θ₀)/se,   k = r / (r + z).

Under θ₀ this is an e-process: the chance that it *ever* reaches 1/α is at most α, however often it is looked at
(Ville). It is the mixture sequential probability ratio test with the variance unknown: Lindon, Ham, Tingley & Bojinov
2022, «Anytime-valid linear models and regression adjusted causal inference»; the mixture is that of Howard, Ramdas,
McAuliffe & Sekhon 2021, Annals of Statistics 49(2). All θ₀ that are not rejected are the confidence sequence. It is
exact for independent normal days and asymptotic for others (Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, Annals
of Statistics 52(6)); tests/property/experiment measures what is left of that with days as they come.

Invariant: `reach` and `evidence` are one test read two ways: θ₀ lies within the reach exactly while E < 1/α.
"""

import math
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
SPREAD = 8.0
"""z / r at which the confidence sequence of 95 % is narrowest: 2·ln(1/α) + ln(2·ln(1/α)) + 1, about 8."""


def prior(days: Any) -> Any:
    """r for which the sequence is narrowest after so many independent days."""
    return np.maximum(days, 1e-9) / SPREAD


def log_evidence(t: Any, days: Any, freedom: Any, r: Any) -> Any:
    """ln E for a t statistic."""
    k, u = r / (r + days), np.square(t) / freedom
    return 0.5 * np.log(k) + 0.5 * (freedom + 1) * (np.log1p(u) - np.log1p(k * u))


def reach(days: Any, freedom: Any, r: Any, alpha: float) -> Any:
    """Half the width of the confidence sequence, in standard errors; infinite while nothing could be rejected."""
    freedom = np.asarray(freedom, dtype=float)
    k = r / (r + np.asarray(days, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        q = np.exp(-(2 * math.log(alpha) + np.log(k)) / (np.maximum(freedom, 1e-9) + 1))
        square = freedom * (q - 1) / (1 - k * q)
        return np.where((freedom > 0) & (k * q < 1), np.sqrt(np.maximum(square, 0.0)), np.inf)
