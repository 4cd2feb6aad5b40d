"""A KPI in one period, as far as words about it need to know.

Invariant: what a page shows and what a report holds are both such figures, so that the same is said of both.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from kpi.model import Kpi

JUDGED = ("good", "acceptable", "missed")
"""Statuses that say whether a target was reached."""


class Figure(Protocol):
    """One KPI in one period."""

    @property
    def kpi(self) -> Kpi:
        """The definition."""

    @property
    def value(self) -> float | None:
        """The value; None: none."""

    @property
    def status(self) -> str:
        """One of the statuses."""

    @property
    def now(self) -> date | None:
        """Until when the KPI's facts go."""

    @property
    def target_kind(self) -> str | None:
        """Kind of the target in force; None: there is none."""

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of the period; None: there is no row."""

    def number(self, column: str) -> float | None:
        """A figure by the name of its column in an answer (`kpi.model.RESULT_COLUMNS`); None: none."""


F = TypeVar("F", bound=Figure)


def judged(shown: Sequence[F]) -> tuple[F, ...]:
    """Those whose target was judged."""
    return tuple(figure for figure in shown if figure.status in JUDGED)


def gap(figure: Figure) -> float:
    """How far a missed figure is from its target, as a share of the target; 0 when it is not missed."""
    value, target = figure.value, figure.number("target")
    if figure.status != "missed" or value is None or target is None:
        return 0.0
    return abs(value - target) / (abs(target) or 1.0)
