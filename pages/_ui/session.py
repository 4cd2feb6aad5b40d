"""What a page holds while it runs: the store, who is asking, the language, and remembered answers.

Invariant: there is one Store per business and process, made here, whose gate asks who is at work; a Reader is made
anew at every rerun; who is asking is found anew at every rerun, fragment and callback, and once in each; an answer is
remembered under its query, the scope, the versions of data, definitions and targets, and the day, never less.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.access.people import People
from data.access.reader import Reader
from data.access.visitor import FIRST, NOBODY, Visitor, of_link, of_session
from data.model import OWNER, Scope
from data.store.entries import Entries, Mark
from data.store.entries.marks import KINDS
from data.store.gate import Duty
from data.store.replaying import replay_due
from data.store.store import Store
from data.store.workspace import Workspace
from kpi.catalogue import Catalogue
from kpi.command.workspace import business_folder, businesses, workspace_folder
from kpi.compile.rollups import rollups
from kpi.custom.joined import catalogue_of
from kpi.evaluate import Availability, availability, evaluate
from kpi.language import LANGUAGES, Language, language
from kpi.model import Kpi, Query, Result
from kpi.rules import resolve_due
from kpi.target_rows import target_book
from kpi.targets import TargetBook, of_scope
from pages._ui import address, cookie
from pages._ui.answers import Answers, named
from pages._ui.server.door import alone
from pages._ui.server.door.who import alone_in

if TYPE_CHECKING:
    from kpi.charts.palette import Theme

ANSWERS = Answers()
"""What was answered, for all viewers of all businesses of this process."""
_ASKING: ContextVar[Visitor | None] = ContextVar("asking", default=None)
"""Whoever this rerun is for, while it runs."""
SEEN_AS = "as"
"""Part of the address, and of the session: number of the link whose part of the figures an owner looks at."""

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
    theme: "Theme"
    """light or dark."""

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.store.clock().date()

    def may(self, duty: Duty) -> bool:
        """Whether whoever is asking may do what asks for that duty; the gate asks again when they do it."""
        return self.reader.scope.role in ("owner", duty)

    @property
    def shown(self) -> frozenset[tuple[str, str]] | None:
        """The (dimension, member) the scope shows; None: it is limited to none."""
        where = self.reader.scope.where
        return frozenset((name, member) for name, members in where for member in members) if where else None

    def marks(self, kinds: Collection[str] = KINDS) -> tuple[Mark, ...]:
        """The marks of these kinds that are about everybody, or about whom the scope shows."""
        shown, found = self.shown, self.store.entries.marks.all(kinds)
        return tuple(mark for mark in found if shown is None or mark.scope is None or mark.scope in shown)


def visitor() -> Visitor:
    """Who is asking, resolved anew at every rerun, fragment and callback."""
    return _ASKING.get() or found_visitor()


@contextmanager
def asked_once() -> Iterator[None]:
    """Who is asking is found once for what runs inside: a rerun, from its beginning to its end and never longer."""
    begun = _ASKING.set(found_visitor())
    try:
        yield
    finally:
        _ASKING.reset(begun)


def found_visitor() -> Visitor:
    """Who is asking at this moment; an owner who looks at what a link shows is whoever has that link, until they close
    it."""
    asking = real_visitor()
    if asking.scope != OWNER or get_script_run_ctx(suppress_warning=True) is None:
        return asking
    number = st.session_state.get(SEEN_AS)
    if number is None:
        return asking
    entries = entries_of(asking.business)
    link = entries.links.get(number) if entries is not None else None
    if entries is None or link is None:
        return asking
    return replace(asking, scope=of_link(entries, link), name=link.title, person=None, link=link.id)


def real_visitor() -> Visitor:
    """Whose browser it is, from its cookie.

    Once a browser has hung up nobody can be told from anybody: such a rerun sees nothing.
    """
    if not st.context.headers:
        return NOBODY
    token = st.context.cookies.get(cookie.SESSION)
    if token is not None:
        return of_session(people(), entries_of, token)
    if st.context.headers.get(alone.HEADER) != alone.VALUE:
        return NOBODY
    return alone_in(st.context.cookies.get(cookie.BUSINESS, FIRST))


def scope() -> Scope:
    """What whoever is asking may see."""
    return visitor().scope


def store() -> Store:
    """The workspace of the business that is looked at."""
    return store_of(visitor().business)


def folder() -> Path:
    """The folder of the installation."""
    return workspace_folder()


def store_of(business: str) -> Store:
    """The one Store of a business in this process."""
    return _store(str(business_folder(business)))


def entries_of(business: str) -> Entries | None:
    """What was entered in a business; None: there is none of that name."""
    return store_of(business).entries if business in businesses() else None


def people() -> People:
    """Who may come in."""
    return _people(str(workspace_folder()))


@st.cache_resource(show_spinner=False)
def _people(folder: str) -> People:
    Workspace(Path(folder)).prepare()
    opened = People(Path(folder))
    opened.gate.kept_by(_may)
    return opened


@st.cache_resource(show_spinner=False)
def _store(folder: str) -> Store:
    opened = Store.open(Path(folder))
    opened.gate.kept_by(_may)
    if not opened.shared:
        opened.ahead.want(lambda: rollups(opened))
    return opened


def _may(duty: Duty, what: str) -> bool:
    """Whether whoever is at work may write, and a line in the log. What no screen asked for is not asked about."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return True
    asking = found_visitor()
    allowed = asking.scope.role == "owner" or (duty == "lead" and asking.scope.role == "lead")
    if allowed and asking.is_known:
        people().deeds.note(asking.business, asking.name, "changed", what)
    return allowed and asking.is_known


