"""The facts, read from their TOML files.

Invariant: a `Fact` that was loaded is whole: its key, time and telling columns exist, every header alias and every
word names exactly one column or one canonical word. A schema that is not so does not load at all.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.errors import UnknownName, did_you_mean
from data.message import say
from data.model import DIMENSIONS, Column, Fact
from data.schema.check import SchemaError, check_column, check_fact, check_known
from data.schema.names import normalise

FOLDER = Path(__file__).parent
"""Where the schemas lie."""

NAMES = (
    "orders", "reviews", "checks", "staff", "shifts", "training", "ideas", "surveys",
    "ads", "calls", "expenses", "events", "vacancies", "applicants",
)  # fmt: skip
"""Names of the facts, in the order people are shown them."""


@cache
def facts() -> Mapping[str, Fact]:
    """Every fact by its name, in the order of `NAMES`. `SchemaError` if a schema is wrong."""
    return MappingProxyType({name: read_fact(FOLDER / f"{name}.toml") for name in NAMES})


def fact(name: str) -> Fact:
    """The fact of that name. `UnknownName`, with the closest names, if there is none."""
    if name not in facts():
        raise UnknownName(say("There is no fact {name}.", name=name), hint=did_you_mean(name, facts()))
    return facts()[name]


def read_fact(path: Path, dimensions: Path = FOLDER / "dimensions.toml") -> Fact:
    """One schema file with the shared dimensions added. `SchemaError` says which file and column is wrong."""
    schema = _toml(path)
    check_known(schema, path.name)
    own = dict(schema["columns"])
    shared = {name: _merged(spec, own.pop(name, {})) for name, spec in _dimension_specs(dimensions).items()}
    columns = [_column(name, spec, path.name) for name, spec in own.items()]
    columns += _giving_way([_column(name, spec, path.name) for name, spec in shared.items()], columns)
    lists = {part: tuple(schema[part]) for part in ("key", "time", "happened", "telling")}
    made = Fact(path.stem, schema["title"], schema["grain"], tuple(columns), **lists)
    check_fact(made)
    return made


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"{path.name}: not valid TOML: {error}") from error


def _dimension_specs(path: Path) -> Mapping[str, Any]:
    specs = _toml(path)
    if tuple(specs) != DIMENSIONS:
        raise SchemaError(f"{path.name}: must define exactly {', '.join(DIMENSIONS)}, in this order")
    return {name: {"type": "text", **spec} for name, spec in specs.items()}


def _merged(shared: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """A fact's own words for a dimension come before the shared ones: in a process log «resource» is the employee."""
    return {**shared, **extra, "aliases": [*extra.get("aliases", ()), *shared["aliases"]]}


def _column(name: str, spec: Mapping[str, Any], file: str) -> Column:
    check_column(name, spec, file)
    words = {word: tuple(said) for word, said in spec.get("words", {}).items()}
    return Column(
        name=name,
        type=spec["type"],
        title=spec["title"],
        aliases=_distinct([*spec.get("aliases", ()), name, spec["title"]]),
        words=MappingProxyType(words),
        empty=spec.get("empty"),
        unit=spec.get("unit"),
        sliceable=spec.get("sliceable", False),
    )


def _distinct(aliases: list[str]) -> tuple[str, ...]:
    """Without spellings that are compared equal; the first, the preferred one, stays."""
    first: dict[str, str] = {}
    for alias in aliases:
        first.setdefault(normalise(alias), alias)
    return tuple(first.values())


def _giving_way(dimensions: list[Column], own: list[Column]) -> list[Column]:
    """A header that names an own column of the fact is not also a shared dimension («Категория» of expenses)."""
    taken = {normalise(alias) for column in own for alias in column.aliases}
    return [
        Column(d.name, d.type, d.title, tuple(a for a in d.aliases if normalise(a) not in taken), d.words)
        for d in dimensions
    ]
