"""Content that is loaded already, for another account or branch.

Invariant: nothing is loaded twice under two names unless a person said so: the same file, or a file most of whose rows
are loaded with the same cells, is asked about before anything is published.
"""

from collections.abc import Iterable

import duckdb

from data.errors import UserError
from data.ingest.column_map import Mapping
from data.ingest.staged import ImportOptions, Staged
from data.message import Message, say
from data.store.codec import same_mapping
from data.store.fact_tables import table_of
from data.store.identifiers import listed, quoted
from data.store.keys import key_rule
from data.store.ledger import LedgerEntry
from data.store.sources import known_sources

MOST_EQUAL = 0.5
"""Share of a file's rows that may be loaded under another name before somebody is asked."""
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
        if entry.undone or entry.sha256 != sha256 or there == given:
            continue
        read = [_nameless(part.mapping) for part in entry.parts]
        if all(any(same_mapping(_nameless(mapping), other) for other in read) for mapping in mappings):
            raise LoadedElsewhere(file, given, there, entry.import_id)


def ask_of_rows(cursor: duckdb.DuckDBPyConnection, staged: Staged, file: str) -> None:
    """`LoadedElsewhere` if most rows that carry a number of their own are loaded under another name."""
    rule = key_rule(staged.fact, staged.key, staged.columns, staged.extras.values())
    numbers = [name for name in staged.key if name.endswith("_id") and name in staged.columns]
    if not rule.possible or not numbers:
        return
    for known in known_sources(cursor, staged.fact):
        both = sorted((known.columns & set(staged.columns)) - {"account", "branch"})
        if len(both) < FEWEST_COLUMNS or not set(numbers) <= set(both):
            continue
        found = _equal(cursor, staged, known.label, both, rule.identified)
        if found is not None:
            raise LoadedElsewhere(file, found[1], found[2], None, f"{found[0]:.0%}")


def _equal(
    cursor: duckdb.DuckDBPyConnection, staged: Staged, source: str, columns: list[str], identified: str
) -> tuple[float, Owner, Owner] | None:
    """Share of equal rows under the commonest other name, with both names; None where it is not the most of them."""
    mine = ", ".join(quoted(name) if name in staged.columns else f"null::varchar as {name}" for name in _OWNER)
    row = cursor.execute(
        f"""with mine as (select {mine}, hash({listed(columns)}) as cells from {staged.table} where {identified}),
        theirs as (select distinct account, branch, hash({listed(columns)}) as cells
                   from {table_of(staged.fact)} where _live and _source = $source)
        select count(*) / (select count(*) from mine), m.account, m.branch, t.account, t.branch
        from mine m join theirs t using (cells)
        where m.account is distinct from t.account or m.branch is distinct from t.branch
        group by m.account, m.branch, t.account, t.branch order by count(*) desc limit 1""",
        {"source": source},
    ).fetchone()
    if row is None or row[0] <= MOST_EQUAL:
        return None
    return row[0], (row[1], row[2]), (row[3], row[4])


_OWNER = ("account", "branch")


def _nameless(mapping: Mapping) -> Mapping:
    """The mapping without an account and branch that were given for every row."""
    for name in _OWNER:
        entry = mapping.target(name)
        if entry is not None and entry.constant is not None:
            mapping = mapping.without(name)
    return mapping
