"""What a page holds while it runs: the store, who is asking, the language, and remembered answers.

Invariant: there is one Store per workspace and process, made here; a Reader is made anew at every rerun; an answer is
remembered under its query, the scope, the version of the data, the version of the targets and the day, never less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import streamlit as st

from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.entries import TargetRow
from data.store.store import Store
from kpi.catalogue import Catalogue, catalogue
from kpi.charts.palette import Theme
from kpi.command.workspace import workspace_folder
from kpi.evaluate import Availability, availability, evaluate
from kpi.language import LANGUAGES, Language, language
from kpi.model import Kpi, Query, Result, Target
from kpi.targets import TargetBook
from pages._ui import address

ANSWERS_KEPT = 400


@dataclass(frozen=True)
class View:
    """One rerun of one page for one person."""

    store: Store
    """The workspace."""
    reader: Reader
    """Every question about the data goes through it."""
    kpis: Catalogue
    """The definitions."""
    targets: TargetBook
    """Default and set targets."""
    language: Language
    """The words."""
    theme: Theme
    """light or dark."""

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.store.clock().date()


def store() -> Store:
    """The one store of the workspace in this process."""
    return _store(str(workspace_folder()))


@st.cache_resource(show_spinner=False)
def _store(folder: str) -> Store:
    return Store.open(Path(folder))


def scope() -> Scope:
    """Who is asking. Until accounts exist only this computer is let in (by the middleware), as the owner."""
    return OWNER


def words() -> Language:
    """The language of the address, else of the browser."""
    chosen = address.one("lang", LANGUAGES)
    return language(chosen or st.context.locale or "en")


def view() -> View:
    """Everything a page needs, resolved for this rerun."""
    opened = store()
    definitions = catalogue()
    reader = Reader(opened, scope())
    return View(opened, reader, definitions, targets(opened), words(), theme())


def theme() -> Theme:
    """The theme this person sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def targets(opened: Store) -> TargetBook:
    """The targets people set, before those of the catalogue."""
    rows = [row for row in opened.entries.targets() if row.is_set]
    return TargetBook(tuple(_target(row) for row in rows), version=opened.entries.version)


def _target(row: TargetRow) -> Target:
    sides = (row.good_low, row.good_high, row.ok_low, row.ok_high)
    return Target(*sides, row.kpi, row.valid_from, row.valid_to, row.scope, row.source)


def ask(view: View, query: Query) -> Result:
    """The answer to a query, remembered between reruns and viewers of one scope."""
    key = (query, scope(), view.reader.data_version, view.targets.version, view.today.isoformat())
    return _answer(view, repr(key), query)


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT)
def _answer(_view: View, key: str, _query: Query) -> Result:  # noqa: ARG001 - the key is what is remembered by
    return evaluate(_view.reader, _view.kpis, _query, _view.targets)


def available(view: View) -> Mapping[str, Availability]:
    """KPI id → whether it can be computed here."""
    return _available(view, repr((scope(), view.reader.data_version, view.today.isoformat())))


@st.cache_resource(show_spinner=False, max_entries=16)
def _available(_view: View, key: str) -> Mapping[str, Availability]:  # noqa: ARG001
    return availability(_view.reader.relations(), _view.kpis)


def members(view: View, dimension: str) -> tuple[str, ...]:
    """Members of a dimension, sorted."""
    return _members(view, dimension, repr((scope(), view.reader.data_version)))


@st.cache_resource(show_spinner=False, max_entries=256)
def _members(_view: View, dimension: str, key: str) -> tuple[str, ...]:  # noqa: ARG001
    return tuple(_view.reader.members(dimension))


def computable(view: View) -> tuple[Kpi, ...]:
    """The KPIs people can see and the data can answer, in the order of the catalogue."""
    found = available(view)
    return tuple(kpi for kpi in view.kpis.visible() if kpi.id in found and found[kpi.id].computable)
