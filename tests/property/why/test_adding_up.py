"""Whatever the rows are — members without rows, denominators of nothing, members that come and go — the effects add up
to the change, bit for bit."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi.why.breakdown import Whole, _Rows
from kpi.why.effects import Sums, effects
from kpi.why.exact import adding_up, rounded, step_of
from kpi.why.model import Contribution
from kpi.why.shapley import shapley

NUMBERS = st.one_of(
    st.just(0.0), st.integers(0, 5000).map(float), st.floats(-1e7, 1e7, allow_nan=False, width=32).map(float)
)
COUNTS = st.one_of(st.just(0.0), st.integers(0, 9000).map(float))
CELLS = st.tuples(NUMBERS, COUNTS, NUMBERS, COUNTS)


def told(rows: Sequence[tuple[float, float, float, float]], is_ratio: bool) -> tuple[list[Contribution], float, float]:
    """Contributions, value before and value after, as the product computes them."""
    cells = np.array(rows)
    sides = [
        Sums(above, below if is_ratio else None, (math.fsum(above), math.fsum(below) if is_ratio else 1.0))
        for above, below in ((cells[:, 0], cells[:, 1]), (cells[:, 2], cells[:, 3]))
    ]
    values = [side.value for side in sides]
    assume(not any(map(math.isnan, values)))
    raw = effects(*sides)
    step = step_of([*values, *raw.rate, *raw.mix])
    before, after = (rounded(value, step) for value in values)
    members = tuple(f"m{place}" for place in range(len(rows)))
    nothing = np.zeros(len(rows))
    found = _Rows(members, sides[0], sides[1], (nothing, nothing), raw, nothing, nothing)
    return found.contributions(Whole(after - before, step, 0.0)), before, after


@settings(max_examples=400, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=40), st.booleans())
def test_effects_add_up_to_the_change(rows: list[tuple[float, float, float, float]], is_ratio: bool) -> None:
    found, before, after = told(rows, is_ratio)
    change = after - before
    assert math.fsum(c.effect for c in found) == change
    assert math.fsum(part for c in found for part in (c.rate, c.mix)) == change
    assert sum(c.effect for c in reversed(found)) == change
    assert all(c.effect == c.rate + c.mix for c in found)


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=12))
def test_the_effects_are_those_of_the_definition(rows: list[tuple[float, float, float, float]]) -> None:
    """Counted one member at a time, in fractions that lose nothing."""
    from fractions import Fraction

    found, _, _ = told(rows, True)
    below = [sum(Fraction(row[place]) for row in rows) for place in (1, 3)]
    above = [sum(Fraction(row[place]) for row in rows) for place in (0, 2)]
    middle = (above[0] / below[0] + above[1] / below[1]) / 2
    size = max(1.0, *(abs(part) for c in found for part in (c.effect, c.rate, c.mix)))
    by_name = {c.member: c for c in found if c.part == "member"}
    for place, row in enumerate(rows):
        n0, d0, n1, d1 = map(Fraction, row)
        expected = n1 / below[1] - n0 / below[0] - middle * (d1 / below[1] - d0 / below[0])
        c = by_name.get(f"m{place}")
        assert (c.effect if c else 0.0) == pytest.approx(float(expected), abs=1e-9 * size)
        if c and d0 and d1:
            rate = (d0 / below[0] + d1 / below[1]) / 2 * (n1 / d1 - n0 / d0)
            assert c.rate == pytest.approx(float(rate), abs=1e-9 * size)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=6), st.booleans())
def test_drivers_add_up_to_the_change(parts: list[tuple[float, float]], is_product: bool) -> None:
    def value(numbers: Sequence[float]) -> float:
        return math.prod(numbers) if is_product else math.fsum(numbers)

    before, after = (value([part[place] for part in parts]) for place in (0, 1))
    effects_ = shapley(value, [p[0] for p in parts], [p[1] for p in parts])
    step = step_of([before, after, *effects_])
    change = rounded(after, step) - rounded(before, step)
    found = adding_up(effects_, change, step)
    assert math.fsum(found) == change
    size = max(abs(value_) for value_ in (before, after, *effects_, 1e-300))
    assert math.fsum(effects_) == pytest.approx(after - before, abs=1e-9 * size)
