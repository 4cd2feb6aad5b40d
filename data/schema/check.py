"""What must hold of a schema.

Invariant: each check raises `SchemaError` with the file, the column and what is wrong; none changes anything.
"""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from data.model import Column, ColumnType, Fact
from data.schema.names import normalise, normalise_word

_PARTS = {"title": str, "grain": str, "key": list, "time": list, "happened": list, "telling": list, "columns": dict}
_COLUMN_PARTS = frozenset({"type", "title", "aliases", "words", "empty", "unit", "sliceable"})


class SchemaError(ValueError):
    """A schema file is wrong: a mistake of whoever edited it, not of a person with a spreadsheet."""


def check_known(schema: Mapping[str, Any], file: str) -> None:
    """The file has every part a fact needs, and no other."""
    for part, kind in _PARTS.items():
        if not isinstance(schema.get(part), kind):
            raise SchemaError(f"{file}: {part} is missing or not a {kind.__name__}")
    _no_others(schema, _PARTS, file)


def check_column(name: str, spec: Mapping[str, Any], file: str) -> None:
    """One `[columns.NAME]` table is complete and says nothing its type cannot have."""
    where = f"{file}: column {name}"
    _no_others(spec, _COLUMN_PARTS, where)
    if spec.get("type") not in get_args(ColumnType):
        raise SchemaError(f"{where}: type must be one of {', '.join(get_args(ColumnType))}")
    if not spec.get("title"):
        raise SchemaError(f"{where}: title is missing")
    if any(not normalise(alias) for alias in spec.get("aliases", ())):
        raise SchemaError(f"{where}: an alias says nothing once normalised")
    _check_words(spec, where)
    _check_empty(spec, where)


def check_fact(fact: Fact) -> None:
    """Key, time, happened and telling columns exist; times are times; aliases are unambiguous."""
    names = {column.name for column in fact.columns}
    for part in ("key", "time", "happened", "telling"):
        unknown = [name for name in getattr(fact, part) if name not in names]
        if unknown:
            raise SchemaError(f"{fact.name}: {part} names {', '.join(unknown)}, which is no column")
    for name in (*fact.time, *fact.happened):
        if fact.column(name).type not in ("time", "date"):
            raise SchemaError(f"{fact.name}: {name} places rows in time but is of type {fact.column(name).type}")
    _check_aliases(fact)


def _check_aliases(fact: Fact) -> None:
    seen: dict[str, Column] = {}
    for column in fact.columns:
        for alias in column.aliases:
            other = seen.setdefault(normalise(alias), column)
            if other is not column:
                raise SchemaError(f"{fact.name}: «{alias}» means both {other.name} and {column.name}")


def _check_words(spec: Mapping[str, Any], where: str) -> None:
    words: Mapping[str, list[str]] = spec.get("words", {})
    if (spec["type"] == "word") != bool(words) and spec["type"] != "boolean":
        raise SchemaError(f"{where}: words belong to columns of type word or boolean, and a word column needs them")
    if spec["type"] == "boolean" and not words.keys() <= {"true", "false"}:
        raise SchemaError(f"{where}: words of a boolean are true or false")
    said = [(normalise_word(word), canonical) for canonical, list_ in words.items() for word in [canonical, *list_]]
    meanings = dict(said)
    clash = next((word for word, canonical in said if meanings[word] != canonical), None)
    if clash is not None:
        raise SchemaError(f"{where}: the word «{clash}» has two meanings")


def _check_empty(spec: Mapping[str, Any], where: str) -> None:
    if "empty" not in spec:
        return
    fits = spec["empty"] is False if spec["type"] == "boolean" else spec["empty"] == 0
    if not fits or spec["type"] not in ("number", "money", "boolean"):
        raise SchemaError(f"{where}: empty may only be 0 for a number or false for a boolean")


def _no_others(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    others = sorted(set(table) - set(known))
    if others:
        raise SchemaError(f"{where}: unknown entry {', '.join(others)}")
