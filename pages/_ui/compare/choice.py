"""What a view is compared with, as the address holds it.

Invariant: compared days are as many as the chosen ones (whole months with whole months), so that sums and rates are
both like for like. Pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kpi.compile.windows import Period, Window, add_months, month_end, previous
from pages._ui.period import Span

Kind = Literal["previous", "year", "days", "member"]


@dataclass(frozen=True)
class Comparison:
    """One comparison."""

    kind: Kind
    """previous: the equal period before; year: the same days a year before; days: others; member: somebody's values."""
    since: date | None = None
    """days: the first of them."""
    dimension: str = ""
    """member: the dimension."""
    member: str = ""
    """member: whose values."""

    @property
    def code(self) -> str:
        """Its part of the address: previous, year, 2026-03-01 or employee:Anna."""
        if self.kind == "days" and self.since:
            return self.since.isoformat()
        return f"{self.dimension}:{self.member}" if self.kind == "member" else self.kind


NAMED: dict[str | None, Kind] = {"previous": "previous", "year": "year"}
"""Comparisons that need nothing said but their name."""


def parsed(text: str | None, dimensions: tuple[str, ...]) -> Comparison | None:
    """The comparison of a part of the address; None where it says nothing that can be understood."""
    if text in NAMED:
        return Comparison(NAMED[text])
    dimension, colon, member = (text or "").partition(":")
    if colon and dimension in dimensions:
        return Comparison("member", dimension=dimension, member=member)
    try:
        return Comparison("days", date.fromisoformat(text or ""))
    except ValueError:
        return None


def days(comparison: Comparison, span: Span) -> Window:
    """The days that stand beside a chosen period, all of it."""
    if comparison.kind == "year":
        until = add_months(span.until, -12)
        return Window(add_months(span.since, -12), month_end(until) if _ends_a_month(span.until) else until)
    if comparison.kind == "days" and comparison.since:
        return as_long(span, comparison.since)
    whole = Period(span.since, span.until, Window(span.since, span.until))
    before = previous(whole, span.grain, span.until)
    assert before is not None
    return before


def as_long(span: Span, since: date) -> Window:
    """As many days as the span has from a day on; whole months of whole months."""
    if span.since.day == 1 and _ends_a_month(span.until) and since.day == 1:
        months = (span.until.year - span.since.year) * 12 + span.until.month - span.since.month
        return Window(since, month_end(add_months(since, months)))
    return Window(since, since + (span.until - span.since))


def _ends_a_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
