"""The KPIs by id, in the order they are shown.

Invariant: every part of a formula is itself in the collection, and no KPI is a part of itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from data.errors import UnknownName, did_you_mean
from data.message import Verbatim, say
from kpi import formula
from kpi.model import Area, Kpi


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All definitions; iterates over them in order."""

    kpis: Mapping[str, Kpi]
    """KPI id → its definition, in the order they are shown."""
    version: str = ""
    """Differs where definitions do: part of every cache key. Empty: those that come with the program."""

    def __iter__(self) -> Iterator[Kpi]:
        return iter(self.kpis.values())

    def __len__(self) -> int:
        return len(self.kpis)

    def __contains__(self, kpi: object) -> bool:
        return kpi in self.kpis

    def get(self, kpi: str) -> Kpi:
        """The KPI of that id; `UnknownName` says which ids are close."""
        if kpi not in self.kpis:
            raise UnknownName(say("There is no KPI «{name}».", name=kpi), hint=did_you_mean(kpi, self._visible_ids))
        return self.kpis[kpi]

    def named(self, kpi: str) -> Kpi:
        """The KPI of that id; of one that is gone, its id for a name: what a log says of it can still be told."""
        if kpi in self.kpis:
            return self.kpis[kpi]
        return Kpi(kpi, Verbatim(kpi), "", "", "operations", "count", "higher", "", "formula")

    def area(self, name: Area) -> tuple[Kpi, ...]:
        """The KPIs of one area that people see."""
        return tuple(kpi for kpi in self.visible() if kpi.area == name)

    def areas(self) -> tuple[Area, ...]:
        """The areas that have KPIs, in order."""
        return tuple(dict.fromkeys(kpi.area for kpi in self.visible()))

    def visible(self) -> tuple[Kpi, ...]:
        """The KPIs that people see: all but those that are only parts of others."""
        return tuple(kpi for kpi in self if not kpi.internal)

    def parts(self, kpi: str) -> tuple[str, ...]:
        """The ids a formula names, in its order; none for a value or a stage."""
        return self._parts[self.get(kpi).id]

    def values_of(self, kpi: str) -> tuple[Kpi, ...]:
        """The value definitions a KPI is finally made of, each once; itself where it is one."""
        found: dict[str, Kpi] = {}
        self._gather(self.get(kpi), found)
        return tuple(found.values())

    def _gather(self, kpi: Kpi, found: dict[str, Kpi]) -> None:
        if kpi.kind == "value":
            found.setdefault(kpi.id, kpi)
        for part in self.parts(kpi.id):
            self._gather(self.kpis[part], found)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        return {kpi.id: parts_of(kpi) for kpi in self}

    @property
    def _visible_ids(self) -> tuple[str, ...]:
        return tuple(kpi.id for kpi in self.visible())


def parts_of(kpi: Kpi) -> tuple[str, ...]:
    """The ids a formula names; none for a value or a stage. `ExpressionError` if it cannot be read."""
    return formula.parts(formula.parsed(kpi.definition)) if kpi.kind == "formula" else ()


def drivers_of(kpi: Kpi) -> tuple[str, ...]:
    """The ids it is the product of; none where it declares none. `ExpressionError` if they cannot be read."""
    return formula.parts(formula.parsed(kpi.drivers)) if kpi.drivers else ()
