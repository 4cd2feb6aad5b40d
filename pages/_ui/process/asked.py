"""What the page of processes asks of its log.

Invariant: an answer is remembered under the log's period, filters and settings, and asked of the Reader, so that
nobody's page shows what another may see.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from data.model import Scope
from kpi.process import Summary, Variant, activities, edges, summary, variants
from kpi.process.drawing import Flow, order_of, superfluous_of
from kpi.process.narrowed import Narrowed, codes_of
from kpi.process.orders import in_words_of
from kpi.process.settings import ProcessSettings, settings_of
from kpi.process.words import change, duration
from pages._ui import address, session
from pages._ui.filters import Filters
from pages._ui.session import View

Source = Literal["events", "orders"]
SOURCES: tuple[Source, ...] = ("events", "orders")
OWNERS = ("account", "branch")
"""Dimensions of which a case has one member."""
MOST_VARIANTS = 200
"""Variants that are listed."""
MOST_DIGITS = 9
"""Digits of a number that is read."""

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Asked:
    """A log as the page is about it."""

    view: View
    """Who asks."""
    chosen: Filters
    """Period and filters."""
    settings: ProcessSettings
    """What people said about the process."""
    source: Source
    """The loaded events, or the moments of orders."""

    @cached_property
    def log(self) -> Narrowed:
        """The log, narrowed to period and filters. A case has one account and branch; of all else its events tell."""
        where = self.chosen.where
        owners = tuple(one for one in where if self.source == "orders" or one[0] in OWNERS)
        whole = tuple(one for one in where if one not in owners)
        return Narrowed(
            self.view.reader, owners, self.source, self.settings, self.view.language, days=self._limits, whole=whole
        )

    @property
    def _limits(self) -> tuple[date, date] | None:
        """The days of the period, where it is not all there is."""
        span, relation = self.chosen.span, self.view.reader.relations()[self.source]
        first, last = relation.first_day, relation.data_until
        return None if first and last and span.since <= first and last <= span.until else (span.since, span.until)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, inclusive, on which cases of the log can have ended: within the period and the data."""
        span, relation = self.chosen.span, self.view.reader.relations()[self.source]
        first, last = relation.first_day or span.since, relation.data_until or span.until
        return min(max(span.since, first), span.until), max(min(span.until, last), span.since)

    @property
    def is_part(self) -> bool:
        """Whether who asks sees some steps of a case and not others."""
        return any(name not in OWNERS for name, _ in self.view.reader.scope.where)

    def duration(self, hours: float) -> str:
        """Hours of this log in words."""
        return duration(hours, self.view.language, self.settings.hours is not None)

    def change(self, hours: float) -> str:
        """A difference of hours of this log in words."""
        return change(hours, self.view.language, self.settings.hours is not None)

    @property
    def look(self) -> tuple[str, str]:
        """What makes a picture another although it shows the same."""
        return self.view.language.code, self.view.theme

    def kept(self, what: object, make: Callable[[], Kept]) -> Kept:
        """What `make` answers, remembered for this log."""
        words = self.view.language.code if self.source == "orders" else ""  # their steps are called by our words
        log = (self.chosen.span, self.chosen.where, self.settings, self.source, words)
        return session.kept(self.view, ("process", what, log), make)

    @property
    def summary(self) -> Summary:
        """The log in figures. `NoLog` where there is nothing."""
        return self.kept("summary", lambda: summary(self.log))

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The commonest variants."""
        return self.kept("variants", lambda: variants(self.log, MOST_VARIANTS))

    @property
    def superfluous(self) -> frozenset[str]:
        """Activities that add nothing."""
        return self.kept("superfluous", lambda: superfluous_of(self.log, self.settings.superfluous))

    @property
    def variant(self) -> Variant | None:
        """The one way of the address; None: all."""
        number = whole("variant") or 0
        return self.variants[number - 1] if 1 <= number <= len(self.variants) else None

    @property
    def flow(self) -> Flow:
        """The map of all cases, or of the chosen way."""
        one = self.variant
        return self.kept(("flow", one.path if one else None), lambda: self._flow(one))

    @cached_property
    def cases(self) -> Narrowed:
        """The log of the chosen way, else of all."""
        one = self.variant
        if one is None:
            return self.log
        return replace(self.log, way=self.kept(("codes", one.path), lambda: codes_of(self.log, one.path)))

    def ask_all(self) -> None:
        """Everything the page shows whatever is looked at closer, before any of it is sent."""
        _ = self.flow, self.variants, self.superfluous

    def _flow(self, one: Variant | None) -> Flow:
        log = self.cases
        return Flow(activities(log), edges(log), order_of(log), one.path if one else self.variants[0].path)


def whole(name: str) -> int | None:
    """A whole number of the address; None where there is none."""
    text = address.one(name) or ""
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None


def asked(view: View, chosen: Filters) -> Asked:
    """The log of this view."""
    source: Source = sources(view)[0] if sources(view) else "events"
    settings = _open_to(view.reader.scope, settings_of(view.store))
    said = in_words_of(settings, view.language) if source == "orders" else settings
    return Asked(view, chosen, said, source)


def sources(view: View) -> tuple[Source, ...]:
    """The logs there are, the one of the address first; the events before the orders."""
    relations = view.reader.relations()
    found = [name for name in SOURCES if name in relations and relations[name].rows]
    asked = address.one("log", found)
    return tuple(sorted(found, key=lambda name: name != asked))


def _open_to(scope: Scope, settings: ProcessSettings) -> ProcessSettings:
    """The settings without what an hour costs, for whom money is not shown to the kopeck."""
    return settings if scope.money == "shown" else replace(settings, hourly_cost=None, role_costs=())
