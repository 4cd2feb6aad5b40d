"""What a formula gives, before anybody enters it.

Invariant: the figures are those the KPI would have, counted by the same evaluator; nothing is entered or kept.
"""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data.access.reader import Reader
from data.message import Message, say
from data.model import OWNER, Scope
from data.store.entries import CustomKpi
from data.store.readable import Unkept
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.compile import add_months
from kpi.custom.binding import Known, known
from kpi.custom.changes import DRAFT, drafted
from kpi.custom.definition import Made
from kpi.custom.inference import least_rows, unit_of
from kpi.custom.joined import catalogue_of
from kpi.custom.vocabulary import extras_of, tables
from kpi.evaluate import evaluate
from kpi.model import Kpi, Query, Unit
from kpi.target_rows import target_book

PERIODS = 13
"""Months shown: a year, and the same month of the last."""


@dataclass(frozen=True)
class Told:
    """What a formula says of itself."""

    made: Made
    """Its definition."""
    catalogue: Catalogue
    """The workspace's KPIs with this one."""
    unit: Unit | None
    """Its unit, where it tells one."""
    min_rows: int
    """Rows below which it should not be judged."""

    @property
    def kpi(self) -> Kpi:
        """The KPI."""
        return self.made.kpi


@dataclass(frozen=True)
class Preview:
    """What a KPI would show."""

    frame: pd.DataFrame
    """Its months, the last with data being the last (columns of RESULT_COLUMNS)."""
    now: date | None = None
    """Until when its data go."""
    notes: tuple[Message, ...] = ()
    """What the reader must know."""
    unavailable: Message | None = None
    """Why there are no months."""


def known_in(store: Store) -> Known:
    """What a formula of this workspace can name."""
    return known(tables(extras_of(store.relations())), catalogue_of(store))


def told(store: Store, formula: str, said: CustomKpi | None = None) -> Told:
    """What a formula says of itself. `UserError` says what is wrong. `said`: all else that is known of the KPI."""
    draft = replace(said or _NOTHING_ELSE, formula=formula)
    whole, made = drafted(store, draft if draft.kpi else replace(draft, kpi=DRAFT))
    every = tables(extras_of(store.relations()))
    return Told(made, whole.catalogue, unit_of(made.tree, whole.catalogue.get, every), least_rows(made.tree))


def preview(store: Store, what: Told, scope: Scope = OWNER) -> Preview:
    """The last months of a KPI nobody entered yet."""
    reader = Reader(Unkept(store), scope)
    ends = [relation.data_until for relation in reader.relations().values() if relation.data_until]
    if not ends:
        return Preview(pd.DataFrame(), unavailable=say("Nothing is loaded yet."))
    since = add_months(max(ends).replace(day=1), 1 - PERIODS)
    query = Query((what.kpi.id,), since, None, "month", compare=("previous", "year"))
    result = evaluate(reader, what.catalogue, query, target_book(store))
    months = result.frame[result.frame["is_total"].astype(bool)]
    id_ = what.kpi.id
    return Preview(months, result.now.get(id_), result.notes.get(id_, ()), result.unavailable.get(id_))


_NOTHING_ELSE = CustomKpi("", "…", "", "", "operations", "count", "higher")
