"""Which week or month a report is about.

Invariant: the usual edition is the latest period that is over in the data, never by today's date, so that a report
after a late import is about what was imported.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from data.access.reader import Reader
from kpi.compile.windows import floor, step
from kpi.report.model import Edition, Length, Line

DAY = timedelta(days=1)


def edition_of(day: date, grain: Length, until: date | None) -> Edition:
    """The period around a day. `until`: the last day there are data of."""
    first = floor(day, grain)
    last = step(first, grain, 1) - DAY
    return Edition(grain, first, last, until is not None and until >= last)


def latest(reader: Reader, grain: Length) -> Edition | None:
    """The latest period that is over, or the only one that has begun; None: nothing is loaded."""
    known = [r for r in reader.relations().values() if r.live_filter and r.rows and r.name != "staff"]
    ends = [r.data_until for r in known if r.data_until]
    begins = [r.first_day for r in known if r.first_day]
    if not ends or not begins:
        return None
    until = max(ends)
    running = edition_of(until, grain, until)
    before = edition_of(running.first - DAY, grain, until)
    return running if running.complete or before.last < min(begins) else before


def settled(edition: Edition, lines: Sequence[Line]) -> tuple[bool, date | None]:
    """(whether the report is about a whole period, until when all its facts go).

    It is whole when the facts that reach farthest reach its last day: of rare things, such as answers to surveys,
    nobody can tell the end of a period from its silence.
    """
    ends = [line.now for line in lines if line.now is not None]
    return bool(ends) and max(ends) >= edition.last, min(ends, default=None)
