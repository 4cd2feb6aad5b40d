"""Values of this package as JSON, for a snapshot.

Invariant: what was written reads back equal, money included: a Decimal travels as text. A field this version does not
know is left out, one an older version did not know takes its default.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A value as JSON."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[T], value: Any) -> T:
    """The value of a type that a JSON value holds."""
    return cast(T, _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is Mapping:
        return {name: _read(get_args(kind)[1], item) for name, item in value.items()}
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return kind(**_fields(kind, value)) if isinstance(kind, type) and is_dataclass(kind) else value


def _fields(kind: type, value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(type_, value[name]) for name, type_ in _hints(kind).items() if name in value}


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)
