"""What must not depend on the side, the unit, or days on which nothing happened."""

import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.experiment.arms import Arm, Arms
from kpi.experiment.asking import Series
from kpi.experiment.course import look
from kpi.experiment.judging import Judged, judged
from kpi.experiment.worth import Worth, money
from tests.property.experiment.histories import World, arms
from tests.unit.experiment.designs import DESIGN, kpi_of

Seeds = st.integers(0, 10_000)
WORLDS = st.builds(World, units=st.integers(1, 5), views=st.floats(5, 200), memory=st.floats(0, 0.9))


def one(world: World, seed: int, *, is_sum: bool = False) -> Arms:
    """A single history."""
    of = arms(world, np.random.default_rng(seed), 1, 42, 30, is_sum=is_sum)
    a, b = (Arm(arm.above[0], None if arm.below is None else arm.below[0]) for arm in (of.a, of.b))
    return Arms(a, b, of.before, of.scale)


def series(of: Arms, unit: str = "percent") -> Series:
    days = tuple(DESIGN.start + timedelta(days=n - of.before) for n in range(of.a.days))
    kpi = kpi_of("higher")
    kpi = type(kpi)(**{**vars(kpi), "unit": unit})
    return Series(kpi, of, days, ((), ()), (of.a.above, of.b.above), days, ())


def whole(of: Arms, unit: str = "percent") -> Judged:
    return judged(series(of, unit), DESIGN, DESIGN.days)


@settings(max_examples=40, deadline=None)
@given(WORLDS, Seeds, st.booleans())
def test_swapping_the_arms_turns_the_sign(world: World, seed: int, is_sum: bool) -> None:
    of = one(world, seed, is_sum=is_sum)
    straight, turned = whole(of), whole(Arms(of.b, of.a, of.before, of.scale))
    if not straight.is_told:
        return
    assert straight.last is not None
    assert turned.last is not None
    assert turned.last.effect == pytest.approx(-straight.last.effect, abs=1e-12)
    assert turned.last.reach == pytest.approx(straight.last.reach, rel=1e-9)
    gain, loss = money(straight, Worth(400.0, "entered")), money(turned, Worth(400.0, "entered"))
    assert gain is not None
    assert loss is not None
    assert loss.value == pytest.approx(-gain.value, rel=1e-9, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(WORLDS, Seeds, st.floats(0.01, 1000))
def test_another_currency_scales_the_gain_and_nothing_else(world: World, seed: int, times: float) -> None:
    of = one(world, seed)
    other = Arms(Arm(of.a.above * times, of.a.below), Arm(of.b.above * times, of.b.below), of.before, of.scale)
    here, there = whole(of, "money"), whole(other, "money")
    if not here.is_told:
        return
    assert here.last is not None
    assert there.last is not None
    assert there.last.effect == pytest.approx(here.last.effect, abs=1e-9)
    assert there.last.reach == pytest.approx(here.last.reach, rel=1e-6)
    one_more = Worth(1.0, "money")
    gain, scaled = money(here, one_more), money(there, one_more)
    assert gain is not None
    assert scaled is not None
    for name in ("value", "low", "high"):
        assert getattr(scaled, name) == pytest.approx(times * getattr(gain, name), rel=1e-6, abs=1e-6 * times)


@settings(max_examples=40, deadline=None)
@given(WORLDS, Seeds)
def test_what_moves_both_arms_alike_moves_no_effect(world: World, seed: int) -> None:
    of = one(world, seed)
    factor = np.where(np.arange(of.a.days) >= of.before, 3.0, 1.0)
    other = Arms(Arm(of.a.above * factor, of.a.below), Arm(of.b.above * factor, of.b.below), of.before, of.scale)
    here, there = look(of, 1.0, 0.05), look(other, 1.0, 0.05)
    if math.isfinite(float(here.effect)):
        assert float(there.effect) == pytest.approx(float(here.effect), abs=1e-9)
        assert float(there.reach) == pytest.approx(float(here.reach), rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(WORLDS, Seeds, st.integers(1, 10))
def test_days_without_anything_change_no_rate(world: World, seed: int, days: int) -> None:
    of = one(world, seed)

    def longer(arm: Arm) -> Arm:
        assert arm.below is not None
        nothing = np.zeros((arm.units, days))
        return Arm(np.concatenate([arm.above, nothing], axis=1), np.concatenate([arm.below, nothing], axis=1))

    here, there = look(of, 1.0, 0.05), look(Arms(longer(of.a), longer(of.b), of.before, of.scale), 1.0, 0.05)
    if math.isfinite(float(here.effect)):
        assert float(there.effect) == pytest.approx(float(here.effect), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(WORLDS, Seeds, st.integers(14, 28))
def test_a_look_knows_nothing_of_the_days_after_it(world: World, seed: int, days: int) -> None:
    of = one(world, seed)
    early = next(seen for seen in whole(of).looks if seen.days == days)
    cut = whole(of.until(days)).looks[-1]
    assert float(cut.effect) == float(early.effect) or math.isnan(float(early.effect))
    assert float(cut.reach) == float(early.reach)
