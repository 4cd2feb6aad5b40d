"""Formats of known programs, one file each: a module of this folder with a `FORMAT`.

Invariant: a format is recognised by what the table says of itself, and gives a mapping that a person can see and change
like any other.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from data.ingest.column_map import Mapping
from data.message import Message


@dataclass(frozen=True)
class SourceTable:
    """What a format is recognised by."""

    file: str
    """File name."""
    sheet: str | None
    """Sheet name."""
    header: tuple[str, ...]
    """Headers as found."""


@dataclass(frozen=True)
class SourceFormat:
    """A program's export."""

    name: str
    """The program's name."""
    fact: str
    """What its rows are."""
    recognises: Callable[[SourceTable], bool]
    """Whether a table is one of these."""
    completes: Callable[[SourceTable, Mapping], tuple[Mapping, tuple[Message, ...]]]
    """Adds what the headers do not say; and what must be asked."""


@cache
def formats() -> tuple[SourceFormat, ...]:
    """Every format of this folder, by module name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").FORMAT for name in modules)


def source_format(table: SourceTable) -> SourceFormat | None:
    """The format a table is written in, or None."""
    return next((one for one in formats() if one.recognises(table)), None)
