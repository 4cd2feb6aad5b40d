"""What one person adds to the result of their team.

Invariant: the parts of a team's people, and of what nobody's name stands on, add up to the team's figure exactly. Of a
sum it is the person's own sum; of a share (jobs with an add-on) it is the number of rows that count, beside the share
of the work: ratios are never added.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.access.reader import Reader
from kpi.catalogue import Catalogue
from kpi.compile import resolve
from kpi.compile.windows import month_end
from kpi.evaluate import evaluate
from kpi.evaluate.interval import is_share
from kpi.model import Kpi, Query
from kpi.targets import TargetBook

LEAST_PEOPLE = 2
"""A team of one has no parts."""


@dataclass(frozen=True)
class Part:
    """What one member adds to one KPI of a group."""

    kpi: Kpi
    """The KPI."""
    member: str | None
    """The person; None: rows that name nobody."""
    own: float
    """What they add: an amount, or rows."""
    whole: float
    """What the whole group comes to."""
    share: float
    """own / whole, in percent."""
    work: float | None
    """Of a share: the percentage of the group's rows that are theirs; None: the KPI is a sum."""
    people: int
    """People who add anything."""


def divisible(kpis: Sequence[Kpi], reader: Reader, catalogue: Catalogue) -> tuple[Kpi, ...]:
    """The KPIs that have parts: sums, and shares of rows."""
    relations = reader.relations()
    return tuple(
        kpi
        for kpi in kpis
        if (kpi.additive and kpi.better != "band" and kpi.unit != "hours")
        or (kpi.kind == "value" and is_share(resolve(kpi, catalogue, relations)))
    )


def parts(
    reader: Reader, catalogue: Catalogue, targets: TargetBook, kpis: Sequence[Kpi], group: tuple[str, str], month: date
) -> Mapping[str, tuple[Part, ...]]:
    """KPI id → the parts of everybody in the group, the largest first. Groups with nothing to divide have none."""
    ids, where = tuple(kpi.id for kpi in kpis), ((group[0], (group[1],)),)
    asked = Query(ids, month, month_end(month), "month", "employee", where if group[1] else (), ())
    frame = evaluate(reader, catalogue, asked, targets).frame
    shares = {kpi.id for kpi in kpis if not kpi.additive}
    found: dict[str, tuple[Part, ...]] = {}
    for kpi in kpis:
        rows = frame[frame["kpi"] == kpi.id].to_dict("records")
        total = next((row for row in rows if row["is_total"]), None)
        members = [row for row in rows if not row["is_total"] and row["used"]]
        named = sum(isinstance(row["slice"], str) for row in members)
        if total is not None and named >= LEAST_PEOPLE and _amount(total, kpi.id in shares) > 0:
            known = [_part(kpi, row, total, kpi.id in shares, named) for row in members]
            found[kpi.id] = tuple(sorted(known, key=lambda part: -part.own))
    return found


def _part(kpi: Kpi, row: Mapping[Hashable, Any], total: Mapping[Hashable, Any], is_part: bool, people: int) -> Part:
    own, whole, name = _amount(row, is_part), _amount(total, is_part), row["slice"]
    work = 100 * row["used"] / total["used"] if is_part else None
    return Part(kpi, name if isinstance(name, str) else None, own, whole, 100 * own / whole, work, people)


def _amount(row: Mapping[Hashable, Any], is_part: bool) -> float:
    """What can be added: the value of a sum, the rows behind a share."""
    value = float(row["value"])
    if math.isnan(value):
        return 0.0
    return float(round(value * row["used"] / 100)) if is_part else value
