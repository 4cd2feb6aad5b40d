"""Two audits side by side: before and after (pure).

Invariant: a share of people is called changed only where the interval of the difference leaves out
nought; a condition that one of the two does not know is in neither list.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kpi.audit.model import Audit, Key, Pain

Change = Literal["less", "more", "same", "unknown"]


@dataclass(frozen=True)
class Pains:
    """One thing that hinders, before and after."""

    before: Pain
    """Before."""
    after: Pain
    """After."""
    change: Change
    """Whether it hinders fewer or more; same: within chance; unknown: no interval."""


@dataclass(frozen=True)
class Keys:
    """One key KPI, before and after."""

    before: Key
    """Before."""
    after: Key
    """After."""


@dataclass(frozen=True)
class Comparison:
    """What changed between two audits."""

    before: Audit
    """The earlier."""
    after: Audit
    """The later."""
    won: tuple[tuple[str, str], ...]
    """(step, condition) that hold now and did not before."""
    lost: tuple[tuple[str, str], ...]
    """Those that did and do not now."""
    keys: tuple[Keys, ...]
    """Key KPIs of both."""
    pains: tuple[Pains, ...]
    """What hindered at both times."""


def compared(before: Audit, after: Audit) -> Comparison:
    """What changed."""
    was, now = _conditions(before), _conditions(after)
    both = [name for name in now if name in was]
    then = {key.kpi: key for key in before.keys}
    pains = {(pain.audience, pain.text): pain for pain in before.pains}
    return Comparison(
        before, after, tuple(name for name in both if now[name] and not was[name]),
        tuple(name for name in both if was[name] and not now[name]),
        tuple(Keys(then[key.kpi], key) for key in after.keys if key.kpi in then),
        tuple(
            Pains(pains[pain.audience, pain.text], pain, _change(pains[pain.audience, pain.text], pain))
            for pain in after.pains if (pain.audience, pain.text) in pains
        ),
    )  # fmt: skip


def _conditions(audit: Audit) -> Mapping[tuple[str, str], bool]:
    return {(step.id, check.id): check.met for step in audit.steps for check in step.checks}


def _change(before: Pain, after: Pain) -> Change:
    """By the interval of the difference of two shares, from the interval of each (Newcombe 1998, method 10)."""
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return "unknown"
    moved = after.share - before.share
    if moved + math.hypot(after.high - after.share, before.share - before.low) < 0:
        return "less"
    return "more" if moved - math.hypot(after.share - after.low, before.high - before.share) > 0 else "same"
