"""A JSON file as tables: its lists of objects, however deep they are wrapped.

Invariant: the text is parsed once and whole; what stands beside the lists is counted; nothing is a table that has no
objects.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from data.ingest.read.documents.found import Found, Header, Note, NotOfThisKind
from data.ingest.read.documents.json_records import Laid, Number, Record, flat, list_of_rows, lists_of, rows_of
from data.ingest.read.encoding import detect

_KEYED = 3
"""Objects of one shape under different keys from which on they are taken for a list."""


def json_tables(path: Path) -> list[Found]:
    """Every list of objects in the file; `NotOfThisKind` where it is no JSON or has no object."""
    data = path.read_bytes()
    text = data.decode(detect(data[: 1 << 18]), "replace")
    pairs = _Pairs()
    document = _parsed(text, pairs)
    lists = list(_lists(document, ""))
    if not lists and isinstance(document, dict) and document:
        lists = [("", [document])]
    if not lists:
        raise NotOfThisKind("no object in it")
    beside = _beside(document) if lists[0][1] != [document] else []
    notes = (*_about(beside), *([Note("repeated_keys", pairs.repeated)] if pairs.repeated else []))
    single = len(lists) == 1
    tables = [_table("" if single else name, objects) for name, objects in lists]
    first = tables[0]
    return [Found(first.name, first.header, first.rows, (*notes, *first.notes), records=first.records), *tables[1:]]


class _Pairs:
    """Counts keys that stand twice in one object: only the last value is kept."""

    def __init__(self) -> None:
        self.repeated = 0

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.repeated += len(pairs) - len(made)
        return made


def _parsed(text: str, pairs: _Pairs) -> Any:
    """One JSON value, or one a line."""

    def parse(part: str) -> Any:
        return json.loads(part, object_pairs_hook=pairs, parse_int=Number, parse_float=Number, parse_constant=Number)

    try:
        return parse(text.lstrip("\ufeff"))
    except RecursionError as error:
        raise NotOfThisKind("too deep") from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip("\ufeff \t").startswith("{"):
            raise NotOfThisKind(str(error)) from error
        try:
            return [parse(line) for line in lines]
        except (ValueError, RecursionError):
            raise NotOfThisKind(str(error)) from error


def _lists(value: Any, name: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Lists of objects reached through objects alone, and objects of one shape under keys."""
    if isinstance(value, list):
        if all(isinstance(each, dict) or each is None for each in value) and any(value):
            yield name, value
    elif isinstance(value, dict):
        if (keyed := _keyed(value)) is not None:
            yield name, keyed
            return
        for key, inner in value.items():
            yield from _lists(inner, f"{name}.{key}" if name else key)


def _keyed(value: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """{"101": {…}, "102": {…}} as a list, its keys in a column of their own."""
    inner = list(value.values())
    if len(inner) < _KEYED or not all(isinstance(each, dict) and each for each in inner):
        return None
    if len({frozenset(each) for each in inner}) != 1:
        return None
    return [{"key": key, **each} for key, each in value.items()]


def _beside(value: Any) -> list[str]:
    """Names of plain values that stand beside the lists."""
    if not isinstance(value, dict):
        return []
    names: list[str] = []
    for key, inner in value.items():
        if isinstance(inner, dict):
            names += [f"{key}.{name}" for name in _beside(inner)] if _keyed(inner) is None else []
        elif inner is not None and inner != [] and not (isinstance(inner, list) and list(_lists(inner, key))):
            names.append(key)
    return names


def _about(beside: list[str]) -> Iterator[Note]:
    if beside:
        yield Note("beside_records", len(beside), tuple(beside[:5]), ", ".join(beside[:5]))


def _table(name: str, objects: list[dict[str, Any]]) -> Found:
    records: list[Record] = list(_flattened(objects))
    exploded, laid, header = list_of_rows(records), Laid(lists=lists_of(records)), Header()
    rows = []
    count = len(records)
    for number in range(count):
        for row in rows_of(records[number], exploded, laid):
            header.see(row)
            rows.append((number + 1, row))
        records[number] = {}  # a large file is held once, not twice
    notes = tuple(_layout(laid, exploded, count, len(rows)))
    return Found(name, header.texts, rows, notes, records=count if exploded is not None else None)


def _flattened(objects: list[dict[str, Any]]) -> Iterator[Record]:
    """Each object, let go once it is flat; an empty one holds nothing."""
    objects.reverse()
    while objects:
        if each := objects.pop():
            yield flat(each)


def _layout(laid: Laid, exploded: str | None, records: int, rows: int) -> Iterator[Note]:
    if exploded is not None:
        yield Note("list_rows", records, (), exploded, str(rows))
    for rule, counts in (("lists_added", laid.added), ("lists_joined", laid.joined)):
        if counts:
            yield Note(rule, max(counts.values()), tuple(counts)[:5], ", ".join(sorted(counts)[:8]))
    if laid.without:
        yield Note("empty_lists", laid.without, (), exploded or "")
