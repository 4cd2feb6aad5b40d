"""What identifies a row.

Invariant: `_key` depends only on the row's own cells, its source label and — for rows without a key — its ordinal among
equal rows of its file; never on the import, so two uploads of one row agree. It is md5, which no version of DuckDB
changes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.model import Fact
from data.store.identifiers import literal, quoted

KEY = "DECIMAL(38,0)"
"""Type of a key as it is kept: Parquet holds it exactly, where it would make a floating number of a UHUGEINT."""

_STANDS_FOR: Mapping[tuple[str, str], str] = {
    ("staff", "valid_from"): "hired_on",
    ("ads", "period_end"): "period_start",
}
"""Key columns whose empty cell has a meaning of its own."""

_MAY_BE_EMPTY = frozenset({("ads", "account"), ("events", "lifecycle"), ("staff", "valid_from")})
"""Key columns without which the row is identified all the same."""

_ORDINALS = frozenset({"events"})
"""Facts whose equal rows in one file are several things that happened."""


@dataclass(frozen=True)
class KeyRule:
    """How the rows of one staged table are identified."""

    identified: str
    """SQL: the row carries its key."""
    key: str
    """SQL: the key of an identified row; `$label` is the source label."""
    cells: str
    """SQL: the hash of all cells, for a row without a key."""
    fingerprint: str
    """SQL: a cheap hash of what the key is made of; rows with different ones have different keys."""
    counted: bool
    """Rows with one key are told apart by their ordinal even where they carry the key."""
    possible: bool
    """Some row may carry a key: the columns are there."""
    number: str | None
    """The column that alone is required, where there is only one: often a number that grows from row to row."""


def key_rule(fact: Fact, key: Sequence[str], columns: Collection[str], extras: Collection[str]) -> KeyRule:
    """The rule for a staged table with these columns of the fact and these extras."""
    prefix = _prefix(columns)
    required = [name for name in key if (fact.name, name) not in _MAY_BE_EMPTY]
    possible = all(_known(fact, name, columns) for name in required)
    parts = [_part(fact, name, columns, name in required) for name in key]
    identified = " and ".join(f"{_cell(fact, name, columns)} is not null" for name in required)
    cells = [f"{literal(f'{name}=')} || cast({quoted(name)} as varchar)" for name in sorted({*columns, *extras})]
    return KeyRule(
        identified=(identified or "true") if possible else "false",
        key=_hash([prefix, *parts]),
        fingerprint=f"hash({', '.join(_owners(columns) + parts)})",
        cells=_hash([prefix, "'-'", *(_escaped(cell) for cell in cells)]),
        counted=fact.name in _ORDINALS,
        possible=possible,
        number=quoted(required[0]) if len(required) == 1 and required[0] in columns else None,
    )


def ordinal_key(key: str, ordinal: str) -> str:
    """SQL: the key of the n-th of several equal rows; the first keeps the hash of its cells."""
    return f"case when {ordinal} = 1 then {key} else md5_number({key} || '#' || {ordinal}) end"


def kept(number: str) -> str:
    """SQL: a key as it is kept: the first 126 of its 128 bits."""
    return f"cast({number} >> 2 as {KEY})"


def labelled(columns: Collection[str]) -> str:
    """SQL: the row's key is preceded by the source label, for want of an account and a branch."""
    given = [f"{name} is null" for name in ("account", "branch") if name in columns]
    return " and ".join(given) or "true"


def _prefix(columns: Collection[str]) -> str:
    owners = [f"coalesce({name}, '')" if name in columns else "''" for name in ("account", "branch")]
    if owners == ["''", "''"]:
        return "'s:' || $label"
    return f"case when {labelled(columns)} then 's:' || $label else 'o:' || {owners[0]} || chr(30) || {owners[1]} end"


def _owners(columns: Collection[str]) -> list[str]:
    return [name for name in ("account", "branch") if name in columns] or ["0"]


def _known(fact: Fact, name: str, columns: Collection[str]) -> bool:
    return name in columns or _STANDS_FOR.get((fact.name, name)) in columns


def _cell(fact: Fact, name: str, columns: Collection[str]) -> str:
    stand_in = _STANDS_FOR.get((fact.name, name))
    cells = [quoted(column) for column in (name, stand_in) if column is not None and column in columns]
    return f"coalesce({', '.join(cells)})" if len(cells) > 1 else (cells[0] if cells else "null")


def _part(fact: Fact, name: str, columns: Collection[str], required: bool) -> str:
    cell = f"cast({_cell(fact, name, columns)} as varchar)"
    return cell if required else f"coalesce({cell}, chr(30))"


def _escaped(cell: str) -> str:
    """A unit separator inside a cell must not look like the one between cells."""
    return f"replace({cell}, chr(31), chr(30))"


def _hash(parts: Sequence[str]) -> str:
    return f"md5_number(concat_ws(chr(31), {', '.join(parts)}))"
