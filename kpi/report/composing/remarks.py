"""What people said about the period.

Invariant: a comment is in a report only where its reader may see whom it is about; one person's report names nobody
else, not even who said it.
"""

from collections.abc import Sequence

from data.store.entries import Comment
from kpi.report.composing.asked import Asked
from kpi.report.model import Edition, Line, Remark, Subject


def remarks(asked: Asked, subject: Subject, edition: Edition, lines: Sequence[Line]) -> tuple[Remark, ...]:
    """The comments about the lines in the period, the latest first."""
    kpis = {line.kpi.id: line.kpi for line in lines}
    said = asked.entries.comments.about(tuple(kpis), edition.first, edition.last)
    return tuple(
        Remark(kpis[one.kpi], one.scope, "" if subject.is_person else one.author, one.text)
        for one in said
        if _is_told(asked, subject, one)
    )


def _is_told(asked: Asked, subject: Subject, one: Comment) -> bool:
    if subject.dimension is not None:
        return one.scope == (subject.dimension, subject.member)
    return asked.shown is None or one.scope in asked.shown
