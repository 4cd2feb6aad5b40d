"""A JSON value as flat records: objects in objects become «a.b», lists become rows, columns or one cell.

Invariant: numbers keep their digits as text; a list becomes rows only where its objects carry the date and their record
does not; amounts in a list are added and everything else is joined, and both are said.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

JOINED = ", "
JUDGED = 200
"""Records that decide which list becomes rows."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}")
_NAMES = frozenset({"slug", "name", "key", "code", "metric", "title"})
_AMOUNTS = frozenset({"cost", "price", "sum", "total", "paid", "pay", "revenue", "сумма", "стоимость", "цена"})
_WORD = re.compile(r"[a-zа-яё]+")


class Number(str):
    """A number of the file, digit for digit."""


Record = dict[str, Any]
"""Path → text, Number, None, or a list of objects that is still to be laid out."""


@dataclass
class Laid:
    """How the lists within records were laid out."""

    added: Counter[str] = field(default_factory=Counter)
    """Path → records in which numbers of a list were added."""
    joined: Counter[str] = field(default_factory=Counter)
    """Path → records in which texts of a list were joined."""
    without: int = 0
    """Records whose list of rows was empty."""
    lists: frozenset[str] = frozenset()
    """Paths that hold a list of objects in some record: where it is empty, there is no cell."""


def flat(value: Mapping[str, Any], prefix: str = "") -> Record:
    """One object with the objects in it taken apart; lists of objects stay lists."""
    record: Record = {}
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if isinstance(inner, Mapping):
            _put(record, flat(inner, f"{path}."))
        elif _objects(inner) and (pairs := _pairs(inner)) is not None:
            _put(record, {key if key not in value else f"{path}.{key}": text for key, text in pairs.items()})
        elif _objects(inner):
            _put(record, {path: [flat(each) for each in inner]})
        else:
            _put(record, {path: scalar(inner)})
    return record


def _put(record: Record, more: Record) -> None:
    """Add to a record; of two paths that are spelt alike («a.b», and b in a) the later one is marked."""
    for path, value in more.items():
        while path in record:
            path += "'"
        record[path] = value


def scalar(value: Any) -> str | None:
    """A value as text; a list of plain values in one cell."""
    if isinstance(value, list):
        return JOINED.join(filter(None, map(scalar, value))) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return JOINED.join(f"{name}: {scalar(inner)}" for name, inner in value.items()) or None
    return value if isinstance(value, str | None) else str(value)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _pairs(objects: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """[{slug: views, value: 3}, …] as {views: 3}; None where the list is another."""
    pairs: dict[str, Any] = {}
    for each in objects:
        names = [name for name in each if name in _NAMES and isinstance(each[name], str)]
        if len(each) != 2 or "value" not in each or len(names) != 1 or isinstance(each["value"], Mapping | list):
            return None
        pairs[str(each[names[0]])] = scalar(each["value"])
    return pairs if len(pairs) == len(objects) else None


def list_of_rows(records: Sequence[Record]) -> str | None:
    """The list whose objects carry the dates that their records lack: it becomes rows."""
    judged = records[:JUDGED]
    if any(_dated(record) for record in judged):
        return None
    dated: Counter[str] = Counter()
    for record in judged:
        for path, inner in record.items():
            if isinstance(inner, list) and any(map(_dated, inner)):
                dated[path] += len(inner)
    return dated.most_common(1)[0][0] if dated else None


def _dated(record: Record) -> bool:
    """Whether a value of its own is a date: «2026-10-01», or a number of seconds under a name that says so."""
    return any(
        _DATE.match(text) is not None or (_is_moment(text) and _says_time(path))
        for path, text in record.items()
        if isinstance(text, str)
    )


def _is_moment(text: str) -> bool:
    return text.isdecimal() and len(text) in (10, 13)


def _says_time(path: str) -> bool:
    return re.search(r"(?i)date|time|created|updated|timestamp|(?<![a-z])at$|[a-z]At$", path) is not None


def lists_of(records: Sequence[Record]) -> frozenset[str]:
    """Paths that hold a list of objects in some record."""
    return frozenset(path for record in records for path, value in record.items() if isinstance(value, list))


def rows_of(record: Record, exploded: str | None, laid: Laid) -> Iterator[Mapping[str, str | None]]:
    """The record as one row, or as one row for each object of its list."""
    if exploded is None or exploded not in record:
        yield _laid_out(record, laid)
        return
    inner = record[exploded]
    own = _laid_out({path: value for path, value in record.items() if path != exploded}, laid)
    if not isinstance(inner, list):
        laid.without += 1
        return
    for each in inner:
        yield {
            **own,
            **{path if path not in own else f"{exploded}.{path}": v for path, v in _laid_out(each, laid).items()},
        }


def _laid_out(record: Record, laid: Laid) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    for path, value in record.items():
        if isinstance(value, list):
            row |= _together(path, [_laid_out(each, laid) for each in value], laid)
        elif value is not None or path not in laid.lists:
            row[path] = value
    return row


def _together(path: str, objects: Sequence[Mapping[str, str | None]], laid: Laid) -> dict[str, str | None]:
    """A list of objects in the cells of one row: amounts added, the rest joined."""
    row: dict[str, str | None] = {}
    for name in dict.fromkeys(name for each in objects for name in each):
        values = [value for each in objects if (value := each.get(name)) is not None]
        whole = f"{path}.{name}"
        total = _sum(name, values) if len(values) > 1 else None
        row[whole] = total if total is not None else JOINED.join(values) or None
        if len(values) > 1:
            (laid.added if total is not None else laid.joined)[whole] += 1
    return row


def _sum(name: str, values: Sequence[str]) -> str | None:
    words = set(_WORD.findall(name.rsplit(".", 1)[-1].casefold().replace("_", " ")))
    if not words & _AMOUNTS or "per" in words:
        return None
    try:
        return f"{sum(map(Decimal, values)):f}"
    except InvalidOperation:
        return None
