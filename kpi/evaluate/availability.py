"""Which KPIs can be computed from what is loaded, and what is missing for the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import UnknownName, did_you_mean
from data.message import Message, say
from data.model import DIMENSIONS, Relation
from data.schema.loader import facts
from kpi.catalogue import Catalogue
from kpi.compile import Resolution, not_by, resolve
from kpi.compile.resolve import DERIVED
from kpi.model import Kpi, Query


@dataclass(frozen=True)
class Availability:
    """Whether a KPI can be computed here."""

    kpi: Kpi
    """The KPI."""
    computable: bool
    """Everything it needs is loaded."""
    missing: tuple[tuple[str, str], ...]
    """(fact, column) that would have to be loaded."""
    facts: tuple[str, ...]
    """Relations it reads, or would."""
    columns: tuple[tuple[str, str], ...]
    """(relation, column) it reads."""


def availability(relations: Mapping[str, Relation], catalogue: Catalogue) -> dict[str, Availability]:
    """Availability of every visible KPI by id."""
    return {kpi.id: _availability(resolve(kpi, catalogue, relations)) for kpi in catalogue.visible()}


def _availability(r: Resolution) -> Availability:
    facts_read = r.relations or tuple(dict.fromkeys(fact for fact, _ in sorted(r.missing)))
    return Availability(r.kpi, not r.missing, tuple(sorted(r.missing)), facts_read, tuple(sorted(r.columns)))


def why_not(resolution: Resolution, query: Query, relations: Mapping[str, Relation]) -> Message | None:
    """Why a KPI cannot be computed here, or not by this dimension or filter; None: it can."""
    if resolution.missing:
        return needs(tuple(sorted(resolution.missing)))
    for name in [*([query.by] if query.by else []), *(name for name, _ in query.where)]:
        lacking = not_by(resolution, name, relations)
        if lacking:
            return say(
                "Not available by {dimension}: {fact} does not tell it.", dimension=_named(name), fact=_fact(lacking)
            )
    return None


def needs(missing: tuple[tuple[str, str], ...]) -> Message:
    """The sentence that names the missing columns."""
    if missing == (("events", "sla_hours"),):
        return say("Needs the time a case may take: enter it among the settings of the process.")
    named = ", ".join(f"{fact}.{column}" for fact, column in missing)
    return say("Needs {columns}, which no file has yet.", columns=named)


def _named(dimension: str) -> Message | str:
    return Message(dimension.capitalize()) if dimension in DIMENSIONS else dimension


def _fact(relation: str) -> Message | str:
    """A fact's title; of a derived relation that of the fact it is made of."""
    known, fact = facts(), DERIVED[relation][0][0] if relation in DERIVED else relation
    return Message(known[fact].title) if fact in known else relation


def check_dimensions(query: Query, relations: Mapping[str, Relation]) -> None:
    """`UnknownName` for a dimension that no fact could ever have."""
    known = {*DIMENSIONS, "weekday"}
    for fact in facts().values():
        known.update(fact.dimensions)
    known.update(header for relation in relations.values() for header in relation.extras)
    for name in [*([query.by] if query.by else []), *(name for name, _ in query.where)]:
        if name not in known and name.casefold() not in {n.casefold() for n in known}:
            raise UnknownName(
                say("There is nothing called «{name}» to slice by.", name=name), hint=did_you_mean(name, known)
            )
