"""Formats of known programs, one file each: a module of this folder with a `FORMAT`.

Invariant: a format is recognised by what the table says of itself, and gives a mapping that a person can see and change
like any other.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from functools import cache

from data.ingest.column_map import ColumnMap, Mapping
from data.message import Message
from data.schema.names import normalise


@dataclass(frozen=True)
class SourceTable:
    """What a format is recognised by."""

    file: str
    """File name."""
    sheet: str | None
    """Sheet name."""
    header: tuple[str, ...]
    """Headers as found."""
    cells: MappingOf[str, tuple[str, ...]] = field(default_factory=dict)
    """Header → a sample of its cells."""

    @property
    def names(self) -> frozenset[str]:
        """The headers as they are compared."""
        return frozenset(map(normalise, self.header))

    def has(self, *headers: str) -> bool:
        """Whether the table has all these columns."""
        return self.names.issuperset(map(normalise, headers))

    def called(self, header: str) -> str | None:
        """The first header of the table that is compared equal."""
        return next((text for text in self.header if normalise(text) == normalise(header)), None)

    def sample(self, header: str) -> tuple[str, ...]:
        """Some cells of a column; none where the table has no such column."""
        return self.cells.get(self.called(header) or "", ())


def nothing_to_add(_table: SourceTable, mapping: Mapping) -> tuple[Mapping, tuple[Message, ...]]:
    """What a format completes whose headers say everything."""
    return mapping, ()


@dataclass(frozen=True)
class SourceFormat:
    """A program's export."""

    name: str
    """The program's name."""
    fact: str
    """What its rows are."""
    recognises: Callable[[SourceTable], bool]
    """Whether a table is one of these."""
    maps: Callable[[SourceTable, Mapping], Mapping]
    """The mapping of its documented columns, made from what the headers alone suggest."""
    completes: Callable[[SourceTable, Mapping], tuple[Mapping, tuple[Message, ...]]] = nothing_to_add
    """Adds what only this file says (its name, its dates), to a remembered mapping too; and what must be asked."""


Choice = str | ColumnMap
"""A header, or an entry with more to say."""
Documented = MappingOf[str, Choice | tuple[Choice, ...]]
"""Target column → where it comes from; of several choices the first that the table has."""


def documented(table: SourceTable, mapping: Mapping, known: Documented, *, guesses: bool = False) -> Mapping:
    """The mapping with the columns a format documents; values given for every row stay.

    `guesses`: what headers alone suggested stays too, where no documented column takes its place.
    """
    entries = tuple(entry for target, choices in known.items() for entry in _entry(table, target, choices))
    taken = {entry.target for entry in entries} | {entry.source for entry in entries if entry.source is not None}
    others = (entry for entry in mapping.columns if entry.target not in taken and entry.source not in taken)
    return replace(mapping, columns=(*entries, *(entry for entry in others if guesses or entry.constant)))


def _entry(table: SourceTable, target: str, choices: Choice | tuple[Choice, ...]) -> Iterator[ColumnMap]:
    for choice in choices if isinstance(choices, tuple) else (choices,):
        entry = ColumnMap(target, choice) if isinstance(choice, str) else replace(choice, target=target)
        header = table.called(entry.source) if entry.source is not None else None
        if entry.source is None or header is not None:
            yield replace(entry, source=header) if header is not None else entry
            return


@cache
def formats() -> tuple[SourceFormat, ...]:
    """Every format of this folder, by module name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").FORMAT for name in modules)


def source_format(table: SourceTable) -> SourceFormat | None:
    """The format a table is written in, or None."""
    return next((one for one in formats() if one.recognises(table)), None)
