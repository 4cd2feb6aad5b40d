"""One staged table on its way into a fact.

Invariant: a `Part` is what a replay needs besides the file itself: the mapping, the source label, the period replaced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.ingest.column_map import Mapping as TableMapping


@dataclass(frozen=True)
class Part:
    """One table of one import."""

    import_id: int
    """Number of the import."""
    number: int
    """Place among the tables of the import, from 0."""
    fact: str
    """Fact it is published to."""
    sheet: str | None
    """Sheet it comes from, where the file has sheets."""
    source: str
    """Label that precedes the keys of rows without account and branch."""
    stem: str
    """The file's name without dates and copy marks, digits kept: what the label was made of."""
    mapping: TableMapping
    """How its columns were read."""
    columns: tuple[str, ...]
    """Columns of the fact it fills."""
    extras: Mapping[str, str]
    """Header as found → column of the fact's table, for what nobody mapped."""
    header: tuple[str, ...]
    """The table's header, for the download of rejected rows."""
    replaces: tuple[date, date] | None = None
    """First and last day of the period of its source that it replaced."""
