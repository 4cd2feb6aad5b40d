"""Numbers that add up to the last digit.

Invariant: parts and whole are multiples of one power of two, few enough of it for every sum of them to be exact: added
in any order they give the whole, bit for bit. What rounding left over, some 10⁻¹² of the largest number, is the largest
part's.
"""

import math
from collections.abc import Iterable, Sequence

BITS = 40
"""Binary figures kept of the largest number; thirteen more are left for sums."""
ROOM = 4
"""A part may be so many times the largest number the step was made for."""


def step_of(numbers: Sequence[float]) -> float:
    """The power of two that numbers of this size are rounded to."""
    size = max((abs(number) for number in numbers), default=0.0)
    return math.ldexp(1.0, max(math.frexp(size)[1] - BITS, -1000)) if size else 1.0


def is_outgrown(parts: Iterable[float], numbers: Sequence[float]) -> bool:
    """Whether some part is too large for the step of these numbers: it must be made for the part too."""
    return max(map(abs, parts), default=0.0) > ROOM * max(map(abs, numbers))


def rounded(number: float, step: float) -> float:
    """The nearest multiple of the step."""
    return round(number / step) * step


def adding_up(parts: Sequence[float], whole: float, step: float) -> list[float]:
    """The parts as multiples of the step that add up to the whole, itself one."""
    steps = [round(part / step) for part in parts]
    left = round(whole / step) - sum(steps)
    if left and steps:
        steps[max(range(len(steps)), key=lambda place: abs(steps[place]))] += left
    return [count * step for count in steps]
