"""What is asked about people: which KPIs can be told of one person, and the one query that answers for all of them.

Invariant: answers of staff are never among them, and of two KPIs that say the same the other way round only one is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.expression import Binary, Constant, Name
from kpi.catalogue import Catalogue
from kpi.compile import Resolution, is_private, resolve
from kpi.compile.windows import month_end, step
from kpi.evaluate import why_not
from kpi.model import Kpi, Query
from kpi.targets import TargetBook

MONTHS = 25
"""Months looked back: two years and the same month before, so that what moved can be told from chance."""


@dataclass(frozen=True)
class Asking:
    """Where answers come from, and what is asked first."""

    reader: Reader
    """Every question goes through it."""
    catalogue: Catalogue
    """The definitions."""
    targets: TargetBook
    """The targets in force."""
    first: tuple[str, ...] = ()
    """Ids of the key KPIs, in their order."""

    def kpis(self) -> tuple[Kpi, ...]:
        """The KPIs that are told of a person: the key ones first, then those with personal targets, then the others."""
        relations = self.reader.relations()
        personal, asked = self.targets.personal(), Query((), by="employee")
        wanted = [
            kpi
            for kpi in self.catalogue.visible()
            if kpi.kind != "stage" and ("employee" in kpi.slice_by or kpi.id in (*self.first, *personal))
        ]
        found = [resolve(kpi, self.catalogue, relations) for kpi in wanted]
        told = [r for r in found if not any(map(is_private, r.leaves)) and why_not(r, asked, relations) is None]
        ranks = {id_: place for place, id_ in enumerate(dict.fromkeys((*self.first, *personal)))}
        ranked = sorted((r for r in told if r.relations), key=lambda r: ranks.get(r.kpi.id, len(ranks)))
        return tuple(r.kpi for r in _told_once(ranked))


def query(kpis: Sequence[Kpi], month: date, *, months: int = MONTHS) -> Query:
    """These KPIs of every person, month by month up to the one that begins on `month`."""
    ids = tuple(kpi.id for kpi in kpis)
    return Query(ids, step(month, "month", 1 - months), month_end(month), "month", "employee", (), ("previous",))


def _told_once(ranked: Sequence[Resolution]) -> list[Resolution]:
    """Without what another one before it tells as «100 % less …»; unranked, the plain one stays."""
    same = {r.kpi.id: _complement(r) or r.kpi.id for r in ranked}
    kept: dict[str, Resolution] = {}
    for r in ranked:
        kept.setdefault(same[r.kpi.id], r)
    return list(kept.values())


def _complement(r: Resolution) -> str | None:
    """The KPI of which this is what is missing to a whole."""
    match r.tree:
        case Binary("-", Constant(100), Name(other)):
            return other
    return None
