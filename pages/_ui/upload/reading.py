"""What we think a dropped file holds, and what the person made of it.

Invariant: a file is read once per drop; a correction never touches another column's entry, and what is loaded is
exactly the mapping whose preview the person saw.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from data.errors import UserError
from data.ingest.clean.cleaned import is_dated
from data.ingest.column_map import ColumnMap, Mapping, find_header
from data.ingest.pipeline import Proposal, preview, propose
from data.ingest.staged import ImportOptions
from data.store.elsewhere import LoadedElsewhere
from data.store.sources import SourceQuestion
from data.store.writer import Job
from pages._ui.session import View
from pages._ui.upload.inbox import Arrival

READINGS = "_readings"
_ASIDE = re.compile(
    r"инструкц|справк|памятк|образец|пример|легенд|описани|содержани|печат|readme|help|notes?\b|print", re.I
)
"""Names of sheets that explain or print rather than record."""


@dataclass
class Check:
    """What loading a file would change, as the writer computes it."""

    question: str
    """The reading, options and data it is about."""
    job: Job
    """The rehearsal."""

    @property
    def running(self) -> bool:
        """It is not over yet."""
        return self.job.state in ("queued", "running")


@dataclass
class Reading:
    """One file with its tables."""

    arrival: Arrival
    """The file."""
    tables: list[Proposal]
    """Our reading of each table, corrected where the person did."""
    problem: UserError | None = None
    """Why it could not be read."""
    left: set[str] = field(default_factory=set)
    """Sheets that are not to be loaded."""
    account: str | None = None
    """Account of every row, given by the person."""
    branch: str | None = None
    """Branch of every row, given by the person."""
    source: str | None = None
    """Label of the source, where the person was asked for it."""
    replace_period: bool = False
    """Whether this source's rows of the same period give way."""
    again: bool = False
    """It is to be loaded although the same content is loaded under another name."""
    instead_of: int | None = None
    """The import that is taken back once this one is in: it was loaded under a wrong name."""
    collected: tuple[int, ImportOptions] | None = None
    """Number of the arrival it is, where it came by itself, and what its source gives."""
    check: Check | None = None
    """What loading it would change."""

    @property
    def asks(self) -> bool:
        """Its problem is a question about what is loaded already, with answers to choose from."""
        return isinstance(self.problem, SourceQuestion | LoadedElsewhere)

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """How its tables are read."""
        return tuple(table.mapping for table in self.loaded if table.mapping is not None)

    @property
    def loaded(self) -> list[Proposal]:
        """The tables that are to be loaded."""
        return [table for table in self.tables if table.sheet not in self.left]

    @property
    def options(self) -> ImportOptions:
        """What the person said about the whole file."""
        base = self.collected[1] if self.collected is not None else ImportOptions()
        return replace(
            base, account=self.account, branch=self.branch, source=self.source, replace_period=self.replace_period,
            again=self.again,
        )  # fmt: skip

    @property
    def ready(self) -> bool:
        """Whether every table that is to be loaded has a mapping, and no column of it waits for an answer."""
        return bool(self.loaded) and all(table.mapping is not None and not table.undecided for table in self.loaded)


def readings() -> dict[str, Reading]:
    """The files of this session that are not loaded yet, by upload id."""
    found: dict[str, Reading] = st.session_state.setdefault(READINGS, {})
    return found


def read(view: View, arrival: Arrival) -> Reading:
    """Our reading of a file, made once per drop."""
    kept = readings()
    if arrival.id not in kept:
        try:
            tables = list(propose(view.store.cursor(), arrival.path, remembered=remembered(view)))
            kept[arrival.id] = Reading(arrival, tables, left=unlikely(tables))
        except UserError as error:
            kept[arrival.id] = Reading(arrival, [], error)
    return kept[arrival.id]


def unlikely(tables: Sequence[Proposal]) -> set[str]:
    """Sheets that are left out unless the person wants them: instructions, print-outs, what is not recognised and what
    has no dates, where another sheet is understood."""
    aside = {table.sheet for table in tables if table.sheet is not None and _is_aside(table)}
    return aside if any(table.certain for table in tables) else set()


def _is_aside(table: Proposal) -> bool:
    if table.certain or table.mapping is None:
        return not table.certain
    return _ASIDE.search(table.sheet or "") is not None or not is_dated(table.mapping)


def unhide(view: View, reading: Reading, sheet: str) -> None:
    """Reads a hidden sheet that the person asks for."""
    try:
        found = propose(view.store.cursor(), reading.arrival.path, sheet=sheet, remembered=remembered(view))
        reading.tables += [table for table in found if table.sheet not in {one.sheet for one in reading.tables}]
    except UserError as error:
        reading.problem = error


def remembered(view: View) -> Callable[[str], tuple[Mapping, ...] | None]:
    """How mappings of earlier files are found: by the headers."""
    return view.store.entries.mappings.recall


def correct(view: View, reading: Reading, index: int, mapping: Mapping) -> None:
    """Reads a table again under the person's mapping."""
    sheet = reading.tables[index].sheet
    try:
        reading.tables[index] = preview(view.store.cursor(), reading.arrival.path, mapping, sheet)
        reading.problem = None
    except UserError as error:
        reading.problem = error


def of_fact(view: View, reading: Reading, index: int, fact: str) -> None:
    """Reads a table again as another fact."""
    table = reading.tables[index]
    found = propose(view.store.cursor(), reading.arrival.path, fact=fact, sheet=table.sheet)
    reading.tables[index] = next((one for one in found if one.sheet == table.sheet), found[0])


def with_target(mapping: Mapping, header: str, target: str | None) -> Mapping:
    """The mapping with a source column given to a target, or to none; the target's former source is let go.

    A column of a wide table that is given another target no longer becomes rows, and the other way round.
    """
    kept = tuple(entry for entry in mapping.columns if not _from(entry, header) and entry.target != target)
    wide = mapping.unpivot
    if wide is not None and target == wide.value_to:
        return replace(mapping, columns=kept, unpivot=replace(wide, columns=(*wide.columns, header)))
    if wide is not None:
        rest = tuple(column for column in wide.columns if find_header((header,), column) is None)
        wide = replace(wide, columns=rest) if rest else None
    given = () if target is None else (ColumnMap(target, header),)
    return replace(mapping, columns=(*kept, *given), unpivot=wide)


def _from(entry: ColumnMap, header: str) -> bool:
    return entry.source is not None and find_header((header,), entry.source) is not None


def with_word(mapping: Mapping, target: str, word: str, meaning: str | None) -> Mapping:
    """The mapping with a cell word given a meaning, or none."""
    return _changed(mapping, target, lambda entry: replace(entry, words=_words(entry, word, meaning)))


def with_format(mapping: Mapping, target: str, form: str | None) -> Mapping:
    """The mapping with the way a column's dates or numbers are written."""
    return _changed(mapping, target, lambda entry: replace(entry, format=form))


def _words(entry: ColumnMap, word: str, meaning: str | None) -> dict[str, str]:
    words = {cell: canonical for cell, canonical in entry.words.items() if cell.casefold() != word.casefold()}
    return words if meaning is None else {**words, word: meaning}


def _changed(mapping: Mapping, target: str, change: Callable[[ColumnMap], ColumnMap]) -> Mapping:
    columns = tuple(change(entry) if entry.target == target else entry for entry in mapping.columns)
    return replace(mapping, columns=columns)
