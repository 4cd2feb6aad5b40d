"""One report, or many from the same answers.

Invariant: the figures of all subjects of one dimension come from one evaluation; reports are made one after the other
and none is held, so a hundred take no more memory than one.
"""

from collections.abc import Iterable, Iterator

from kpi.report.composing.asked import Asked
from kpi.report.composing.changes import changes, signals
from kpi.report.composing.editions import settled
from kpi.report.composing.lines import lines
from kpi.report.composing.pictures import breakdowns, trends
from kpi.report.composing.remarks import remarks
from kpi.report.composing.rows import Answered, answered
from kpi.report.model import Edition, Report, Subject


def compose(asked: Asked, subject: Subject, edition: Edition) -> Report:
    """The report about one subject."""
    return next(compose_each(asked, (subject,), edition))


def compose_each(asked: Asked, subjects: Iterable[Subject], edition: Edition) -> Iterator[Report]:
    """The reports about some subjects, in their order, one at a time."""
    found: dict[str | None, Answered] = {}
    for subject in subjects:
        if subject.dimension not in found:
            found[subject.dimension] = answered(asked, subject.dimension, edition)
        yield _report(asked, found[subject.dimension], subject)


def _report(asked: Asked, found: Answered, subject: Subject) -> Report:
    own, edition = asked.narrowed(subject), found.edition
    watched = lines(found, subject)
    told = tuple(line for line, _ in watched)
    changed = changes(own, subject, edition, told)
    whole, until = settled(edition, told)
    unavailable = found.result.unavailable if asked.chosen else {}
    return Report(
        asked.business, subject, Edition(edition.grain, edition.first, edition.last, whole), told, changed,
        signals(own, subject, edition, told), (*trends(found, subject, watched), *breakdowns(own, subject, changed)),
        remarks(own, subject, edition, told),
        tuple((asked.catalogue.get(id_), why) for id_, why in unavailable.items()), _filters(own, subject),
        (own.reader.scope.since, own.reader.scope.until), own.reader.scope.money, asked.made_at, until,
    )  # fmt: skip


def _filters(own: Asked, subject: Subject) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The part of the scope, and the subject within it."""
    return tuple({**dict(own.reader.scope.where), **dict(subject.where)}.items())
