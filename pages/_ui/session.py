"""What a page holds while it runs: the store, who is asking, the language, and remembered answers.

Invariant: there is one Store per workspace and process, made here; a Reader is made anew at every rerun; an answer is
remembered under its query, the scope, the versions of data, definitions and targets, and the day, never less.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from data.access import visitor
from data.access.reader import Reader
from data.model import OWNER, Scope
from data.store.replaying import replay_due
from data.store.store import Store
from kpi.catalogue import Catalogue
from kpi.charts.palette import Theme
from kpi.command.workspace import workspace_folder
from kpi.custom.joined import catalogue_of
from kpi.evaluate import Availability, availability, evaluate
from kpi.language import LANGUAGES, Language, language
from kpi.model import Kpi, Query, Result
from kpi.rules import resolve_due
from kpi.target_rows import target_book
from kpi.targets import TargetBook, of_scope
from pages._ui import address, cookie

ANSWERS_KEPT = 400

Kept = TypeVar("Kept")


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
    """Who is asking, resolved anew at every rerun: whoever shows a link sees what it shows, and nothing else.

    Until accounts exist only this computer is let in (by the middleware), without a link as the owner. Once a browser
    has hung up nobody can be told from anybody: such a rerun sees nothing.
    """
    if not st.context.headers:
        return visitor.NOBODY
    token = st.context.cookies.get(cookie.NAME)
    return OWNER if token is None else visitor.of_token(store().entries, token)


def words() -> Language:
    """The language of the address, else of the browser."""
    chosen = address.one("lang", LANGUAGES)
    return language(chosen or st.context.locale or "en")


def view() -> View:
    """Everything a page needs, resolved for this rerun."""
    opened, asking = store(), scope()
    definitions = catalogue_of(opened)
    book = of_scope(targets(opened), asking)
    return View(opened, Reader(opened, asking), definitions, book, words(), theme())


def targets(opened: Store) -> TargetBook:
    """The targets, made anew when one changes, and every day and with every change of the data: rules are due then."""
    folder, today = str(opened.workspace.folder), opened.clock().date()
    due = (folder, opened.data_version, today)
    _kept(lambda: replay_due(opened), repr(("answers", folder, today)))
    _kept(lambda: resolve_due(opened, catalogue_of(opened)), repr(("rules", *due, opened.entries.version)))
    book: TargetBook = _kept(lambda: target_book(opened), repr(("targets", *due, opened.entries.version)))
    return book


def theme() -> Theme:
    """The theme this person sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def kept(view: View, question: object, make: Callable[[], Kept]) -> Kept:
    """What `make` answers to a question, remembered between reruns and viewers of one scope; never change it."""
    versions = (
        str(view.store.workspace.folder),
        view.reader.data_version,
        view.kpis.version,
        view.targets.version,
        view.today.isoformat(),
    )
    return _kept(make, repr((question, view.reader.scope, versions)))  # type: ignore[no-any-return]


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT)
def _kept(_make: Callable[[], Any], key: str) -> Any:  # noqa: ARG001 - the key is what is remembered by
    return _make()


def forget() -> None:
    """Remembered answers and what this person was doing are gone: there is nothing any more that they are about."""
    _kept.clear()
    st.session_state.clear()


def ask(view: View, query: Query) -> Result:
    """The answer to a query."""
    return kept(view, query, lambda: evaluate(view.reader, view.kpis, query, view.targets))


def available(view: View) -> Mapping[str, Availability]:
    """KPI id → whether it can be computed here."""
    return kept(view, "available", lambda: availability(view.reader.relations(), view.kpis))


def members(view: View, dimension: str) -> tuple[str, ...]:
    """Members of a dimension, sorted."""
    return kept(view, ("members", dimension), lambda: tuple(view.reader.members(dimension)))


def computable(view: View) -> tuple[Kpi, ...]:
    """The KPIs people can see and the data can answer, in the order of the catalogue."""
    found = available(view)
    return tuple(kpi for kpi in view.kpis.visible() if kpi.id in found and found[kpi.id].computable)
