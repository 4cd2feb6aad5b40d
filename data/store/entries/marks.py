"""What happened on a day, as somebody marked it: a change of process, a promotion, a new price.

Invariant: a mark is about every KPI or one, and about the whole business or one member; one that was taken away keeps
its row, so that what was read by it can be told.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, inserted

Kind = Literal["process_change", "promotion", "staff", "price", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a mark can be of; from a change of process on, natural limits are computed anew."""

_FIELDS = "id, day, until, title, kind, kpi, dimension, member"
_VALUES = "day = ?, until = ?, title = ?, kind = ?, kpi = ?, dimension = ?, member = ?"


@dataclass(frozen=True)
class Mark:
    """One mark."""

    id: int
    """Its number; 0: not entered yet."""
    day: date
    """The day it happened or began."""
    title: str
    """What happened, in a person's words."""
    kind: Kind = "other"
    """One of KINDS."""
    kpi: str | None = None
    """KPI id it is about; None: every KPI."""
    scope: tuple[str, str] | None = None
    """(dimension, member) it is about, such as ("branch", "North"); None: the whole business."""
    until: date | None = None
    """Last day, of what lasted; None: it happened on one day."""


class Marks:
    """Marks of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self, kinds: Collection[str] = KINDS) -> tuple[Mark, ...]:
        """The marks that stand, of these kinds, by day."""
        rows = self._database.rows(f"select {_FIELDS} from marks where removed_at is null order by day, id")
        return tuple(mark for row in rows if (mark := _mark(row)).kind in kinds)

    def add(self, mark: Mark) -> int:
        """Enter a mark; its number. `UserError` without a title, or where it ends before it begins."""
        cells = (*_cells(_sound(mark)), self._clock().isoformat(timespec="seconds"))
        with self._database.change("marks", "lead") as connection:
            return inserted(
                connection,
                "insert into marks (day, until, title, kind, kpi, dimension, member, entered_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                cells,
            )

    def change(self, mark: Mark) -> None:
        """Put the mark of this number otherwise. `UnknownName` if none stands."""
        with self._database.change("marks", "lead") as connection:
            changed = connection.execute(
                f"update marks set {_VALUES} where id = ? and removed_at is null", (*_cells(_sound(mark)), mark.id)
            )
            if changed.rowcount == 0:
                raise _unknown(mark.id)

    def remove(self, number: int) -> None:
        """Take a mark away. `UnknownName` if none of that number stands."""
        with self._database.change("marks", "lead") as connection:
            removed = connection.execute(
                "update marks set removed_at = ? where id = ? and removed_at is null",
                (self._clock().isoformat(timespec="seconds"), number),
            )
            if removed.rowcount == 0:
                raise _unknown(number)


def _unknown(number: int) -> UnknownName:
    return UnknownName(say("There is no mark {number}.", number=number))


def _sound(mark: Mark) -> Mark:
    """The mark, if it can stand."""
    if not mark.title.strip():
        raise UserError(say("A mark needs a few words that say what happened."))
    if mark.until is not None and mark.until < mark.day:
        raise UserError(
            say("What happened ends before it begins: {until} is before {day}.", until=mark.until, day=mark.day)
        )
    if mark.kind not in KINDS:
        raise UserError(say("There is no kind of mark «{kind}».", kind=mark.kind), say("Kinds: {kinds}.", kinds=KINDS))
    return mark


def _cells(mark: Mark) -> tuple[str | None, ...]:
    until = mark.until.isoformat() if mark.until else None
    return mark.day.isoformat(), until, mark.title.strip(), mark.kind, mark.kpi, *(mark.scope or (None, None))


def _mark(row: tuple[object, ...]) -> Mark:
    number, day, until, title, kind, kpi, dimension, member = row
    return Mark(
        int(str(number)), date.fromisoformat(str(day)), str(title), kind,  # type: ignore[arg-type]  # entered as one of KINDS
        str(kpi) if kpi is not None else None,
        (str(dimension), str(member)) if dimension is not None else None,
        date.fromisoformat(str(until)) if until is not None else None,
    )  # fmt: skip
