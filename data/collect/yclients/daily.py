"""What is asked for once a day, from some days before the last time on.

Invariant: the days asked for are told whole, so that what was mended or deleted in them since gives way.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from data.collect.api.parts import Progress, Step, arrived
from data.collect.api.table import Row, as_table
from data.collect.yclients.branch import Branch


def daily(
    branch: Branch, progress: Progress, fact: str, again: timedelta, rows_since: Callable[[date], Sequence[Row]]
) -> Iterator[Step]:
    """The rows of a fact from a first day on, where that was not done today; `again`: what is asked for once more."""
    state = progress.of(f"{fact}.{branch.number}")
    if state.get("on") == progress.today.isoformat():
        return
    until = state.get("until")
    first = date.fromisoformat(until) - again if until else progress.today - timedelta(days=branch.history)
    rows = rows_since(first)
    if rows:
        yield arrived(
            as_table(fact, rows), f"{fact}:{branch.number}", f"{fact.capitalize()} {branch.title}", branch.label,
            period=(first, progress.today),
        )  # fmt: skip
    state.update(until=progress.today.isoformat(), on=progress.today.isoformat())
    yield None
