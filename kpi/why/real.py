"""Whether a change is more than the KPI does by itself.

Invariant: the answer is that of the card and of the trend, wherever these judge the days; else the equal periods before
are asked.
"""

import math
from collections.abc import Sequence
from statistics import fmean

from kpi import signals
from kpi.compile import Window
from kpi.signals import Reading
from kpi.watch import Look, Watched, fitting, is_move, judged

LIMIT, RANGE = 2.66, 3.267
"""Natural limits of values and of moving ranges, in mean moving ranges."""
SIGMAS = 3
"""Standard deviations from the centre to a natural limit; so many errors of a difference of means are no chance."""


def by_course(look: Look, kpi: str, days: tuple[Window, Window]) -> bool | None:
    """Told by the course that the days are a part of; None: it does not tell.

    One period is judged as on its card. Of several, the means are compared, each period's noise being what neighbours
    differ by.
    """
    before, after = days
    grain = fitting(after.since, after.until)
    if grain == "day":
        return None
    course = judged(look, kpi, grain, after.until)
    was, now = _within(course, before), _within(course, after)
    if course.state == "too_few" or not was or not now:
        return None
    if len(was) == len(now) == 1:
        return is_move(was[0], now[0])
    return differ(was, now, seasonal=course.course.season is not None)


def _within(course: Watched, days: Window) -> list[Reading]:
    """The periods that begin and end within the days."""
    spans = zip(course.days, course.course.readings, strict=True)
    return [reading for (first, last), reading in spans if days.since <= first and last <= days.until]


def differ(was: Sequence[Reading], now: Sequence[Reading], *, seasonal: bool) -> bool | None:
    """Whether two means differ by more than the noise of single periods explains."""
    limits = [reading.limits for reading in (*was, *now) if reading.limits is not None]
    if len(limits) < len(was) + len(now):
        return None
    deviation = fmean(max(one.upper - one.mean, one.mean - one.lower) for one in limits) / SIGMAS
    error = deviation * math.sqrt(1 / len(was) + 1 / len(now))
    return abs(_mean(now, seasonal=seasonal) - _mean(was, seasonal=seasonal)) > SIGMAS * error


def _mean(readings: Sequence[Reading], *, seasonal: bool) -> float:
    """Of what the season leaves over, where there is one."""
    return fmean(r.value - (r.limits.mean if seasonal and r.limits else 0.0) for r in readings)


def by_equals(history: Sequence[float], before: float, after: float) -> bool | None:
    """Told by equal periods before; None: too few of them.

    It is real where it exceeds the natural limit of moving ranges, 3.267 × their mean, or where one value lies outside
    the natural limits and the other inside, and they differ by more than the mean range (XmR chart).
    """
    limits = signals.natural_limits(history)
    if limits is None:
        return None
    typical = (limits.upper - limits.mean) / LIMIT
    crossed = limits.holds(before) != limits.holds(after)
    change = abs(after - before)
    return change > RANGE * typical or (crossed and change > typical)
