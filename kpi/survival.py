"""How long something takes of which not all is over: the Kaplan–Meier estimator and the log-rank test.

Invariant: what is still waiting counts as long as it has waited and no longer; somebody who waits exactly as long as
another was served still counted when that happened. Pure: numbers in, numbers out.

Sources: E. L. Kaplan, P. Meier (1958), Nonparametric Estimation from Incomplete Observations; M. Greenwood (1926) for
the variance; the interval on the log(−log) scale, which stays within 0 and 1, as in J. D. Kalbfleisch, R. L. Prentice,
The Statistical Analysis of Failure Time Data, 1.4; N. Mantel (1966) for the log-rank test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
CONFIDENCE = 0.95
_NEARLY = 1e-12
"""Products of fractions that are equal differ by less."""


@dataclass(frozen=True)
class Curve:
    """The share that still waits after so long."""

    times: Array
    """Durations at which something happened, ascending; the estimate steps down there."""
    shares: Array
    """Share still waiting from that time on, 0…1."""
    low: Array
    """Lower end of its interval; NaN where the share is 0."""
    high: Array
    """Upper end."""
    at_risk: Array
    """How many still waited just before."""
    events: Array
    """How many ended there."""
    censored: Array
    """Durations at which something left unfinished, ascending, each as often as it occurred."""
    size: int
    """Durations in all."""

    @property
    def median(self) -> float:
        """When half are over; NaN while more than half may still wait."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float:
        """When this share is over; NaN where that is not known yet.

        Where the curve stands at exactly 1 − share for a while, the middle of that while, as R and SAS take it: without
        anything censored it is then the ordinary median.
        """
        reached = np.flatnonzero(self.shares <= 1 - share + _NEARLY)
        if not len(reached):
            return float("nan")
        first = int(reached[0])
        flat = abs(float(self.shares[first]) - (1 - share)) <= _NEARLY
        if flat and first + 1 < len(self.times):
            return float(self.times[first] + self.times[first + 1]) / 2
        return float(self.times[first])

    def interval(self, share: float = 0.5) -> tuple[float, float]:
        """Between which times this share is over: where a line at 1 − share crosses the curve's interval
        (R. Brookmeyer, J. Crowley, 1982). NaN: nothing known; the upper end is infinite where it is not reached."""
        inside = self._holds(1 - share)
        if not len(inside):
            return float("nan"), float("nan")
        last = int(inside[-1])
        upper = float("inf") if last == len(self.times) - 1 else float(self.times[last + 1])
        return float(self.times[inside[0]]), upper

    def _holds(self, level: float) -> Array:
        """Places of the curve whose Z-test on the log(−log) scale does not refuse the level."""
        with np.errstate(divide="ignore", invalid="ignore"):
            gap = np.log(-np.log(self.shares)) - log(-log(level))
            error = np.sqrt(_greenwood(self)) / np.abs(np.log(self.shares))
            found: Array = np.flatnonzero(np.abs(gap / error) <= _z())
        return found

    def share_at(self, time: float) -> float:
        """Share still waiting after that time."""
        place = int(np.searchsorted(self.times, time, "right"))
        return float(self.shares[place - 1]) if place else 1.0


def curve(durations: Array | Sequence[float], happened: Array | Sequence[bool]) -> Curve:
    """The Kaplan–Meier estimate of durations, of which those not `happened` are still waiting or left unfinished.

    Negative durations count as 0; NaN ones are left out.
    """
    waited, ended = np.asarray(durations, dtype=float), np.asarray(happened, dtype=bool)
    known = ~np.isnan(waited)
    waited, ended = np.maximum(waited[known], 0.0), ended[known]
    times, events = np.unique(waited[ended], return_counts=True)
    at_risk = len(waited) - np.searchsorted(np.sort(waited), times, "left")
    shares = np.cumprod(1 - events / at_risk) if len(times) else np.empty(0)
    shares[np.abs(shares) < _NEARLY] = 0.0
    bare = Curve(times, shares, shares, shares, at_risk, events, np.sort(waited[~ended]), len(waited))
    low, high = _log_log(bare)
    return Curve(times, shares, low, high, at_risk, events, bare.censored, len(waited))


def median(durations: Array, happened: Array) -> float:
    """When half are over; NaN while that is not known."""
    return curve(durations, happened).median if len(durations) else float("nan")


def _greenwood(found: Curve) -> Array:
    """Σ d / (n (n − d)): the variance of the curve is this times its square."""
    with np.errstate(divide="ignore", invalid="ignore"):
        added: Array = np.cumsum(found.events / (found.at_risk * (found.at_risk - found.events)))
    return added


def _log_log(found: Curve) -> tuple[Array, Array]:
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = _z() * np.sqrt(_greenwood(found)) / np.log(found.shares)
        low, high = found.shares ** np.exp(-spread), found.shares ** np.exp(spread)
    known = (found.shares > 0) & (found.shares < 1)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _z() -> float:
    return NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)


@dataclass(frozen=True)
class Difference:
    """Whether groups differ in how long it takes."""

    chi2: float
    """Statistic of the log-rank test."""
    freedom: int
    """Groups less one."""
    p: float
    """How likely so much of a difference is by chance alone; NaN where it cannot be told."""


def log_rank(durations: Array, happened: Array, groups: Array) -> Difference:
    """The log-rank test of equal curves. `groups`: a label for each duration."""
    waited, ended = np.maximum(np.asarray(durations, dtype=float), 0.0), np.asarray(happened, dtype=bool)
    labels, places = np.unique(np.asarray(groups), return_inverse=True)
    if len(labels) < 2 or not ended.any():
        return Difference(float("nan"), max(len(labels) - 1, 0), float("nan"))
    times = np.unique(waited[ended])
    size = (len(labels), len(times))
    at_risk, events = np.zeros(size), np.zeros(size)
    for number in range(len(labels)):
        own = places == number
        at_risk[number] = own.sum() - np.searchsorted(np.sort(waited[own]), times, "left")
        events[number] = np.bincount(np.searchsorted(times, waited[own & ended]), minlength=len(times))
    return _tested(at_risk, events)


def _tested(at_risk: Array, events: Array) -> Difference:
    """The statistic from people at risk and events, a row a group, a column a time."""
    everybody, all_events = at_risk.sum(axis=0), events.sum(axis=0)
    shares = at_risk / everybody
    gaps = (events - shares * all_events).sum(axis=1)
    spare = np.where(everybody > 1, (everybody - all_events) / np.maximum(everybody - 1, 1), 0.0) * all_events
    spread = np.diag((shares * spare).sum(axis=1)) - (shares * spare) @ shares.T
    freedom = len(gaps) - 1
    gaps, spread = gaps[:-1], spread[:-1, :-1]
    if np.linalg.matrix_rank(spread) < freedom:
        return Difference(float("nan"), freedom, float("nan"))
    chi2 = float(gaps @ np.linalg.solve(spread, gaps))
    return Difference(chi2, freedom, chi2_beyond(chi2, freedom))


def chi2_beyond(value: float, freedom: int) -> float:
    """The chance that a chi-square variable with that many degrees of freedom exceeds the value.

    By the finite sums for whole degrees of freedom (M. Abramowitz, I. Stegun, 26.4.4 and 26.4.5).
    """
    half = value / 2
    if half <= 0:
        return 1.0
    if freedom % 2 == 0:
        return sum(exp(-half + k * log(half) - lgamma(k + 1)) for k in range(freedom // 2))
    tail = sum(exp(-half + (k + 0.5) * log(half) - lgamma(k + 1.5)) for k in range((freedom - 1) // 2))
    return erfc(sqrt(half)) + tail
