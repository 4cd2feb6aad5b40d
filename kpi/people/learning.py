"""The courses people took, from the training fact."""

from dataclasses import dataclass
from datetime import date

from data.access.reader import Reader
from data.access.source import select
from data.expression import Params
from data.model import Statement

COLUMNS = ("course", "hours", "score", "passed")


@dataclass(frozen=True)
class Course:
    """One person's course."""

    person: str
    """Who took it."""
    day: date
    """When."""
    title: str
    """What it was called; empty: nobody wrote it down."""
    hours: float | None
    """How long it took."""
    score: float | None
    """Mark, on its own scale."""
    passed: bool | None
    """Whether it was passed; None: not told."""


def courses(reader: Reader, name: str | None = None) -> tuple[Course, ...]:
    """Courses within the scope, the newest first; `name`: of one person only."""
    source = reader.sources().get("training")
    if source is None or not source.relation.rows or "employee" not in source.relation.own:
        return ()
    told = [column for column in COLUMNS if column in source.relation.own]
    params = Params()
    inner = select(source, ["employee", *told], params, where=[("employee", (name,))] if name else ())
    sql = f"select * from ({inner}) where employee is not null and day is not null order by day desc, employee"
    frame, _ = reader.run(Statement(sql, params.used_in(sql), ("training",), reader.scope))
    return tuple(
        Course(
            str(row["employee"]), row["day"].date(), str(_cell(row.get("course")) or ""), _number(row.get("hours")),
            _number(row.get("score")), _truth(row.get("passed")),
        )
        for row in frame.to_dict("records")
    )  # fmt: skip


def _cell(value: object) -> object:
    return None if value is None or value != value else value


def _number(value: object) -> float | None:
    known = _cell(value)
    return None if known is None else float(known)  # type: ignore[arg-type]  # a numeric column's cell


def _truth(value: object) -> bool | None:
    known = _cell(value)
    return None if known is None else bool(known)
