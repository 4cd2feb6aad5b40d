"""What is to be said about a set of key KPIs, each with what to do about it (pure).

Invariant: whatever is proposed can be computed here; advice names a fact of the set, never a taste. Sources: three to
nine (Parmenter, Key Performance Indicators: few enough to stay in mind), balance over groups (Kaplan and Norton, The
Balanced Scorecard), a counter-KPI for each that can be gamed (Grove, High Output Management: paired indicators).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from typing import Literal

from data.message import Message, say, say_n
from kpi.catalogue import Catalogue
from kpi.coach.moved import has_moved
from kpi.key import FEWEST, GROUPS, MOST, PREFERRED
from kpi.model import Kpi

Kind = Literal["few", "many", "group", "counter", "uncomputable", "still", "unseen"]
UNSEEN = timedelta(days=91)
"""A quarter: who does not look at a KPI for so long does not need it."""


@dataclass(frozen=True)
class Action:
    """A change of the set, ready to be accepted."""

    add: tuple[str, ...] = ()
    """KPIs to choose."""
    remove: tuple[str, ...] = ()
    """KPIs to let go."""


@dataclass(frozen=True)
class Advice:
    """One thing to say."""

    kind: Kind
    """What it is about."""
    kpi: str | None
    """The KPI it is about; None: the whole set."""
    message: Message
    """What is seen."""
    why: Message | None = None
    """Why it matters."""
    actions: tuple[Action, ...] = ()
    """What can be done, the best first; none: nothing that can be computed here helps."""


@dataclass(frozen=True)
class Known:
    """What the coach knows."""

    chosen: tuple[str, ...]
    """The key KPIs, in their order."""
    catalogue: Catalogue
    """The definitions."""
    computable: frozenset[str]
    """Ids of the KPIs that can be computed here."""
    today: date
    """The clock's day."""
    courses: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """KPI id → its complete months, in time order (NaN: no value)."""
    looked: Mapping[str, date] = field(default_factory=dict)
    """KPI id → the last day somebody looked at it."""
    looking_since: date | None = None
    """First day looks were noted; None: none was yet."""

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The definitions of what was chosen."""
        return tuple(self.catalogue.get(name) for name in self.chosen if name in self.catalogue)

    def free(self, name: str) -> bool:
        """Whether a KPI could be added."""
        return name in self.computable and name not in self.chosen


def advise(known: Known) -> tuple[Advice, ...]:
    """Everything there is to say, the most important first."""
    rules = (_uncomputable, _size, _groups, _counters, _still, _unseen)
    return tuple(chain.from_iterable(rule(known) for rule in rules))


def _uncomputable(known: Known) -> list[Advice]:
    return [
        Advice(
            "uncomputable", kpi.id, say("{kpi} cannot be computed from what is loaded.", kpi=_title(kpi)),
            actions=(Action(remove=(kpi.id,)),),
        )
        for kpi in known.kpis if kpi.id not in known.computable
    ]  # fmt: skip


def _size(known: Known) -> list[Advice]:
    n = len(known.chosen)
    if n < FEWEST:
        told = say_n("{n} key KPI is too few to see the whole: choose three to nine.",
                     "{n} key KPIs are too few to see the whole: choose three to nine.", n)  # fmt: skip
        missing = [name for name in _preferred(known) if known.free(name)][: FEWEST - n]
        return [Advice("few", None, told, actions=tuple(Action(add=(name,)) for name in missing))]
    if n <= MOST:
        return []
    told = say("{n} key KPIs are too many to look at every week: nine or fewer stay in mind.", n=n)
    why = say("Let go what tells least: what did not move, or a second one of a group.")
    spare = [kpi.id for kpi in _least_telling(known)][: n - MOST]
    return [Advice("many", None, told, why, tuple(Action(remove=(name,)) for name in spare))]


def _groups(known: Known) -> list[Advice]:
    """The groups nobody watches, once there is a set at all."""
    if not known.chosen:
        return []
    areas = {kpi.area for kpi in known.kpis}
    found = []
    for group in GROUPS:
        if group not in areas:
            told = say("No key KPI for: {group}.", group=Message(group.capitalize()))
            why = say("What nobody watches gets worse unseen.")
            best = [name for name in _preferred(known) if known.free(name) and known.catalogue.get(name).area == group]
            found.append(Advice("group", None, told, why, tuple(Action(add=(name,)) for name in best[:2])))
    return found


def _counters(known: Known) -> list[Advice]:
    """KPIs that can be improved at the cost of something nobody looks at.

    One counter-KPI is enough for each, and what stands beside another KPI needs none of its own.
    """
    found, beside = [], {counter.kpi for kpi in known.kpis for counter in kpi.counter}
    for kpi in (kpi for kpi in known.kpis if kpi.id not in beside):
        open_ = [counter for counter in kpi.counter if known.free(counter.kpi)]
        if open_ and not any(counter.kpi in known.chosen for counter in kpi.counter):
            told = say(
                "{kpi} alone can be gamed: watch {other} beside it.", kpi=_title(kpi),
                other=_title(known.catalogue.get(open_[0].kpi)),
            )  # fmt: skip
            actions = tuple(Action(add=(counter.kpi,)) for counter in open_)
            found.append(Advice("counter", kpi.id, told, Message(open_[0].why), actions))
    return found


def _still(known: Known) -> list[Advice]:
    found = [kpi for kpi in known.kpis if has_moved(known.courses.get(kpi.id, ())) is False]
    told = say("Not moved for a quarter, only the usual ups and downs: {kpis}.", kpis=_titles(found))
    why = say("Each is under control, or nobody works on it. Review whether another KPI should have its place.")
    return [Advice("still", None, told, why, _letting_go(found))] if found else []


def _unseen(known: Known) -> list[Advice]:
    """Only once looks have been noted for a quarter."""
    if known.looking_since is None or known.today - known.looking_since < UNSEEN:
        return []
    found = [kpi for kpi in known.kpis if known.today - known.looked.get(kpi.id, date.min) > UNSEEN]
    told = say("Nobody has opened for a quarter: {kpis}.", kpis=_titles(found))
    why = say("A KPI nobody acts on is no key KPI.")
    return [Advice("unseen", None, told, why, _letting_go(found))] if found else []


def _letting_go(kpis: Sequence[Kpi]) -> tuple[Action, ...]:
    return tuple(Action(remove=(kpi.id,)) for kpi in kpis)


def _titles(kpis: Sequence[Kpi]) -> tuple[Message, ...]:
    return tuple(_title(kpi) for kpi in kpis)


def _preferred(known: Known) -> list[str]:
    """What is worth adding, the group with the fewest first."""
    areas = [kpi.area for kpi in known.kpis]
    names = [name for name in PREFERRED if name in known.catalogue]
    return sorted(names, key=lambda name: areas.count(known.catalogue.get(name).area))


def _least_telling(known: Known) -> list[Kpi]:
    """What was chosen, what tells least first."""
    areas = [kpi.area for kpi in known.kpis]

    def rank(kpi: Kpi) -> tuple[bool, bool, int]:
        moved = has_moved(known.courses.get(kpi.id, ()))
        return kpi.id in known.computable, moved is not False, -areas.count(kpi.area)

    places = {kpi.id: place for place, kpi in enumerate(known.kpis)}
    return sorted(known.kpis, key=lambda kpi: (*rank(kpi), -places[kpi.id]))


def _title(kpi: Kpi) -> Message:
    return Message(kpi.title)
