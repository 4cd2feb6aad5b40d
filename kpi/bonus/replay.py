"""A scheme replayed over the last twelve months, beside another one.

Invariant: both schemes are reckoned from one gathering of the same data, by the same rules as a real month; months
that are not over are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from data.errors import UserError
from data.message import say
from kpi.bonus.asking import Bonuses
from kpi.bonus.gathering import Gathered
from kpi.bonus.inputs import MonthInput
from kpi.bonus.noise import Known, Natural, natural, noise_share, swing
from kpi.bonus.reckoning import reckon
from kpi.bonus.scheme import Scheme
from kpi.bonus.slip import Sheet
from kpi.bonus.warnings import Warned, warnings

MONTHS = 12
Paid = Mapping[str, Decimal]
"""Person → roubles of a month."""


@dataclass(frozen=True)
class Ran:
    """One scheme over the months."""

    scheme: Scheme
    """Its rules."""
    paid: tuple[Paid, ...]
    """What each got, one a month."""
    still: tuple[Paid, ...]
    """The same without noise."""
    warned: tuple[Warned, ...]
    """What is wrong with it."""

    @property
    def total(self) -> Decimal:
        """What it cost in all."""
        return sum(self.by_month, Decimal(0))

    @property
    def by_month(self) -> tuple[Decimal, ...]:
        """What it cost, month by month."""
        return tuple(sum(month.values(), Decimal(0)) for month in self.paid)

    def of(self, name: str) -> tuple[Decimal, ...]:
        """What somebody got, month by month, in the months they were in it."""
        return _of(self.paid, name)

    def swing(self, name: str) -> Decimal:
        """Mean change of somebody's bonus from month to month."""
        return swing(self.of(name))

    def noise(self, name: str) -> Decimal | None:
        """Per cent of that swing that is noise; None: it does not swing."""
        return noise_share(self.of(name), _of(self.still, name))

    def noise_of_all(self) -> Decimal | None:
        """The same of everybody's swings together."""
        names = self.names
        whole = sum((self.swing(name) for name in names), Decimal(0))
        quiet = sum((swing(_of(self.still, name)) for name in names), Decimal(0))
        return max(Decimal(0), 100 * (whole - quiet) / whole).quantize(Decimal("0.01")) if whole else None

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who was in it, by name."""
        return tuple(sorted({name for month in self.paid for name in month}))


@dataclass(frozen=True)
class Change:
    """One person under both schemes."""

    name: str
    """Who."""
    before: Decimal
    """Roubles of all months."""
    after: Decimal
    """Roubles under the other scheme."""
    noise_before: Decimal | None
    """Per cent of the swing that is noise."""
    noise_after: Decimal | None
    """The same under the other scheme."""

    @property
    def change(self) -> Decimal:
        """What they gain; below 0: lose."""
        return self.after - self.before


@dataclass(frozen=True)
class Replay:
    """Two schemes over the same months."""

    months: tuple[date, ...]
    """First days."""
    before: Ran
    """The scheme as it is."""
    after: Ran
    """The scheme as it might be."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everybody, who gains most first."""
        names = sorted({*self.before.names, *self.after.names})
        found = [self._change(name) for name in names]
        return tuple(sorted(found, key=lambda one: (-one.change, one.name)))

    def _change(self, name: str) -> Change:
        before, after = sum(self.before.of(name), Decimal(0)), sum(self.after.of(name), Decimal(0))
        return Change(name, before, after, self.before.noise(name), self.after.noise(name))


def replay(bonuses: Bonuses, before: Scheme, after: Scheme, months: int = MONTHS) -> Replay:
    """Both schemes over the latest months that are over. `NotAllowed` where not everybody's bonuses may be seen."""
    bonuses.check_open()
    over = bonuses.over(months)
    if not over:
        raise UserError(say("No month is over yet: there is nothing to replay."))
    known = bonuses.gathered((before, after), over[0], over[-1])
    courses: Known = {}
    given = _given(known, before, over, courses)
    other = given if _reads_alike(before, after) else _given(known, after, over, courses)
    return Replay(over, _ran(before, given), _ran(after, other))


@dataclass(frozen=True)
class _Given:
    """What a scheme is reckoned from."""

    months: tuple[MonthInput, ...]
    """As they were."""
    natural: Natural
    """The natural limits of their values."""
    still: tuple[MonthInput, ...]
    """Without noise."""


def _given(known: Gathered, scheme: Scheme, over: Sequence[date], courses: Known) -> _Given:
    months = tuple(known.month(scheme, first) for first in over)
    found = natural(months, courses)
    return _Given(months, found, found.still(months))


def _reads_alike(one: Scheme, other: Scheme) -> bool:
    """Whether two schemes differ in nothing but weights: then they are reckoned from the same."""
    plain = (
        replace(x, title="", measures=tuple(replace(m, weight=Decimal(0)) for m in x.measures)) for x in (one, other)
    )
    return next(plain) == next(plain)


def _ran(scheme: Scheme, given: _Given) -> Ran:
    paid, still = (tuple(_paid(reckon(scheme, month)) for month in months) for months in (given.months, given.still))
    return Ran(scheme, paid, still, warnings(scheme, given.months, given.natural))


def _paid(sheet: Sheet) -> Paid:
    return {slip.person.name: slip.total for slip in sheet.slips}


def _of(months: Sequence[Paid], name: str) -> tuple[Decimal, ...]:
    return tuple(month[name] for month in months if name in month)
