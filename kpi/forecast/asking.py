"""Forecasts of a KPI: the figures come from the evaluator, in the reader's scope.

Invariant: facts and targets are those the pages show; of a day that is not over only what has happened counts, and rows
that are only booked never do.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.access.reader import Reader
from data.errors import UserError
from data.message import Message, say
from kpi.catalogue import Catalogue
from kpi.compile import Resolution, is_private, resolve
from kpi.compile.windows import floor, step
from kpi.evaluate import evaluate
from kpi.forecast.backtest import past_spans
from kpi.forecast.booked import booked
from kpi.forecast.model import Days, Forecast, Span
from kpi.forecast.sums import forecast_sum
from kpi.forecast.values import Part, PastValue, forecast_value, share_of
from kpi.model import Bounds, Grain, Kpi, Query, Result
from kpi.targets import TargetBook

DAY = timedelta(days=1)
VALUE_PERIODS = 12
"""Past periods of a value that is no sum: each is asked anew at each point."""
VALUE_POINTS = (1 / 3, 2 / 3)
"""Points of past periods besides the one that has passed now."""
SHOWN = 20
"""Most points of a value's course so far: each is asked for."""
HISTORY = timedelta(days=3 * 366)
"""History that is read."""
HUNDRED = ("percent", "points")
"""Units that end at a hundred, where no past value went beyond."""

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Told:
    """The answer to what a period will come to."""

    kpi: Kpi
    """The KPI."""
    span: Span
    """The period."""
    grain: Grain
    """Its calendar length; total where it is none."""
    forecast: Forecast | None
    """What the period will come to; None: `why` says why not."""
    why: Message | None
    """Why there is no forecast."""
    bounds: Bounds | None
    """The target in force, scaled to the period; None: none is set."""
    booked: int | None = None
    """Bookings that stand for the rest of the period: a hint only; None: nothing is ever booked ahead."""

    @property
    def due(self) -> float | None:
        """Where a sum should be by now to reach its target; None where there is no target, or it is no sum."""
        share = self.forecast.due if self.forecast else None
        return None if share is None or self.goal is None else share * self.goal

    @property
    def goal(self) -> float | None:
        """The threshold of good to reach, or not to exceed; None where there is no target."""
        if self.bounds is None:
            return None
        return self.bounds.good_high if self.bounds.good_low is None else self.bounds.good_low


