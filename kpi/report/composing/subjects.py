"""Whom a report can be about.

Invariant: a subject is known within the scope of whoever asks; of anybody else it is said that there is nobody of that
name.
"""

from datetime import date

from data.access.reader import Reader
from data.errors import UnknownName, did_you_mean
from data.message import say
from kpi.people.roster import roster
from kpi.report.model import PERSON, WHOLE, Subject

DIMENSIONS = ("team", "branch", "account", PERSON)
"""What reports are made of, besides the whole business."""


def subject_of(reader: Reader, dimension: str, member: str) -> Subject:
    """A member. `UnknownName` where there is none."""
    if dimension not in DIMENSIONS:
        hint = did_you_mean(dimension, DIMENSIONS)
        raise UnknownName(say("A report cannot be about a «{name}».", name=dimension), hint=hint)
    known = reader.members(dimension)
    if member not in known:
        hint = did_you_mean(member, known)
        raise UnknownName(say("There is no «{member}» to report about.", member=member), hint=hint)
    return Subject(dimension, member)


def subjects(reader: Reader) -> tuple[Subject, ...]:
    """Everything within the scope that a report can be about, the whole first; where the scope is one member, that is
    the whole."""
    alone = [(name, members[0]) for name, members in reader.scope.where if len(members) == 1 and name in DIMENSIONS]
    first = Subject(*alone[0]) if len(alone) == len(reader.scope.where) == 1 else WHOLE
    rest = (Subject(name, member) for name in DIMENSIONS for member in reader.members(name))
    return (first, *(one for one in rest if one != first))


def everyone(reader: Reader, day: date) -> tuple[Subject, ...]:
    """Everybody who works here on a day."""
    return tuple(Subject(PERSON, person.name) for person in roster(reader, day) if person.here)
