"""What changed and why: the KPIs that moved beyond chance, and what else stands out in the period.

Invariant: what is told of a change is the answer of `kpi.why` to the same period and filters as the line.
"""

from collections.abc import Sequence
from itertools import islice

from kpi.compile import is_private, resolve
from kpi.figures import gap
from kpi.report.composing.asked import Asked
from kpi.report.model import Change, Edition, Line, Subject
from kpi.watch import Look, Signal, scan
from kpi.why import Asked as Question
from kpi.why import explain

MOST = 5
"""Changes told of a business or a part of it."""
OF_A_PERSON = 3
"""Changes told to one person."""
SIGNALS = 7
"""Signals told besides."""


def changes(asked: Asked, subject: Subject, edition: Edition, lines: Sequence[Line]) -> tuple[Change, ...]:
    """The changes, the weightiest first. `asked`: narrowed to the subject."""
    found = (_change(asked, subject, edition, line) for line in sorted(filter(_tells, lines), key=_weight))
    return tuple(islice((one for one in found if one is not None), OF_A_PERSON if subject.is_person else MOST))


def _tells(line: Line) -> bool:
    return line.value is not None and line.previous is not None and line.moved is True


def _weight(line: Line) -> float:
    return -gap(line)


def _change(asked: Asked, subject: Subject, edition: Edition, line: Line) -> Change | None:
    question = Question(line.kpi.id, edition.first, edition.last, "previous", subject.where, edition.grain)
    why = explain(asked.reader, asked.catalogue, question, asked.marks())
    return Change(line, why) if why.silent is None and why.change != 0 else None


def signals(asked: Asked, subject: Subject, edition: Edition, lines: Sequence[Line]) -> tuple[Signal, ...]:
    """What stood out in the period in a business or a part of it, and in its parts; answers of staff are told of the
    whole alone."""
    if subject.is_person or not lines:
        return ()
    relations = asked.reader.relations()
    found = (resolve(line.kpi, asked.catalogue, relations) for line in lines)
    ids = tuple(r.kpi.id for r in found if not any(map(is_private, r.leaves)))
    look = Look(asked.reader, asked.catalogue, asked.targets, ids, asked.marks(), subject.where, until=edition.last)
    seen = (one for one in scan(look) if one.since <= edition.last and one.until >= edition.first)
    return tuple(islice(seen, SIGNALS))
