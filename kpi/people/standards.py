"""How far people keep the standards of the quality checks: a skill as it is seen at work.

Invariant: the value is the KPI conformity_rate of the person and standard over the last twelve months, with how many
items were checked; below `FEWEST` it is shown as too few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpi.compile.windows import step
from kpi.evaluate import availability, evaluate
from kpi.model import Query
from kpi.people.asking import Asking

KPI = "conformity_rate"
FEWEST = 5
"""Checked items below which a value says nothing."""
MOST = 12
"""Standards that are asked about."""


@dataclass(frozen=True)
class Kept:
    """One person and one standard."""

    value: float
    """Percent of the items that passed."""
    used: int
    """Items checked."""

    @property
    def is_enough(self) -> bool:
        """Whether the value says something."""
        return self.used >= FEWEST


def standards(asking: Asking, day: date) -> Mapping[tuple[str, str], Kept]:
    """(person, standard) → how far it is kept; nothing where no checks are loaded."""
    reader = asking.reader
    known = availability(reader.relations(), asking.catalogue)
    if KPI not in known or not known[KPI].computable or not reader.relations()["checks"].tells("standard"):
        return {}
    since = step(day.replace(day=1), "month", -11)
    found: dict[tuple[str, str], Kept] = {}
    for standard in reader.members("standard")[:MOST]:
        asked = Query((KPI,), since, day, "total", "employee", (("standard", (standard,)),), ())
        frame = evaluate(reader, asking.catalogue, asked, asking.targets).frame
        rows = frame[~frame["is_total"].astype(bool) & frame["slice"].notna() & frame["value"].notna()]
        for row in rows.to_dict("records"):
            found[row["slice"], standard] = Kept(float(row["value"]), int(row["used"]))
    return found
