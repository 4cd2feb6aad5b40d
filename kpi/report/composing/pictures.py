"""Which charts a report shows, and their figures.

Invariant: a chart shows rows of the answer its line is from, or of the same question by a dimension.
"""

from collections.abc import Iterator, Sequence

from kpi.compile import is_private, resolve
from kpi.evaluate import evaluate, why_not
from kpi.model import Kpi, Query
from kpi.report.composing.asked import Asked
from kpi.report.composing.lines import COURSE
from kpi.report.composing.rows import Answered
from kpi.report.model import Change, Line, Picture, Subject
from kpi.watch import Watched, begun

MOST = 9
"""Trends of a business or a part of it."""
OF_A_PERSON = 6
"""Trends of one person."""
BREAKDOWNS = 3
"""Changes shown by member."""
FEWEST = 2
"""Periods a trend needs, and members a breakdown needs."""


def trends(found: Answered, subject: Subject, lines: Sequence[tuple[Line, Watched]]) -> Iterator[Picture]:
    """The course of the first lines."""
    made = (_trend(found, subject, line, w) for line, w in lines)
    shown = [picture for picture in made if picture is not None]
    yield from shown[: OF_A_PERSON if subject.is_person else MOST]


def _trend(found: Answered, subject: Subject, line: Line, w: Watched) -> Picture | None:
    rows = begun(found.frame(subject, line.kpi)).tail(COURSE)
    if rows["value"].notna().sum() < FEWEST:
        return None
    return Picture("trend", line.kpi, rows, usual=w)


def breakdowns(asked: Asked, subject: Subject, changes: Sequence[Change]) -> Iterator[Picture]:
    """What changed most, by the dimension that says most of it. `asked`: narrowed to the subject."""
    for change in changes[:BREAKDOWNS]:
        picture = _breakdown(asked, subject, change)
        if picture is not None:
            yield picture


def _breakdown(asked: Asked, subject: Subject, change: Change) -> Picture | None:
    line, kpi = change.line, change.line.kpi
    dimension = _dimension(asked, kpi, subject, change)
    if dimension is None:
        return None
    where = subject.where
    query = Query((kpi.id,), line.first, line.last, change.why.asked.grain, dimension, where, ("previous",))
    rows = evaluate(asked.reader, asked.catalogue, query, asked.targets).frame
    members = rows.loc[~rows["is_total"].astype(bool) & rows["value"].notna(), "slice"]
    return Picture("breakdown", kpi, rows, dimension) if len(members) >= FEWEST else None


def _dimension(asked: Asked, kpi: Kpi, subject: Subject, change: Change) -> str | None:
    """The one that explains most of the change, else the first the definition offers."""
    told = [one.dimension for one in change.why.breakdowns]
    resolution = resolve(kpi, asked.catalogue, asked.reader.relations())
    if any(map(is_private, resolution.leaves)):
        return None
    offered = [*told[:1], *kpi.slice_by]
    possible = (
        name
        for name in offered
        if name != subject.dimension and why_not(resolution, Query((), by=name), asked.reader.relations()) is None
    )
    return next(possible, None)
