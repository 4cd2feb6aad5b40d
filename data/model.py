"""The nouns of the data layer: facts and their columns, findings and reports, scopes, relations and statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from data.message import Message
from data.rollup import Rollup, RollupState

ColumnType = Literal["text", "word", "number", "money", "time", "date", "boolean"]
"""text: any text · word: one of a closed list · number: DOUBLE · money: DECIMAL(18,4) · time: TIMESTAMP without zone
· date: DATE · boolean: BOOLEAN."""

DIMENSIONS = ("account", "branch", "team", "role", "employee", "service", "category", "source", "client")
"""The conformed dimensions every fact may carry."""

PEOPLE = ("employee", "booked_by")
"""Columns that hold a person's name."""

SEVERAL = "«several»"
"""The member of what was done by several people or places; no person's name has these marks."""

STAFF_DIMENSIONS = ("team", "branch", "role")
"""Dimensions that come from staff where a row lacks them (by employee, valid at the row's day)."""


FEWEST = 5
"""Fewest people behind anything that is told of what staff answered."""


@dataclass(frozen=True)
class Column:
    """One column of a fact."""

    name: str
    """Public name, also the column's identifier in DuckDB."""
    type: ColumnType
    """What its cells hold."""
    title: str
    """English name for people; msgid of the catalogue domain."""
    aliases: tuple[str, ...] = ()
    """Header texts, Russian and English, that mean this column (compared normalised)."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For type `word`: canonical word → the words people use for it. For `boolean`: extra words of "true"/"false"."""
    empty: bool | int | None = None
    """What an empty cell means where the schema says so; None: unknown."""
    unit: str | None = None
    """Unit of a number (hours, minutes, …), where it has one."""
    sliceable: bool = False
    """An own column that can be sliced by like a dimension."""


@dataclass(frozen=True)
class Fact:
    """One kind of row a business records."""

    name: str
    """Public name (orders, reviews, …)."""
    title: str
    """English name for people."""
    grain: str
    """What one row is, in English."""
    columns: tuple[Column, ...]
    """Own columns, then the dimensions."""
    key: tuple[str, ...]
    """Columns that identify a row (without the account, branch or source that precedes them)."""
    time: tuple[str, ...]
    """Columns of the business date: the first that is not empty."""
    happened: tuple[str, ...]
    """Time columns that record something that happened, not something planned."""
    telling: tuple[str, ...]
    """Columns that make a table recognisable as this fact."""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(c for c in self.columns if c.name == name)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the columns that can be sliced by."""
        return tuple(c.name for c in self.columns if c.sliceable or c.name in DIMENSIONS)


REPAIRS = frozenset(
    {
        "stray_quotes", "padded_rows", "merged_cells", "joined_rows", "control_characters", "line_breaks", "links",
        "unreadable_characters", "excel_serial", "from_amount",
    }
)  # fmt: skip
"""Rules of findings that count rows and cells read otherwise than they were written."""


@dataclass(frozen=True)
class Finding:
    """Something a step saw or did, counted."""

    step: str
    """read, headers, clean, check or publish."""
    severity: Literal["info", "warning", "rejected"]
    """info: done and fine · warning: worth a look · rejected: rows not loaded."""
    column: str | None
    """The source column it is about, as the header spells it."""
    rule: str
    """Stable name of the rule, for tests and downloads."""
    count: int
    """Rows or cells it concerns."""
    examples: tuple[str, ...]
    """Up to five cells or line numbers, as found."""
    message: Message
    """The sentence for a person."""


@dataclass(frozen=True)
class IngestReport:
    """What one table of one import became. rows_in = rows_out + rejected + duplicates + superseded."""

    source: str
    """File name, with the sheet where there are several."""
    fact: str
    """The fact it was published to."""
    rows_in: int
    """Records after title, blank and total rows; after unpivoting where there was one."""
    rows_out: int
    """Rows that are now in the fact because of this import."""
    rejected: int
    """Rows not loaded; each has a finding and can be downloaded."""
    duplicates: int
    """Rows equal to another of the file, or to one already loaded."""
    superseded: int
    """Rows that lost to a higher version of the same key."""
    replaced: int
    """Rows of earlier imports that rows of this one took the place of (not part of the equation)."""
    mapping: Mapping[str, str]
    """Target column → the source column or expression it came from."""
    steps: tuple[str, ...]
    """Names of the steps in the order they ran."""
    findings: tuple[Finding, ...]
    """Everything that was seen and done."""
    period: tuple[date, date] | None
    """First and last business date of rows_out."""
    fan_out: tuple[int, int] | None = None
    """Table rows → records, where a step unpivoted or exploded."""
    import_id: int | None = None
    """Number in the ledger; None for a dry run."""
    changed: int = 0
    """Those of rows_out whose key was loaded with other cells."""
    same: int = 0
    """Those of the duplicates that equal a row already loaded."""

    @property
    def new(self) -> int:
        """Those of rows_out whose key nobody had loaded."""
        return self.rows_out - self.changed

    @property
    def repaired(self) -> int:
        """Rows and cells that were read otherwise than they were written."""
        return sum(finding.count for finding in self.findings if finding.rule in REPAIRS)


Role = Literal["owner", "lead", "viewer"]
"""owner: everything · lead: sees and explores, keeps views and says what happened · viewer: only looks."""
Money = Literal["shown", "rounded", "hidden"]
"""What becomes of sums of money: shown to the kopeck · only rounded values, no rows · not told at all."""
Where = tuple[tuple[str, tuple[str, ...]], ...]
"""Dimension → the only members."""


@dataclass(frozen=True)
class Scope:
    """What somebody may see."""

    role: Role
    """The person's role."""
    pages: frozenset[str] | None = None
    """Pages they may open; None: all."""
    where: Where = ()
    """Dimension → the only members they may see; sorted, so that equal scopes are equal keys."""
    since: date | None = None
    """First day they may see; None: all days."""
    until: date | None = None
    """Last day they may see; None: all days."""
    money: Money = "shown"
    """What they see of money."""


