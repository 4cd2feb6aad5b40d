"""What cleaning gives to the store."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date

from data.ingest.column_map import Mapping
from data.model import Fact, Finding


@dataclass(frozen=True)
class ImportOptions:
    """What a person said about the files they brought."""

    account: str | None = None
    """Account of every row that names none."""
    branch: str | None = None
    """Branch of every row that names none."""
    source: str | None = None
    """Label that precedes keys without account and branch; None: made from the file name."""
    replace_period: bool = False
    """Rows of the same source within the file's period give way to it."""
    covers: tuple[date, date] | None = None
    """First and last day for which the files tell everything: rows of the same source in them give way."""
    arrival: str | None = None
    """What brought them, where they came by themselves: what comes once more is another import, content or not."""
    again: bool = False
    """It is meant to be loaded although the same content is loaded for another account or branch."""
    today: date | None = None
    """The day checks call today; None: the computer's."""


@dataclass(frozen=True)
class Staged:
    """One cleaned table, ready to be published."""

    fact: Fact
    """What its rows are."""
    table: str
    """TEMP relation: `_line`, `_version`, typed columns, extras."""
    columns: tuple[str, ...]
    """Columns of the fact in it."""
    extras: MappingOf[str, str]
    """Header as found → column of it."""
    rejects: str
    """TEMP table of the rows not loaded: line, reason, rule, c0…cn."""
    rows_in: int
    """Records: rows of the table, after unpivoting where there was one."""
    rejected: int
    """Rows of `rejects`."""
    fan_out: tuple[int, int] | None
    """Table rows → records, where the table was wide."""
    findings: tuple[Finding, ...]
    """Everything that was seen and done, reading included."""
    mapping: Mapping
    """The mapping as it was applied."""
    steps: tuple[str, ...]
    """Names of the steps in the order they ran."""
    key: tuple[str, ...]
    """Columns that identify a row: the mapping's, else the fact's."""
