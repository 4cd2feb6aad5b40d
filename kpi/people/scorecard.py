"""One person's page: their KPIs, what they add to the team, what they learned, what clients said.

Invariant: all of it but `Beside` is asked within the Reader's scope, which may be this one person's. `Beside` holds
the only figures made of other people's rows, none of them over fewer people than `fewest`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from data.access.reader import Reader
from data.model import Relation
from kpi.compile.windows import month_end, step
from kpi.evaluate import evaluate
from kpi.model import Kpi, Result
from kpi.people.asking import Asking, query
from kpi.people.contribution import Part, divisible, parts
from kpi.people.lines import Line, People, by_person, lines
from kpi.people.peers import EVERYBODY, OPEN, PRIVATE, Peers, groups, peers
from kpi.people.roster import Person, roster


@dataclass(frozen=True)
class Beside:
    """What of other people stands on a person's page: figures only."""

    peers: Mapping[str, Peers] = field(default_factory=dict)
    """KPI id → the median."""
    parts: Mapping[str, Part] = field(default_factory=dict)
    """KPI id → what the person adds to the group's result."""
    group: tuple[str, str] | None = None
    """The group whose result it is."""


@dataclass(frozen=True)
class Scorecard:
    """One person in one month."""

    person: Person
    """Who."""
    month: date
    """First day of the month."""
    lines: tuple[Line, ...]
    """Their KPIs, the key ones first."""
    beside: Beside
    """The team's figures."""

    @property
    def judged(self) -> tuple[Line, ...]:
        """KPIs that are held against a target."""
        return tuple(line for line in self.lines if line.is_judged)

    @property
    def reached(self) -> int:
        """Targets reached."""
        return sum(line.status == "good" for line in self.judged)


@dataclass(frozen=True)
class Month:
    """Everybody's answers for one month: from one evaluation, whoever is looked at."""

    asking: Asking
    """Where they come from."""
    kpis: tuple[Kpi, ...]
    """The KPIs that are told of people."""
    answer: Result
    """Every KPI of every person within the scope, by month."""
    people: tuple[Person, ...]
    """Everybody within the scope."""
    first: date
    """First day of the month."""

    def person(self, name: str) -> Person | None:
        """Somebody by name; None: nobody within the scope is called so."""
        return next((person for person in self.people if person.name == name), None)

    def lines(self, person: Person) -> tuple[Line, ...]:
        """Their KPIs."""
        mine = self._rows.get(person.name, {})
        return lines(self.asking, mine, self.kpis, person, self.first, self.answer.now)

    @cached_property
    def _rows(self) -> People:
        return by_person(self.answer)

    def scorecard(self, person: Person, beside: Beside) -> Scorecard:
        """Their page."""
        return Scorecard(person, self.first, self.lines(person), beside)


def month(asking: Asking, first: date) -> Month:
    """Everybody in the month that begins on `first`."""
    kpis = asking.kpis()
    answer = evaluate(asking.reader, asking.catalogue, query(kpis, first), asking.targets)
    return Month(asking, kpis, answer, roster(asking.reader, month_end(first)), first)


def beside(everybody: Month, name: str, *, private: bool) -> Beside:
    """The team's figures for one person's page. `everybody`: a month asked without a scope.

    `private`: for somebody who may not see the others, so that nothing is told over fewer than five people.
    """
    fewest, asking = PRIVATE if private else OPEN, everybody.asking
    better = {kpi.id: kpi.better for kpi in everybody.kpis}
    medians = peers(everybody.answer.frame, everybody.people, name, everybody.first, better, fewest)
    kpis = divisible(everybody.kpis, asking.reader, asking.catalogue)
    known = [group for group, _ in groups(everybody.people, name) if group[0] != "role"]  # a role has no result
    if private and len(known) > 1:
        known = [group for group in known if group[0] != EVERYBODY]  # less a team's, it would tell a smaller one's
    for group in known:
        found = parts(asking.reader, asking.catalogue, asking.targets, kpis, group, everybody.first)
        own = _own(found, name, PRIVATE if private else 1)
        if own:
            return Beside(medians, own, group)
    return Beside(medians)


def _own(found: Mapping[str, Sequence[Part]], name: str, fewest: int) -> dict[str, Part]:
    """The person's own parts of what at least so many people make."""
    return {kpi: part for kpi, all_ in found.items() for part in all_ if part.member == name and part.people >= fewest}


def months_of(reader: Reader) -> tuple[date, date] | None:
    """First days of the first and the latest month anything of a person is loaded for."""
    known = _of_people(reader)
    first = [r.first_day for r in known if r.first_day and r.name != "staff"]
    last = [r.data_until for r in known if r.data_until]
    return (min(first).replace(day=1), max(last).replace(day=1)) if first and last else None


def latest(reader: Reader) -> date | None:
    """First day of the latest month that is complete, or of the only one there is; None: nothing is loaded."""
    known = months_of(reader)
    if known is None:
        return None
    first, last = known
    until = max(r.data_until for r in _of_people(reader) if r.data_until)
    return max(first, last if until >= month_end(last) else step(last, "month", -1))


def _of_people(reader: Reader) -> list[Relation]:
    return [r for r in reader.relations().values() if r.live_filter and r.rows and "employee" in r.own]
