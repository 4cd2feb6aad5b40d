"""Trying every method on past periods (pure).

Invariant: a try knows only what was known on its day; all methods are tried at the same places, and the one taken beats
the pace there or the pace is taken.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from kpi.compile.windows import step
from kpi.forecast.daily import FEWEST, METHODS
from kpi.forecast.model import Days, Method, Past, Span
from kpi.model import Grain

POINTS = (0.1, 0.25, 0.5, 0.75, 0.9)
"""How much of a past period had passed when it was forecast; the share that has passed now is tried too."""
MOST = {"week": 52, "month": 24, "quarter": 8, "year": 4}
"""Past periods tried, by the length of the period."""
FEWEST_PERIODS = 4
"""Fewer past periods of the calendar than these, and stretches of the same length are tried instead, a week apart."""
CLEARLY = 0.95
"""A method takes the place of a simpler one where its misses are smaller than so much of the other's."""
STRETCHES = 26
"""Most of them."""


@dataclass(frozen=True)
class Try:
    """One forecast of one past period, by every method."""

    share: float
    """How much of the period had passed, 0…1."""
    actual: float
    """What the period came to."""
    expected: Mapping[Method, float]
    """What each method said it would come to."""

    def miss(self, method: Method) -> float:
        """Distance from what came."""
        return abs(self.expected[method] - self.actual)


@dataclass(frozen=True)
class Tries:
    """All forecasts of past periods."""

    periods: int
    """Periods that were forecast."""
    all: tuple[Try, ...]
    """In the order they were made."""

    def of(self, *methods: Method) -> list[Try]:
        """Those that all of these methods could make."""
        return [one for one in self.all if all(method in one.expected for method in methods)]

    def best(self) -> Method:
        """The simplest method that missed clearly less than those before it, and less than the pace; else the pace.

        Two are compared only over tries that both could make: one that needs a year cannot be judged by the first.
        """
        chosen: Method = "pace"
        for method in METHODS:
            enough = len(self.of(method)) >= max(FEWEST_PERIODS, len(self.all) // 4)
            if enough and self._nearer(method, chosen, CLEARLY) and self._nearer(method, "pace", 1.0):
                chosen = method
        return chosen

    def _nearer(self, method: Method, other: Method, by: float) -> bool:
        both = self.of(method, other)
        return sum(one.miss(method) for one in both) < by * sum(one.miss(other) for one in both)

    def past(self, method: Method, share: float, held: float | None) -> Past | None:
        """How the method did, over all tries and those made when about this share of the period had passed."""
        made = self.of(method, "pace")
        if not made:
            return None
        alike = [one for one in made if one.share == share]
        near = alike if len(alike) >= FEWEST_PERIODS else []
        return Past(
            self.periods, len(made), _error(made, method), _error(made, "pace"),
            _error(near, method) if near else None, _error(near, "pace") if near else None, held,
        )  # fmt: skip


def _error(among: Sequence[Try], method: Method) -> float:
    """Median distance from what came, as a share of it."""
    known = [one.miss(method) / abs(one.actual) for one in among if one.actual]
    return median(known) if known else 0.0


def tries(days: Days, span: Span, grain: Grain) -> Tries:
    """Every method on the past periods before `span`, a whole one of the calendar unless the grain is total."""
    passed = max((days.now - span.since).days + 1, 0)
    spans = list(past_spans(Span(days.first + timedelta(days=FEWEST), days.now), span, grain))
    shares = sorted({*POINTS, passed / span.days} - {0.0, 1.0})
    made = [_try(days, past, share) for past in spans if past.days > 1 for share in shares]
    return Tries(len(spans), tuple(made))


def past_spans(known: Span, span: Span, grain: Grain) -> Iterator[Span]:
    """The past periods that lie within the known days, the latest first."""
    found = list(_calendar(known, span, grain))
    yield from found if len(found) >= FEWEST_PERIODS else _shifted(known, span)


def _calendar(known: Span, span: Span, grain: Grain) -> Iterator[Span]:
    """The last periods of the calendar, where the period is one itself."""
    for n in range(1, MOST.get(grain, 0) + 1):
        since = step(span.since, grain, -n)
        past = Span(since, step(since, grain, 1) - timedelta(days=1))
        if _is_within(past, known):
            yield past


def _shifted(known: Span, span: Span) -> Iterator[Span]:
    """Stretches as long as the period, each a week earlier than the one before it: the same weekdays."""
    first = -(-((span.until - known.until).days) // 7)
    for weeks in range(max(first, 1), first + STRETCHES + 1):
        by = timedelta(weeks=weeks)
        past = Span(span.since - by, span.until - by)
        if _is_within(past, known):
            yield past


def _is_within(past: Span, known: Span) -> bool:
    return known.since <= past.since and past.until <= known.until


def _try(days: Days, past: Span, share: float) -> Try:
    passed = max(1, min(round(share * past.days), past.days - 1))
    begin = days.place(past.since)
    place, ahead = begin + passed, past.days - passed
    fact, rest = float(days.values[begin:place].sum()), float(days.values[place : place + ahead].sum())
    found = {name: expect(days, place, passed, ahead) for name, expect in METHODS.items()}
    return Try(share, fact + rest, {name: fact + float(e.sum()) for name, e in found.items() if e is not None})
