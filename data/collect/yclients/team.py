"""Staff and working hours of a branch: rows of `staff` and `shifts`.

Invariant: the service keeps a schedule, not when somebody really came: hours by schedule count as planned and, once the
day is over, as worked. A person is known by name and branch; of two lists the later one tells the post.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from data.collect.api.failures import NotThere
from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.reply import Reply
from data.collect.api.table import Row, as_table
from data.collect.yclients import branch as known
from data.collect.yclients.branch import Branch, Person
from data.message import say

HOURS = say("schedules")
AGAIN = 14
"""Days that are read again each day: schedules are mended afterwards."""
TOGETHER = 40
"""People whose schedules make one table: a run that must wait goes on with the next."""
DAY = timedelta(days=1)


def staff(branch: Branch, progress: Progress) -> Iterator[Step]:
    """Posts, where they were not read today."""
    state = progress.of(f"staff.{branch.number}")
    if state.get("on") == progress.today.isoformat():
        return
    rows: list[Row] = [
        {"employee": one.name, "role": one.role, "hired_on": _date(one.hired_on), "left_on": _date(one.left_on),
         "branch": branch.title} for one in known.staff(branch, progress)
    ]  # fmt: skip
    if rows:
        table = as_table("staff", rows)
        table = replace(table, mapping=replace(table.mapping, key=("employee",)))
        yield arrived(table, f"staff:{branch.number}", f"Staff {branch.title}", branch.label)
    state["on"] = progress.today.isoformat()
    yield None


def hours(branch: Branch, progress: Progress) -> Iterator[Step]:
    """Hours of every day that is over, person by person, where that was not done today."""
    state = progress.of(f"hours.{branch.number}")
    if state.get("on") == progress.today.isoformat():
        return
    first, last = _window(state, progress.today, branch.history), progress.today - DAY
    people = known.staff(branch, progress)
    for begin in range(int(state.get("next", 0)), len(people), TOGETHER):
        some = people[begin : begin + TOGETHER]
        rows = [row for one in some for row in _shifts(branch, one, first, last)]
        if rows:
            whole = len(people) <= TOGETHER
            yield arrived(
                as_table("shifts", rows), f"hours:{branch.number}:{begin}", f"Hours {branch.title} {first}…{last}",
                branch.label, period=(first, last) if whole else None,
            )  # fmt: skip
        state["next"] = begin + TOGETHER
        yield None
    state.update(next=0, until=last.isoformat(), on=progress.today.isoformat())
    yield None


def asked(branch: Branch, person: Person, first: date, last: date) -> Sequence[Reply]:
    """A person's schedule; empty where there is none."""
    try:
        return branch.yclients.all(f"/schedule/{branch.number}/{person.number}/{first}/{last}", HOURS)
    except NotThere:
        return ()


def _window(state: dict[str, Any], today: date, history: int) -> date:
    until = state.get("until")
    return date.fromisoformat(until) - (AGAIN - 1) * DAY if until else today - history * DAY


def _shifts(branch: Branch, person: Person, first: date, last: date) -> Iterator[Row]:
    for day in asked(branch, person, first, last):
        on = date.fromisoformat(day.text("date")[:10])
        worked = sum(map(_length, day.each("slots"))) if day.flag("is_working") else 0
        if worked and first <= on <= last:
            yield {
                "employee": person.name, "date": on, "planned_hours": worked, "worked_hours": worked,
                "branch": branch.title,
            }  # fmt: skip


def _length(slot: Reply) -> float:
    """Hours between two times of day; midnight ends a day."""
    begins, ends = (_minutes(slot.text(name)) for name in ("from", "to"))
    return ((ends - begins) % (24 * 60)) / 60


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute[:2] or 0)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
