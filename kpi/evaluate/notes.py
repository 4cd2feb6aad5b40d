"""What the reader of a number must know besides it: stand-ins, spread figures, parts left out, parts that end apart."""

from collections.abc import Mapping

from data.message import Message, say
from data.model import Relation
from data.schema.loader import facts
from data.store.derived.hires import SCALED
from kpi.catalogue import Catalogue
from kpi.compile import Resolution
from kpi.compile.resolve import DERIVED

_OPTIONAL = ("is_rework", "is_complaint")
"""Parts that error_rate uses as far as they are loaded."""


def notes(resolution: Resolution, catalogue: Catalogue, relations: Mapping[str, Relation]) -> tuple[Message, ...]:
    """Sentences to show with the KPI."""
    stand_ins = tuple(catalogue.get(id_).note for id_ in sorted(resolution.chosen))
    return (
        *(Message(note) for note in stand_ins if note),
        *_spread(resolution, relations),
        *_parts_used(resolution),
        *_still_open(resolution),
        *_rated_by(resolution, relations),
        *_ends(resolution, relations),
    )


def _spread(resolution: Resolution, relations: Mapping[str, Relation]) -> tuple[Message, ...]:
    if not any("is_spread" in relations[name].own for name in resolution.relations):
        return ()
    return (say("Figures given for several days are spread evenly over them."),)


def _parts_used(resolution: Resolution) -> tuple[Message, ...]:
    if not all(name in resolution.kpi.definition for name in _OPTIONAL):
        return ()
    used = [(relation, column) for relation, column in sorted(resolution.columns) if column in _OPTIONAL]
    if len(used) != 1:
        return ()
    ((relation, column),) = used
    return (say("Counted from «{column}» only: the other part is not loaded.", column=_title(relation, column)),)


def _still_open(resolution: Resolution) -> tuple[Message, ...]:
    """Of a survival median: what is still waiting is in it."""
    if not resolution.stages:
        return ()
    return (
        say("What is still open counts as long as it has waited (Kaplan–Meier); while more than half is open there is "
            "no median."),
    )  # fmt: skip


def _rated_by(resolution: Resolution, relations: Mapping[str, Relation]) -> tuple[Message, ...]:
    """Of a quality of hire that is made of two things only: which."""
    if ("hires", "quality") not in resolution.columns:
        return ()
    own = relations["applicants"].own
    scored = [score for score in SCALED if {score, f"{score}_min", f"{score}_max"} <= own]
    parts: list[Message] = [_title("applicants", score) for score in scored]
    parts += [say("whether they stayed 90 days")] if {"hired_on", "left_on"} <= own else []
    if len(parts) > len(SCALED):
        return ()
    return (say("Made of these alone: {parts}.", parts=tuple(parts)),)


def _ends(resolution: Resolution, relations: Mapping[str, Relation]) -> tuple[Message, ...]:
    """Each part of a KPI counts until its own data end; where they differ, the reader is told."""
    ends = {_fact(name): relations[name].data_until for name in resolution.relations}
    if len(set(ends.values())) < 2:
        return ()
    parts = tuple(say("{fact} until {day}", fact=_named(fact), day=day) for fact, day in ends.items())
    return (say("Its parts go until different days: {parts}.", parts=parts),)


def _fact(relation: str) -> str:
    return DERIVED[relation][0][0] if relation in DERIVED else relation


def _named(fact: str) -> Message:
    return Message(facts()[fact].title)


def _title(relation: str, column: str) -> Message:
    return Message(facts()[_fact(relation)].column(column).title)
