"""How likely and how fast applicants go from stage to stage, from a history that is not over.

Invariant: who is still in a stage counts as long as they have been there (Aalen–Johansen with going on and rejection as
competing ends); what happened after a vacancy was filled or closed says nothing of its applicants. Pure over frames.

Source: O. O. Aalen, S. Johansen (1978), An Empirical Transition Matrix for Non-homogeneous Markov Chains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Array = np.ndarray[Any, Any]
DAY = np.timedelta64(1, "D")
ENDED = "ended_at"
"""Column: until when an applicant's vacancy was looked for; NaT: it still is."""


@dataclass(frozen=True)
class Transition:
    """From one stage to the next."""

    entered: int
    """Applicants who came to the stage."""
    went_on: int
    """Those known to have gone on."""
    share: float
    """Estimated share that goes on in the end, 0…1."""
    lost: float
    """Estimated share that is rejected; what is left to 1 neither goes on nor is told to be rejected."""
    days: Array
    """Possible days until going on, ascending."""
    weights: Array
    """How likely each, summing to 1; empty where nobody went on."""
    rejected_days: Array
    """Days until rejection, ascending, …"""
    rejected_weights: Array
    """… and how likely each."""


def moments(frame: pd.DataFrame, stages: Sequence[str]) -> Array:
    """Applicants × stages: when each was reached, in order; a skipped stage when the next one was; NaT: not reached."""
    known = frame[list(stages)].to_numpy("datetime64[us]").copy()
    for place in range(len(stages) - 2, -1, -1):
        after = known[:, place + 1]
        gap = np.isnat(known[:, place])
        known[gap, place] = after[gap]
    for place in range(1, len(stages)):
        early = known[:, place] < known[:, place - 1]
        known[early, place] = known[early, place - 1]
    return known


def transitions(frame: pd.DataFrame, stages: Sequence[str], now: pd.Timestamp) -> tuple[Transition, ...]:
    """One a pair of neighbouring stages. `frame`: applicants with their stages, `rejected_at` and ENDED."""
    known = moments(frame, stages)
    gone = frame["rejected_at"].to_numpy("datetime64[us]")
    ended = np.fmin(frame[ENDED].to_numpy("datetime64[us]"), np.datetime64(now, "us"))
    return tuple(
        _transition(known[:, place], known[:, place + 1], gone, ended) for place in range(len(stages) - 1)
    )  # fmt: skip


def _transition(entered: Array, after: Array, gone: Array, ended: Array) -> Transition:
    there = ~np.isnat(entered) & (entered <= ended)
    entered, after, gone, ended = (part[there] for part in (entered, after, gone, ended))
    forward = ~np.isnat(after) & (after <= ended)
    refused = ~forward & ~np.isnat(gone) & (gone <= ended)
    end = np.where(forward, after, np.where(refused, gone, ended))
    waited = np.maximum((end - entered) / DAY, 0.0)
    return _competing(waited, forward, refused)


def _competing(waited: Array, forward: Array, refused: Array) -> Transition:
    """The cumulative shares of both ends, with the waits that are not over."""
    times = np.unique(waited[forward | refused])
    at_risk = len(waited) - np.searchsorted(np.sort(waited), times, "left")
    counts = [np.bincount(np.searchsorted(times, waited[end]), minlength=len(times)) for end in (forward, refused)]
    left = np.cumprod(1 - (counts[0] + counts[1]) / np.maximum(at_risk, 1)) if len(times) else np.empty(0)
    before = np.concatenate([[1.0], left[:-1]]) if len(times) else np.empty(0)
    rises = [before * count / np.maximum(at_risk, 1) for count in counts]
    on, off = (float(rise.sum()) for rise in rises)
    kept = [rise > 0 for rise in rises]
    return Transition(
        len(waited), int(forward.sum()), on, off,
        times[kept[0]], rises[0][kept[0]] / on if on else np.empty(0),
        times[kept[1]], rises[1][kept[1]] / off if off else np.empty(0),
    )  # fmt: skip