@dataclass(frozen=True)
class Asker:
    """Who asks, of what."""

    reader: Reader
    """Whose data."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""
    today: date
    """The clock's day: it is not over."""
    where: Where = ()
    """Dimension → allowed members."""

    def told(self, id_: str, grain: Grain, until: date | None = None) -> Told:
        """The forecast of the running period of that length, or from its first day until another.

        A period that is over in the data makes room for the next. Raises `UnknownName` for a KPI or dimension that
        does not exist.
        """
        kpi = self.catalogue.get(id_)
        known = self._ask(kpi, self.today, self.today)
        now = known.now.get(kpi.id)
        why = known.unavailable.get(kpi.id) or self._no_course(kpi)
        if now is None or why is not None:
            why = why or say("Nothing it is computed from is loaded.")
            return Told(kpi, Span(self.today, self.today), grain, None, why, None)
        span = _span(self._over(now), grain, until)
        if step(span.since, grain, 1) - DAY != span.until:
            grain = "total"
        told = self._sum(kpi, span, grain, now) if kpi.additive else self._value(kpi, span, grain, now)
        why = None if told else say("Too little history to forecast from: it takes a week of data.")
        bounds = self._bounds(kpi, span, grain)
        ahead = booked(self.reader, self._made_of(kpi).relations, span.until, self.where)
        return Told(kpi, span, grain, told, why, bounds, ahead)

    def _over(self, now: date) -> date:
        """The last day of the data that is over: today is not."""
        return min(now, self.today - DAY)

    def _no_course(self, kpi: Kpi) -> Message | None:
        """Why a KPI cannot be forecast whatever is loaded."""
        if kpi.window != "period":
            return say("It tells how things stand on a day, so no part of it is still to come.")
        if any(is_private(leaf) for leaf in self._made_of(kpi).leaves):
            return say("Staff answer when they are asked, not day by day, so nothing can be foretold.")
        if kpi.is_of_judgements:
            return say("It is counted over complete periods only.")
        return say("Waits that are not over tell nothing of the period's end.") if kpi.kind == "stage" else None

    def _made_of(self, kpi: Kpi) -> Resolution:
        return resolve(kpi, self.catalogue, self.reader.relations())

    def _first(self, kpi: Kpi) -> date:
        """The first day that all its parts are known for."""
        firsts = [self.reader.relations()[name].first_day for name in self._made_of(kpi).relations]
        return max((day for day in firsts if day), default=self.today)

    def _ask(self, kpi: Kpi, since: date | None = None, until: date | None = None, grain: Grain = "total") -> Result:
        query = Query((kpi.id,), since, until, grain, None, self.where, ())
        return evaluate(self.reader, self.catalogue, query, self.targets)

    def _sum(self, kpi: Kpi, span: Span, grain: Grain, now: date) -> Forecast | None:
        rows = self._ask(kpi, max(self._first(kpi), span.since - HISTORY), now, "day").frame
        known = rows[rows["value"].fillna(0) != 0]
        if known.empty:
            return None
        rows = rows[rows["period"] >= known["period"].iloc[0]]
        values, first = rows["value"].fillna(0.0).to_numpy(dtype=float), rows["period"].iloc[0].date()
        if self._over(now) == now:
            return forecast_sum(Days(first, values), span, grain)
        return forecast_sum(Days(first, values[:-1]), span, grain, begun=float(values[-1]))

    def _value(self, kpi: Kpi, span: Span, grain: Grain, now: date) -> Forecast | None:
        begun = self._part(kpi, span.since, now)
        past = list(self._past(kpi, span, grain, now))
        asked = ((day, self._part(kpi, span.since, day).value) for day in _days(span, self._over(now)))
        course = tuple((day, value) for day, value in asked if not math.isnan(value))
        values = [part.value for one in past for part in (one.begun, one.whole) if part.weight]
        ceiling = 100.0 if kpi.unit in HUNDRED and max(values, default=math.inf) <= 100 else None
        return forecast_value(begun, past, span, self._over(now), ceiling, course)

    def _past(self, kpi: Kpi, span: Span, grain: Grain, now: date) -> Iterator[PastValue]:
        first = self._first(kpi) + timedelta(days=kpi.warmup_days)
        for past in list(past_spans(Span(first, now), span, grain))[:VALUE_PERIODS]:
            whole = self._part(kpi, past.since, past.until)
            if math.isnan(whole.value):
                continue
            for share in sorted({*VALUE_POINTS, share_of(span, self._over(now))}):
                day = past.since + timedelta(days=round(share * past.days)) - DAY
                yield PastValue(past, share, day, self._part(kpi, past.since, day), whole)

    def _part(self, kpi: Kpi, since: date, until: date) -> Part:
        """The value over these days; none where there are no days or no rows."""
        if until < since:
            return Part(math.nan, 0.0)
        row = self._ask(kpi, since, until).frame.iloc[0]
        return Part(float(row["value"]), float(row["used"]))

    def _bounds(self, kpi: Kpi, span: Span, grain: Grain) -> Bounds | None:
        row = self._ask(kpi, span.since, span.until, grain).frame.iloc[0]
        sides = [None if math.isnan(row[side]) else float(row[side]) for side in _SIDES]
        return Bounds(*sides) if any(side is not None for side in sides) else None


_SIDES = ("good_low", "good_high", "ok_low", "ok_high")


def _days(span: Span, now: date) -> list[date]:
    """The days a value's course is shown at: of a long period every so-manieth, up to the last."""
    passed = (now - span.since).days + 1
    step_ = max(1, -(-passed // SHOWN))
    return [now - timedelta(days=n) for n in range(0, passed, step_)][::-1]


def _span(now: date, grain: Grain, until: date | None) -> Span:
    """The period that holds the day after the data's last, or until a given day."""
    since = floor(now + DAY, grain)
    end = until or step(since, grain, 1) - DAY
    if end < since:
        raise UserError(
            say("{day} lies before the running period.", day=end),
            hint=say("Name a day after {day}.", day=now),
        )
    return Span(since, end)
