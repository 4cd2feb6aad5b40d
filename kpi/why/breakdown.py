"""Counted sums → a breakdown whose effects add up to the change.

Invariant: what the members do not tell — things counted by several of them, what leaving one out at a time cannot
divide — is a part of its own, never spread over members.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kpi.why.chance import Moments
from kpi.why.counted import Counted
from kpi.why.effects import Effects, Sums, effects
from kpi.why.exact import BITS, adding_up
from kpi.why.model import Breakdown, Contribution, Part
from kpi.why.shape import Shape
from kpi.why.standing import mix_standing_out, score, standing_out

Array = np.ndarray[Any, Any]
NOTHING = 1e-9
"""A rest of so small a share is rounding."""


@dataclass(frozen=True)
class Whole:
    """The change that is broken down."""

    change: float
    """The change, or the part of it that is broken down further, a multiple of the step."""
    step: float
    """What numbers are rounded to for them to add up."""
    chance: float
    """Standard error of the change; NaN: not known."""


def exact_breakdown(
    dimension: str,
    counted: Counted,
    of: Shape,
    whole: Whole,
    known: Moments,
    reference: tuple[Sums, Sums] | None = None,
) -> Breakdown:
    """By rate and mix, or by plain differences.

    `reference`: all rows, where those counted are a part of them only, whose effect is the change.
    """
    sums = [counted.sums(of, spot) for spot in counted.spots]
    before, after = sums if reference is None else map(_of_whole, sums, reference)
    found = effects(before, after)
    chance = np.sqrt(
        counted.variances(of, before, counted.spots[0], known) + counted.variances(of, after, counted.spots[1], known)
    )
    standing = standing_out(found.rate + found.mix, _shares(found.size), chance, whole.change, whole.chance)
    own = (counted.own_values(counted.spots[0]), counted.own_values(counted.spots[1]))
    rows = _Rows(counted.members, before, after, own, found, chance, standing)
    if of.below is None:
        return Breakdown(dimension, "sum", _ordered(rows.contributions(whole)), score(standing))
    shifts = (
        counted.share_variances(of, before, counted.spots[0], known)
        + counted.share_variances(of, after, counted.spots[1], known)
    )  # fmt: skip
    shifted = math.sqrt(float((found.above_whole**2 * shifts).sum()))
    mix = mix_standing_out(float(found.mix.sum()), shifted, whole.change, whole.chance)
    return Breakdown(dimension, "ratio", _ordered(rows.contributions(whole)), max(score(standing), mix), mix)


def _of_whole(part: Sums, whole: Sums) -> Sums:
    return Sums(part.above, part.below, whole.whole)


def _shares(size: Array) -> Array:
    """Sizes as shares of what is broken down: of a part of the whole too."""
    total = size.sum()
    return size / total if total else size


@dataclass(frozen=True)
class _Rows:
    """Everything known of the members, in their order."""

    members: tuple[str | None, ...]
    before: Sums
    after: Sums
    values: tuple[Array, Array]
    effects: Effects
    chance: Array
    standing: Array

    def contributions(self, whole: Whole) -> list[Contribution]:
        """The members that have rows, and what they overlap by, exactly adding up."""
        there = np.flatnonzero(self._there())
        rest = whole.change - math.fsum((self.effects.rate + self.effects.mix)[there])
        size = max(whole.step * 2.0**BITS, 1e-300)
        is_overlap = abs(rest) > NOTHING * size
        parts = [*self.effects.rate[there], *self.effects.mix[there], *([rest] if is_overlap else [])]
        parts = adding_up([float(part) for part in parts], whole.change, whole.step)
        found = [
            self._contribution(int(place), parts[n], parts[n + len(there)]) for n, place in enumerate(there.tolist())
        ]
        return [*found, *([_rest("overlap", parts[-1])] if is_overlap else [])]

    def _there(self) -> Array:
        parts = [p for s in (self.before, self.after) for p in (s.above, s.below) if p is not None]
        found: Array = np.any([part != 0 for part in parts], axis=0)
        return found

    def _contribution(self, place: int, rate: float, mix: float) -> Contribution:
        return Contribution(
            self.members[place], rate + mix, rate, mix,
            float(self.values[0][place]), float(self.values[1][place]),
            float(self.before.weights[place]), float(self.after.weights[place]),
            float(self.chance[place]), float(self.standing[place]),
        )  # fmt: skip


def _rest(part: Part, effect: float) -> Contribution:
    nan = math.nan
    return Contribution(None, effect, effect, 0.0, nan, nan, nan, nan, nan, 0.0, part)


def _ordered(found: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(found, key=lambda c: (c.part != "member", -abs(c.effect))))


def leave_one_out(dimension: str, own: Counted, others: Counted, whole: Whole) -> Breakdown | None:
    """How the change differs without each member; None where nothing would be left without any.

    `own`: counted by member; `others`: counted without the member, see `kpi.evaluate.aggregates`.
    """
    size, effect, variance = _without(own, others, whole)
    known = np.flatnonzero(~np.isnan(effect) & (size > 0))
    if not len(known):
        return None
    chance = np.sqrt(variance)
    standing = np.zeros(len(size))
    standing[known] = standing_out(effect[known], size[known], chance[known], whole.change, whole.chance)
    joint = whole.change - math.fsum(effect[known])
    parts = adding_up([*map(float, effect[known]), joint], whole.change, whole.step)
    values = [own.own_values(spot) for spot in own.spots]
    weights = [_used(own, spot) for spot in own.spots]
    found = [
        Contribution(
            own.members[place], part, part, 0.0, float(values[0][place]), float(values[1][place]),
            float(weights[0][place]), float(weights[1][place]), float(chance[place]), float(standing[place]),
        )
        for place, part in zip(known.tolist(), parts, strict=False)
    ]  # fmt: skip
    return Breakdown(dimension, "leave_one_out", _ordered([*found, _rest("joint", parts[-1])]), score(standing))


def _without(own: Counted, others: Counted, whole: Whole) -> tuple[Array, Array, Array]:
    """(size, effect, variance of the effect) of every member.

    The variance is that of the difference between an estimate of all rows and one of a part of them: v·n/(N − n), v of
    the whole.
    """
    columns = dict(others.found.columns)
    for name, aggregate in others.names.items():
        if aggregate.adds_up:
            columns[name] = np.concatenate([columns[name][:, :1], columns[name][:, :1] - columns[name][:, 1:]], axis=1)
    before, after = (others.values_of(columns, spot)[1:] for spot in others.spots)
    shares = np.array([_used(own, spot) for spot in own.spots])
    variance = np.zeros(shares.shape[1])
    if not math.isnan(whole.chance):
        left = np.where(shares < 1, 1 - shares, 1.0)
        variance = whole.chance**2 * (shares / left).max(axis=0)
    return shares.mean(axis=0), whole.change - (after - before), variance


def _used(own: Counted, spot: int) -> Array:
    used = own.used(spot)
    return used[1:] / used[0] if used[0] else np.zeros(len(used) - 1)
