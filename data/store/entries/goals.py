"""Business goals and the key KPIs that serve them.

Invariant: the key KPIs have a fixed order and each stands in it once; a deleted goal leaves its KPIs without one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.errors import UnknownName
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted


@dataclass(frozen=True)
class Goal:
    """What the business wants."""

    id: int
    """Its number."""
    sentence: str
    """The goal in a sentence."""
    measure: str
    """How it is seen that it is reached."""
    deadline: date | None
    """By when."""
    owner: str
    """Who answers for it."""


@dataclass(frozen=True)
class KeyKpi:
    """A KPI on the overview."""

    kpi: str
    """KPI id."""
    goal: int | None
    """Number of the goal it serves; None: of no goal yet."""


class Goals:
    """Goals and key KPIs of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def goals(self) -> tuple[Goal, ...]:
        """Goals in the order they were entered."""
        rows = self._database.rows("select id, sentence, measure, deadline, owner from goals order by id")
        return tuple(
            Goal(number, sentence, measure, date.fromisoformat(deadline) if deadline else None, owner)
            for number, sentence, measure, deadline, owner in rows
        )

    def add_goal(self, sentence: str, measure: str = "", deadline: date | None = None, owner: str = "") -> int:
        """Enter a goal; its number."""
        values = (sentence, measure, deadline.isoformat() if deadline else None, owner, self._clock().isoformat())
        with self._database.change("goals") as connection:
            return inserted(
                connection,
                "insert into goals (sentence, measure, deadline, owner, entered_at) values (?, ?, ?, ?, ?)",
                values,
            )

    def change_goal(self, goal: Goal) -> None:
        """Put a goal in other words. `UnknownName` if it is gone."""
        deadline = goal.deadline.isoformat() if goal.deadline else None
        with self._database.change("goals") as connection:
            changed = connection.execute(
                "update goals set sentence = ?, measure = ?, deadline = ?, owner = ? where id = ?",
                (goal.sentence, goal.measure, deadline, goal.owner, goal.id),
            )
            if changed.rowcount == 0:
                raise UnknownName(say("There is no goal {number}.", number=goal.id))

    def delete_goal(self, number: int) -> None:
        """Delete a goal; key KPIs that served it serve none."""
        with self._database.change("goals") as connection:
            connection.execute("delete from goals where id = ?", (number,))

    def key_kpis(self) -> tuple[KeyKpi, ...]:
        """Key KPIs in their order; empty: nobody chose yet."""
        rows = self._database.rows("select kpi, goal from key_kpis order by place")
        return tuple(KeyKpi(kpi, goal) for kpi, goal in rows)

    def choose_key_kpis(self, chosen: Sequence[KeyKpi]) -> None:
        """Replace the choice; a KPI named twice stands at its first place."""
        once = {key.kpi: key for key in reversed(chosen)}
        ordered = [key for key in chosen if once[key.kpi] is key]
        with self._database.change("goals") as connection:
            connection.execute("delete from key_kpis")
            connection.executemany(
                "insert into key_kpis (place, kpi, goal) values (?, ?, ?)",
                [(place, key.kpi, key.goal) for place, key in enumerate(ordered)],
            )
