"""Targets people set, with their history.

Invariant: nothing that was entered is ever changed or removed: a change adds rows, taking a step back adds a step and
marks the one it takes back, and what a rule came to is stored once. So what judged a past day can always be told.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data.errors import UnknownName, UserError
from data.message import say
from data.store.clock import Clock
from data.store.entries.database import Database, Writing, inserted
from data.store.entries.target_log import (
    THIS_COMPUTER,
    Action,
    NewTarget,
    Number,
    Step,
    TargetRow,
    in_place,
    standing,
)

_OWN = ("kpi", "kind", "grain", "good_low", "good_high", "ok_low", "ok_high", "rule", "source")
_SELECT = f"""
    select target_changes.id, step, {", ".join(_OWN)}, dimension, member, valid_from, valid_to, before, at, undone_at
    from target_changes join target_steps on target_steps.id = step order by target_changes.id"""


class Targets:
    """Targets of one workspace."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._read: tuple[int, tuple[TargetRow, ...]] | None = None

    def set_target(self, kpi: str, *, note: str = "", **wanted: Any) -> int:
        """Set one target (the fields of `NewTarget`); without bounds or rule there is none from its day on.

        The step's number.
        """
        new = NewTarget(kpi, **wanted)
        if new.kind == "fixed" and new.sides == (None,) * 4:
            return self.remove_target(kpi, new.scope, new.valid_from, note)
        return self.change_targets([new], note=note)

    def remove_target(
        self, kpi: str, scope: tuple[str, str] | None = None, valid_from: date | None = None, note: str = ""
    ) -> int:
        """From a day on (today, if none is given), judge by the catalogue's default again; the step's number."""
        return self.change_targets([NewTarget(kpi, "none", scope, valid_from)], action="remove", note=note)

    def change_targets(
        self, wanted: Sequence[NewTarget], *, action: Action = "set", note: str = "", file: str = ""
    ) -> int:
        """Enter targets in one step, which can be taken back as one; its number."""
        today = self._clock().date()
        with self._database.change("targets") as connection:
            stands = self.targets()
            step = self._step(connection, action, note, file)
            for new in wanted:
                first = new.valid_from or today
                former = in_place(stands, new, first)
                values = {
                    **{name: getattr(new, name) for name in _OWN},
                    "step": step, "dimension": (new.scope or (None, None))[0], "member": (new.scope or (None, None))[1],
                    "valid_from": first.isoformat(), "valid_to": new.valid_to and new.valid_to.isoformat(),
                    "before": _as_before(former),
                }  # fmt: skip
                _insert(connection, "target_changes", values)
        return step

    def undo_targets(self, number: int, note: str = "") -> int:
        """Take a step back as if it had not been made; periods it has judged already stay as they were judged.

        The number of the step that takes it back.
        """
        with self._database.change("targets") as connection:
            found = next((step for step in self.target_steps() if step.id == number), None)
            if found is None:
                raise UnknownName(say("There is no change of targets {number}.", number=number))
            if found.undone_at is not None or found.undoes is not None:
                raise UserError(say("Change {number} was already taken back.", number=number))
            step = self._step(connection, "undo", note, found.file, undoes=number)
            connection.execute("update target_steps set undone_at = ? where id = ?", (self._now(), number))
        return step

    def forget_targets(self, numbers: Sequence[int]) -> None:
        """Steps that never were, the example's: they leave no history."""
        with self._database.change("targets") as connection:
            for number in numbers:
                mine = "(select id from target_changes where step = ?)"
                connection.execute(f"delete from target_numbers where change in {mine}", (number,))
                connection.execute("delete from target_changes where step = ?", (number,))
                connection.execute("delete from target_steps where undoes = ?", (number,))
                connection.execute("delete from target_steps where id = ?", (number,))

    def keep_numbers(self, found: Mapping[int, Sequence[Number]]) -> None:
        """Store what rules (by the number of their change) came to; a period that has its number keeps it."""
        rows = [
            (change, one.first.isoformat(), one.last.isoformat(), *one.sides, one.base, one.resolved_at.isoformat())
            for change, numbers in found.items()
            for one in numbers
        ]
        with self._database.change("targets") as connection:
            connection.executemany(
                f"insert into target_numbers values ({', '.join('?' * 9)}) on conflict do nothing", rows
            )

    def target_changes(self) -> tuple[TargetRow, ...]:
        """Everything that was ever entered, the first first."""
        version, read = self._database.version, self._read
        if read is None or read[0] != version:
            numbers = self._numbers()
            rows = (_row(cells, numbers) for cells in self._database.rows(_SELECT))
            read = self._read = (version, tuple(rows))
        return read[1]

    def targets(self) -> tuple[TargetRow, ...]:
        """Targets that stand, past and present, by KPI, scope and first day."""
        return standing(self.target_changes())

    def target_steps(self) -> tuple[Step, ...]:
        """What was changed when, the first first."""
        rows = self._database.rows(
            "select id, at, who, action, note, file, undoes, undone_at from target_steps order by id"
        )
        return tuple(
            Step(number, datetime.fromisoformat(at), who, action, note, file, undoes, undone and _moment(undone))
            for number, at, who, action, note, file, undoes, undone in rows
        )

    def _numbers(self) -> dict[int, list[Number]]:
        found: dict[int, list[Number]] = {}
        for change, first, last, *sides, base, at in self._database.rows(
            "select * from target_numbers order by change, first_day"
        ):
            number = Number(date.fromisoformat(first), date.fromisoformat(last), tuple(sides), base, _moment(at))
            found.setdefault(change, []).append(number)
        return found

    def _step(self, connection: Writing, action: Action, note: str, file: str, undoes: int | None = None) -> int:
        values = {
            "at": self._now(), "who": THIS_COMPUTER, "action": action, "note": note.strip(), "file": file,
            "undoes": undoes,
        }  # fmt: skip
        return _insert(connection, "target_steps", values)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _insert(connection: Writing, table: str, values: Mapping[str, object]) -> int:
    places = ", ".join("?" * len(values))
    return inserted(connection, f"insert into {table} ({', '.join(values)}) values ({places})", tuple(values.values()))


def _row(cells: tuple[Any, ...], numbers: Mapping[int, Sequence[Number]]) -> TargetRow:
    number, step, *own, dimension, member, first, last, before, at, undone = cells
    return TargetRow(
        id=number, step=step, **dict(zip(_OWN, own, strict=True)),
        scope=(dimension, member) if dimension is not None else None,
        valid_from=date.fromisoformat(first), valid_to=date.fromisoformat(last) if last else None,
        entered=_moment(at).date(), undone=_moment(undone).date() if undone else None, before=before,
        numbers=tuple(numbers.get(number, ())),
    )  # fmt: skip


def _as_before(row: TargetRow | None) -> str | None:
    if row is None:
        return None
    told = {name: getattr(row, name) for name in _OWN if name not in ("kpi", "source")}
    return json.dumps({name: value for name, value in told.items() if value is not None})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
