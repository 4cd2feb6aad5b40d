"""Members that stand apart from the others, month after month: a person, an account, a weekday.

Invariant: a member stands apart only if it does so steadily (a t test of its distance from the median of the others
over the periods), by a size that matters (half as much again, or as little), and, where there are others enough to
tell what is usual among them, beyond that. Source of the last: the modified z-score, Iglewicz & Hoaglin 1993.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from kpi.signals.chance import t_chance
from kpi.signals.limits import FEWEST

MATTERS = 1.5
"""How many times the others, or that part of them, a member is at least; of shares, in odds."""
OUTLYING = 3.5
"""Modified z-score beyond which a value is no longer one of the others."""
OTHERS = 3
"""Others from which on what is usual among them is known."""


@dataclass(frozen=True)
class Apart:
    """A member that stands apart."""

    member: str
    """Its name."""
    value: float
    """Its mean over the periods."""
    others: float
    """The others' mean: of the medians, period by period."""
    factor: float
    """How many times the others it is (of shares, in odds); below 1: how small a part."""
    chance: float
    """How often noise alone keeps a member so far from the others."""


def apart(series: Mapping[str, Sequence[float]], *, shares: bool) -> tuple[Apart, ...]:
    """Every member tested: those that stand apart and could be told so; the strongest first.

    `series`: member → values of the same periods, NaN where there is none.
    """
    found = [told for member in series if (told := _tested(member, series, shares)) is not None]
    return tuple(sorted(found, key=lambda one: -abs(math.log(one.factor))))


def _tested(member: str, series: Mapping[str, Sequence[float]], shares: bool) -> Apart | None:
    others = [values for name, values in series.items() if name != member]
    pairs = [
        (value, median(known))
        for place, value in enumerate(series[member])
        if not math.isnan(value) and (known := [v[place] for v in others if not math.isnan(v[place])])
    ]
    if len(pairs) < FEWEST:
        return None
    own, usual = mean(a for a, _ in pairs), mean(b for _, b in pairs)
    factor = _ratio(own, usual, shares)
    if factor is None or 1 / MATTERS < factor < MATTERS or not _outlying(own, others, shares):
        return None
    return Apart(member, own, usual, factor, _chance([a - b for a, b in pairs]))


def _ratio(own: float, usual: float, shares: bool) -> float | None:
    """How many times the others; of shares in odds. None where that says nothing: at zero, or across it."""
    if shares:
        own, usual = own / (100 - own) if own < 100 else 0.0, usual / (100 - usual) if usual < 100 else 0.0
    return own / usual if own > 0 and usual > 0 else None


def _chance(distances: Sequence[float]) -> float:
    """The t test of a mean distance of zero."""
    middle = mean(distances)
    spread = math.sqrt(sum((d - middle) ** 2 for d in distances) / (len(distances) - 1))
    if spread == 0:
        return 0.0 if middle else 1.0
    return t_chance(middle / spread * math.sqrt(len(distances)), len(distances) - 1)


def _outlying(own: float, others: Sequence[Sequence[float]], shares: bool) -> bool:
    """Whether a member is beyond what is usual among the others, where there are enough to tell."""
    means = [mean(known) for values in others if len(known := [v for v in values if not math.isnan(v)]) >= FEWEST]
    if len(means) < OTHERS:
        return bool(means)
    if shares:
        means, own = [_logit(v) for v in means], _logit(own)
    middle = median(means)
    deviation = 1.4826 * median(abs(v - middle) for v in means)
    return abs(own - middle) > OUTLYING * deviation


def _logit(share: float) -> float:
    inside = min(max(share, 0.05), 99.95)
    return math.log(inside / (100 - inside))
