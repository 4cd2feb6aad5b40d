"""What the page of processes asks of its log.

Invariant: an answer is remembered under the log's period, filters and settings, and asked of the Reader, so that
nobody's page shows what another may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kpi.process import Summary, Variant, activities, edges, summary, variants
from kpi.process.drawing import Flow, order_of, superfluous_of
from kpi.process.narrowed import Narrowed, codes_of
from kpi.process.settings import ProcessSettings, settings_of
from pages._ui import address, session
from pages._ui.filters import Filters
from pages._ui.session import View

MOST_VARIANTS = 200
"""Variants that are listed."""

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

    @property
    def log(self) -> Narrowed:
        """The log, narrowed to period and filters."""
        span = self.chosen.span
        return Narrowed(self.view.reader, self.chosen.where, days=(span.since, span.until))

    def kept(self, what: object, make: Callable[[], Kept]) -> Kept:
        """What `make` answers, remembered for this log."""
        return session.kept(self.view, ("process", what, self.chosen.span, self.chosen.where, self.settings), make)

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
        asked = address.one("variant") or ""
        number = int(asked) if asked.isdecimal() else 0
        return self.variants[number - 1] if 1 <= number <= len(self.variants) else None

    @property
    def flow(self) -> Flow:
        """The map of all cases, or of the chosen way."""
        one = self.variant
        return self.kept(("flow", one.path if one else None), lambda: self._flow(one))

    @property
    def cases(self) -> Narrowed:
        """The log of the chosen way, else of all."""
        one = self.variant
        if one is None:
            return self.log
        span = self.chosen.span
        way = self.kept(("codes", one.path), lambda: codes_of(self.log, one.path))
        return Narrowed(self.view.reader, self.chosen.where, days=(span.since, span.until), way=way)

    def _flow(self, one: Variant | None) -> Flow:
        log = self.cases
        return Flow(activities(log), edges(log), order_of(log), one.path if one else self.variants[0].path)


def asked(view: View, chosen: Filters) -> Asked:
    """The log of this view."""
    return Asked(view, chosen, settings_of(view.store))
