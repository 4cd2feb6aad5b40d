"""What formulas can speak of: tables, their columns and the words of these, each under its names in both languages.

Invariant: a name means one column of a table whatever the language of the screen: its name in definitions first, then
its title in either language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from data.message import say
from data.model import Column, Relation
from data.schema.loader import facts
from data.schema.names import normalise
from kpi.custom.kinds import OF_TYPE, Told
from kpi.language import LANGUAGES, language

Extras = tuple[tuple[str, tuple[str, ...]], ...]
"""Relation → headers of the columns nobody mapped."""

RELATIONS = {
    "orders": "orders", "visits": "visits", "reviews": "reviews", "checks": "checks", "staff": "staff",
    "shifts": "shifts", "training": "training", "ideas": "ideas", "surveys": "surveys", "ads": "ad_days",
    "calls": "calls", "expenses": "expenses", "events": "events", "vacancies": "vacancies", "applicants": "applicants",
}  # fmt: skip
"""Table → the relation it is read from: of advertising the one where no day counts twice."""

ROW_TOLD = (
    Told("day", "Day", "moment", meaning=say("The day the row counts for.")),
    Told("weekday", "Weekday", "text", meaning=say("1 is Monday, 7 is Sunday.")),
    Told("now", "Now", "moment", meaning=say("The end of the last day there is data of.")),
)
"""What every table tells."""
ROW_SPELLINGS = {"день": "day", "день недели": "weekday", "сейчас": "now"}

_VISITS = (
    Told("client_id", "Client number", "thing"),
    Told("visit_no", "Visit number", "number", meaning=say("1 is the client's first visit.")),
    Told("visited_at", "Visit", "moment"),
    Told("first_at", "First visit", "moment"),
    Told("next_at", "Next visit", "moment"),
)
_NOT_BY_DAY = ("period_start", "period_end")
_PLURALS = {"hours", "minutes", "seconds", "days"}


@dataclass(frozen=True)
class Table:
    """One kind of row."""

    name: str
    """Its name in formulas."""
    relation: str
    """The relation it is read from."""
    title: str
    """Its English name for people."""
    told: Mapping[str, Told]
    """Name in definitions → what it is."""

    def find(self, name: str) -> Told | None:
        """What a name means here."""
        return self.told.get(name) or self.told.get(self._spellings.get(normalise(name), ""))

    def answers_to(self, name: str) -> bool:
        """Whether the table itself is called so."""
        return name in (self.name, self.relation) or normalise(name) in _titles(self.title)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        found = {title: told.name for told in reversed(list(self.told.values())) for title in _titles(told.title)}
        return {**found, **{normalise(word): name for word, name in ROW_SPELLINGS.items()}}


def _titles(title: str) -> frozenset[str]:
    return frozenset({normalise(title), *(normalise(language(code).catalogue(title)) for code in LANGUAGES)})


@lru_cache(maxsize=8)
def tables(extras: Extras = ()) -> Mapping[str, Table]:
    """Every table by its relation, with the columns of files that nobody mapped."""
    kept = dict(extras)
    return {relation: _with_extras(_table(name), kept.get(relation, ())) for name, relation in RELATIONS.items()}


def extras_of(relations: Mapping[str, Relation]) -> Extras:
    """The unmapped columns of what is loaded."""
    return tuple((name, tuple(relation.extras)) for name, relation in sorted(relations.items()) if relation.extras)


def _table(name: str) -> Table:
    if name == "visits":
        return _made(name, "Visits of clients", _VISITS, _dimensions())
    fact = facts()[name]
    columns = [column for column in fact.columns if name != "ads" or column.name not in _NOT_BY_DAY]
    return _made(name, fact.title, map(_told, columns), ())


def _made(name: str, title: str, own: Iterable[Told], shared: Iterable[Told]) -> Table:
    return Table(name, RELATIONS[name], title, {one.name: one for one in (*own, *shared, *ROW_TOLD)})


def _dimensions() -> Iterator[Told]:
    orders = facts()["orders"]
    return (_told(column) for column in orders.columns if column.name in orders.dimensions and not column.sliceable)


def _told(column: Column) -> Told:
    unit = "money" if column.type == "money" else column.unit if column.unit in _PLURALS else None
    return Told(column.name, column.title, OF_TYPE[column.type], column.words, unit)


def _with_extras(table: Table, headers: Iterable[str]) -> Table:
    free = [header for header in headers if table.find(header) is None and not {'"', "`"} <= set(header)]
    return replace(table, told={**table.told, **{header: Told(header, header, "text") for header in free}})
