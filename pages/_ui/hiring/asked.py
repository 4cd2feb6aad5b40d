"""What the page of hiring asks.

Invariant: an answer is remembered under the period, the filters and what it is about, and asked of the Reader, so that
nobody's page shows what another may see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from kpi.hiring import words as said
from kpi.hiring.asking import DIMENSIONS, Asking
from pages._ui import address, filters, navigation, session
from pages._ui.address import Part
from pages._ui.filters import Filters
from pages._ui.session import View

PAGE = "hiring"
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Asked:
    """Hiring as the page is about it."""

    view: View
    """Who asks."""
    chosen: Filters
    """Period and filters."""

    @cached_property
    def asking(self) -> Asking:
        """Where answers come from; its rows are read once a rerun, and only for what is not remembered."""
        span, view = self.chosen.span, self.view
        return Asking(view.reader, view.kpis, view.targets, span.since, span.until, self.chosen.where)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What hiring can be looked at by."""
        return self.kept("dimensions", lambda: self.asking.dimensions)

    def kept(self, what: object, make: Callable[[], Kept]) -> Kept:
        """What `make` answers, remembered for this period and these filters."""
        return session.kept(self.view, ("hiring", what, self.chosen.span, self.chosen.where), make)

    @property
    def by(self) -> str | None:
        """What it is looked at by: of the address, else recruiters, else whatever is told."""
        told = self.dimensions
        return address.one("by", told) or next((name for name in DIMENSIONS if name in told), None)

    @property
    def period(self) -> str:
        """The period in words."""
        return self.view.language.span(self.chosen.span.since, self.chosen.span.until)

    @property
    def dimension(self) -> str:
        """What the members are, in words; empty where there are none."""
        return self.view.language.render(said.DIMENSIONS[self.by]) if self.by else ""

    def name(self, member: str | None, *, is_total: bool) -> str:
        """A member as people read it."""
        if is_total:
            return self.view.language.t("All")
        return filters.member_name(self.view, self.by or "", member)

    def namer(self, dimension: str) -> Callable[[str | None], str]:
        """Writes members of a dimension for charts."""
        return partial(filters.member_name, self.view, dimension)

    def here(self, **parts: Part) -> str:
        """The address of this view with these parts set; None removes one."""
        return navigation.href(PAGE, address.here(**parts))