OWNER = Scope("owner")
"""Sees everything."""


@dataclass(frozen=True)
class Relation:
    """A fact or derived relation as it is loaded now: what the compiler may build on."""

    name: str
    """Public name of the relation (orders, visits, …)."""
    table: str
    """Its table in DuckDB."""
    columns: frozenset[str]
    """Columns some live import fills, team, branch and role from staff included where they can be resolved."""
    own: frozenset[str]
    """Columns the table itself holds with values (`columns` less those that only staff can fill)."""
    extras: Mapping[str, str]
    """Unmapped columns kept with the row: header as found → identifier in the table."""
    first_day: date | None
    """First business date; None when empty."""
    data_until: date | None
    """Last day, not after today, on which something happened."""
    rows: int
    """Rows up to data_until."""
    upcoming: int
    """Rows dated later than data_until: shown as upcoming, left out of every KPI."""
    has_lines: bool
    """Some key has several rows (lines): counts are then counts of distinct keys."""
    live_filter: bool
    """The table also holds rows that are not live (facts do, derived relations do not)."""
    complete: frozenset[str] = frozenset()
    """Own columns that no row leaves empty."""
    staffed: bool = False
    """Team, branch and role of its rows can be looked up in `staff_posts` by employee and day."""
    hidden: frozenset[str] = frozenset()
    """Columns that whoever asks may not see in any form."""
    rounded: frozenset[str] = frozenset()
    """Amounts of which whoever asks sees two significant figures."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Spelling of a person → the name it is read as, where spellings were merged (the table `merged_people`)."""

    def tells(self, name: str) -> bool:
        """Whether its rows tell a column: one of its own, or one nobody mapped."""
        return name in self.columns or name in self.extras

    def known_as(self, column: str, members: Iterable[str]) -> tuple[str, ...]:
        """The members of a column as it is read: people asked for by any of their spellings."""
        return tuple(self.names.get(member, member) if column in PEOPLE else member for member in members)


@dataclass(frozen=True)
class Source:
    """A relation already filtered by a scope: the only thing a Statement may read from."""

    relation: Relation
    """What it selects from."""
    scope: Scope
    """Whose rows it is limited to."""
    rollups: tuple[Rollup, ...] = ()
    """What is counted ahead of everybody's rows of it."""


@dataclass(frozen=True)
class Reads:
    """A part of a Statement that reads relations: a SELECT by itself, whose rows come in no order."""

    sql: str
    """Its text, which stands in the Statement's in brackets."""
    given: str = ""
    """What it needs defined before it, as `name as (…)`; reads no relation."""


@dataclass(frozen=True)
class Statement:
    """One SELECT with its parameters, made for one scope."""

    sql: str
    """Text of the SELECT; holds identifiers of the schema and `$name` places, never a person's text."""
    params: Mapping[str, Any]
    """Values of the places."""
    facts: tuple[str, ...]
    """Relations it reads."""
    scope: Scope
    """The scope it was compiled for; a Reader of another scope refuses it."""
    seconds: float | None = None
    """Longest it may run; None: as long as it takes."""
    scans: tuple["Reads", ...] = ()
    """The parts that read relations, where an engine that holds a copy of the data may answer them; what is left is
    arithmetic of their answers. Empty: it is asked of DuckDB as it is."""
    rollups: tuple[RollupState, ...] = ()
    """Rollups it reads, in the state it was made for."""