def reopen(business: str) -> None:
    """A business is closed and opened anew; whoever reads it at that moment is told to try again."""
    store_of(business).close()
    people().close()
    for cache in (_store, _people, ANSWERS):  # versions of the data begin anew
        cache.clear()
    store_of(business)


def close() -> None:
    """Close the Stores and the people's file."""
    for name in businesses():
        store_of(name).close()
    people().close()
    for cache in (_store, _people, ANSWERS):
        cache.clear()


def words() -> Language:
    """The language of the address, else of the browser."""
    chosen = address.one("lang", LANGUAGES)
    return language(chosen or st.context.locale or "en")


def view() -> View:
    """Everything a page needs, resolved for this rerun."""
    asked_by = visitor()
    opened, asking = store_of(asked_by.business), asked_by.scope
    definitions = catalogue_of(opened)
    return View(opened, Reader(opened, asking), definitions, targets(opened, asking), words(), theme())


def targets(opened: Store, asking: Scope = OWNER) -> TargetBook:
    """The targets, made anew when one changes, and every day and with every change of the data: rules are due then."""
    folder, today = str(opened.workspace.folder), opened.clock().date()
    due = (folder, opened.data_version, today)
    ANSWERS.of(("answers", folder, today), lambda: replay_due(opened))
    ANSWERS.of(("rules", *due, opened.entries.version), lambda: resolve_due(opened, catalogue_of(opened)))
    now = (*due, opened.entries.version)
    book: TargetBook = ANSWERS.of(("targets", *now, asking), lambda: of_scope(target_book(opened), asking))
    return book


def theme() -> "Theme":
    """The theme this person sees."""
    return "dark" if st.context.theme.type == "dark" else "light"


def kept(view: View, question: object, make: Callable[[], Kept]) -> Kept:
    """What `make` answers to a question, remembered between reruns and viewers of one scope; never change it."""
    return ANSWERS.of(_asked(view, question), make)  # type: ignore[no-any-return]


def is_kept(view: View, question: object) -> bool:
    """Whether the answer to a question is at hand."""
    return ANSWERS.holds(_asked(view, question))


def _asked(view: View, question: object) -> tuple[object, ...]:
    versions = (view.store.workspace.folder, view.reader.data_version, view.kpis.version, view.targets.version)
    return (named(question), view.reader.scope, versions, view.today)


def forget() -> None:
    """Remembered answers and what this person was doing are gone: there is nothing any more that they are about."""
    ANSWERS.clear()
    st.session_state.clear()


def ask(view: View, query: Query) -> Result:
    """The answer to a query."""
    return kept(view, query, lambda: evaluate(view.reader, view.kpis, query, view.targets))


def available(view: View) -> Mapping[str, Availability]:
    """KPI id → whether it can be computed here."""
    return kept(view, "available", lambda: availability(view.reader.relations(), view.kpis))


def is_empty(view: View) -> bool:
    """Whether nothing is loaded."""
    return kept(view, "empty", lambda: not any(one.rows for one in view.reader.relations().values()))


def members(view: View, dimension: str) -> tuple[str, ...]:
    """Members of a dimension, sorted."""
    return kept(view, ("members", dimension), lambda: tuple(view.reader.members(dimension)))


def computable(view: View) -> tuple[Kpi, ...]:
    """The KPIs people can see and the data can answer, in the order of the catalogue."""
    able = {id_ for id_, found in available(view).items() if found.computable}
    return kept(view, "computable", lambda: tuple(kpi for kpi in view.kpis.visible() if kpi.id in able))
