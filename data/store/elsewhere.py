"""Content that is loaded already, once with and once without an account or branch.

Invariant: nothing is loaded twice, named and unnamed, unless a person said so: the same file, or a file most of whose
rows are loaded with the same cells, is asked about before anything is published. Two names that a person gave are two.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from data.errors import UserError
from data.ingest.column_map import Mapping
from data.ingest.staged import ImportOptions
from data.message import Message, say
from data.schema.loader import fact as fact_named
from data.store.codec import same_mapping
from data.store.fact_tables import table_of
from data.store.identifiers import listed, quoted
from data.store.ledger import LedgerEntry
from data.store.part import Part

MOST_EQUAL = 0.5
"""Share of a file's rows that may be loaded under another name before somebody is asked."""
SAMPLE = 1000
"""Rows looked at first."""
SUSPICIOUS = 0.3
"""Share of these that must be loaded under another name for the file to be compared whole."""
FEWEST_COLUMNS = 3
"""Columns that must be equal for two rows to be taken for one."""

Owner = tuple[str | None, str | None]
"""Account and branch."""


class LoadedElsewhere(UserError):
    """The content is loaded already: is it the same, was it loaded under a wrong name, or is it really there twice?"""

    def __init__(self, file: str, given: Owner, there: Owner, import_id: int | None, share: str = "") -> None:
        title = say("The content of {file} is already loaded, {owner}.", file=file, owner=owner_text(there))
        if share:
            title = say("{share} of the rows of {file} are already loaded, {owner}.", share=share, file=file,
                        owner=owner_text(there))  # fmt: skip
        super().__init__(
            title,
            say("Loaded again {owner}, each row would count twice.", owner=owner_text(given)),
            say("Say whether it is the same, was loaded under a wrong name, or really exists twice."),
        )
        self.given = given
        """The account and branch it was to be loaded for."""
        self.there = there
        """The account and branch it is loaded for."""
        self.import_id = import_id
        """The import that loaded it, where it is the same file."""


def owner_text(owner: Owner) -> Message:
    """«for the account A», «without an account»."""
    account, branch = owner
    if account and branch:
        return say("for the account «{account}», branch «{branch}»", account=account, branch=branch)
    if account:
        return say("for the account «{account}»", account=account)
    return say("for the branch «{branch}»", branch=branch) if branch else say("without an account")


def ask_of_file(
    entries: Iterable[LedgerEntry], file: str, sha256: str, mappings: tuple[Mapping, ...], options: ImportOptions
) -> None:
    """`LoadedElsewhere` if the very file counts already, read in the same way, under another name."""
    given = (options.account, options.branch)
    for entry in entries:
        there = (entry.options.account, entry.options.branch)
        if entry.undone or entry.sha256 != sha256 or not _may_be_one(given, there):
            continue
        read = [_nameless(part.mapping) for part in entry.parts]
        if all(any(same_mapping(_nameless(mapping), other) for other in read) for mapping in mappings):
            raise LoadedElsewhere(file, given, there, entry.import_id)


def ask_of_rows(cursor: duckdb.DuckDBPyConnection, part: Part, file: str) -> None:
    """`LoadedElsewhere` if most rows of a table that was just inserted are loaded under another name.

    Asked only where the name was given for the whole file or by nobody: what the rows themselves say is true.
    """
    fact = fact_named(part.fact)
    numbers = [name for name in part.mapping.key or fact.key if name.endswith("_id") and name in part.columns]
    if not numbers or not any(_given(part.mapping, name) for name in _OWNER):
        return
    for columns in _loaded(cursor, part):
        both = sorted((columns & set(part.columns)) - set(_OWNER))
        if len(both) < FEWEST_COLUMNS or not set(numbers) <= set(both):
            continue
        compare = _Comparison(part, table_of(fact), both, numbers[0])
        if _equal(cursor, compare, sampled=True) is None:
            continue
        found = _equal(cursor, compare, sampled=False)
        if found is not None:
            raise LoadedElsewhere(file, found[1], found[2], None, f"{found[0]:.0%}")


@dataclass(frozen=True)
class _Comparison:
    """A table's rows with those of other imports."""

    part: Part
    table: str
    columns: list[str]
    """Columns both have, names left out."""
    number: str
    """The one that tells rows apart."""


def _loaded(cursor: duckdb.DuckDBPyConnection, part: Part) -> list[set[str]]:
    """The different sets of columns that other imports fill."""
    rows = cursor.execute(
        """select distinct list_sort(cast(p.columns as varchar[])) from import_parts p join imports i using (import)
        where p.fact = ? and p.import <> ? and i.undone_at is null""",
        [part.fact, part.import_id],
    ).fetchall()
    return [set(columns) for (columns,) in rows]


def _equal(
    cursor: duckdb.DuckDBPyConnection, compare: _Comparison, *, sampled: bool
) -> tuple[float, Owner, Owner] | None:
    """Share of equal rows under the commonest other name, with both names; None where it is not the most of them."""
    number, cells = quoted(compare.number), listed(compare.columns)
    share = f"hash({number}) % greatest(1, (select count(*) from {compare.table} where _import = $import) // {SAMPLE})"
    row = cursor.execute(
        f"""with mine as (select account, branch, {number} as number, hash({cells}) as cells from {compare.table}
          where _import = $import and {number} is not null {f"and {share} = 0" if sampled else ""}),
        theirs as (select distinct account, branch, hash({cells}) as cells from {compare.table}
          where _live and _import <> $import and {number} in (select number from mine))
        select count(*) / (select count(*) from mine), m.account, m.branch, t.account, t.branch
        from mine m join theirs t using (cells)
        where (m.account is distinct from t.account or m.branch is distinct from t.branch)
          and coalesce(m.account = t.account, true) and coalesce(m.branch = t.branch, true)
        group by m.account, m.branch, t.account, t.branch order by count(*) desc limit 1""",
        {"import": compare.part.import_id},
    ).fetchone()
    if row is None or row[0] <= (SUSPICIOUS if sampled else MOST_EQUAL):
        return None
    return row[0], (row[1], row[2]), (row[3], row[4])


def _may_be_one(given: Owner, there: Owner) -> bool:
    """Different only in that one of them has a name where the other has none."""
    pairs = list(zip(given, there, strict=True))
    return given != there and all(one is None or other is None or one == other for one, other in pairs)


def _given(mapping: Mapping, name: str) -> bool:
    """No column of the file tells it."""
    entry = mapping.target(name)
    return entry is None or entry.constant is not None


_OWNER = ("account", "branch")


def _nameless(mapping: Mapping) -> Mapping:
    """The mapping without an account and branch that were given for every row."""
    for name in _OWNER:
        entry = mapping.target(name)
        if entry is not None and entry.constant is not None:
            mapping = mapping.without(name)
    return mapping
