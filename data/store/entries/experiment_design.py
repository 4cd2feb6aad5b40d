"""What an experiment is: the question, the two arms, and what decides it.

Invariant: a design that is entered can be carried out: its arms share no member, its days are in order, and every
threshold is a number that can be missed.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from data.errors import UserError
from data.message import Message, say

Matters = Literal["percent", "absolute"]

LONGEST_TITLE = 120
LONGEST_TEXT = 2000
MOST_MEMBERS = 200
"""Members of an arm."""
MOST_GUARDS = 6
SHORTEST, LONGEST = 14, 731
"""Days an experiment may be planned for: each weekday at least twice, and at most two years."""
BASELINE = 56
"""Days before the start that arms are compared with where nobody says otherwise: eight whole weeks."""
SHORTEST_BASELINE = 28


@dataclass(frozen=True)
class Guard:
    """A KPI that must not suffer."""

    kpi: str
    """KPI id."""
    allowed: float
    """How much worse B may make it, in percent of its level; more than 0, less than 100."""


@dataclass(frozen=True)
class Design:
    """One experiment as it was planned."""

    title: str
    """What it is called."""
    hypothesis: str
    """What is expected and why, in words."""
    kpi: str
    """Id of the KPI that decides."""
    dimension: str
    """What the arms are made of: ad_id, account, branch, employee, …"""
    a: tuple[str, ...]
    """Members that stay as they are."""
    b: tuple[str, ...]
    """Members with the change."""
    start: date
    """First day of the change."""
    end: date
    """Last day planned."""
    a_is: str = ""
    """What is done in A, in a few words; empty: as before."""
    b_is: str = ""
    """What is done in B, in a few words."""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Dimension → members both arms are limited to."""
    guards: tuple[Guard, ...] = ()
    """What must not suffer."""
    baseline: int = BASELINE
    """Days before the start that tell how the arms differ by themselves."""
    matters: float = 10.0
    """Smallest difference that is worth anything, in percent of the level or in the KPI's unit."""
    matters_in: Matters = "percent"
    """How `matters` is meant."""
    alpha: float = 5.0
    """Chance in percent of naming a winner where there is none, over all days together."""
    power: float = 80.0
    """Chance in percent of finding a difference that matters where there is one."""
    worth: float | None = None
    """Roubles that one more of what the KPI counts is worth; None: what the data say, or nothing."""

    @property
    def days(self) -> int:
        """Planned days."""
        return (self.end - self.start).days + 1


def sound(design: Design) -> Design:
    """The design, if it can be carried out; `UserError` says what to mend."""
    for holds, why in _conditions(design):
        if not holds:
            raise UserError(why)
    return design


def _conditions(d: Design) -> list[tuple[bool, Message]]:
    both = sorted(set(d.a) & set(d.b))
    ids = [guard.kpi for guard in d.guards]
    return [
        (bool(d.title.strip()), say("An experiment needs a title.")),
        (max(len(d.title), len(d.a_is), len(d.b_is)) <= LONGEST_TITLE,
         say("A title has at most {most} letters.", most=LONGEST_TITLE)),
        (len(d.hypothesis) <= LONGEST_TEXT, say("A hypothesis has at most {most} letters.", most=LONGEST_TEXT)),
        (bool(d.a) and bool(d.b), say("Each arm needs at least one member.")),
        (max(len(d.a), len(d.b)) <= MOST_MEMBERS, say("An arm has at most {most} members.", most=MOST_MEMBERS)),
        (not both, say("In both arms at once: {members}. Each belongs to one arm only.", members=tuple(both))),
        (d.dimension not in dict(d.where), say("The arms are made of what the filter limits: remove that filter.")),
        (SHORTEST <= d.days <= LONGEST,
         say("An experiment lasts {least} to {most} days: each weekday at least twice.", least=SHORTEST, most=LONGEST)),
        (SHORTEST_BASELINE <= d.baseline <= LONGEST,
         say("The time before has {least} to {most} days.", least=SHORTEST_BASELINE, most=LONGEST)),
        (math.isfinite(d.matters) and d.matters > 0,
         say("The smallest difference that matters is a number above 0.")),
        (d.matters_in == "absolute" or d.matters < 1000, say("A difference of {n} % is no experiment.", n=d.matters)),
        (0.1 <= d.alpha <= 20, say("The chance of a false winner lies between 0.1 and 20 %.")),
        (50 <= d.power <= 99, say("The chance of finding a difference lies between 50 and 99 %.")),
        (d.worth is None or (math.isfinite(d.worth) and d.worth > 0), say("What one more is worth is above 0 ₽.")),
        (len(ids) <= MOST_GUARDS, say("At most {most} guard KPIs.", most=MOST_GUARDS)),
        (len({d.kpi, *ids}) == len(ids) + 1, say("Each KPI stands once: what decides is no guard of itself.")),
        (all(0 < guard.allowed < 100 for guard in d.guards),
         say("How much worse a guard may get lies between 0 and 100 %.")),
    ]  # fmt: skip


def body_of(design: Design) -> dict[str, Any]:
    """What is kept of a design."""
    return {**asdict(design), "start": design.start.isoformat(), "end": design.end.isoformat()}


def design_of(body: Mapping[str, Any]) -> Design:
    """The design that was kept."""
    told = dict(body)
    return Design(
        **{
            **told,
            "start": date.fromisoformat(told["start"]), "end": date.fromisoformat(told["end"]),
            "a": tuple(told["a"]), "b": tuple(told["b"]),
            "where": tuple((name, tuple(members)) for name, members in told["where"]),
            "guards": tuple(Guard(**guard) for guard in told["guards"]),
        }
    )  # fmt: skip
