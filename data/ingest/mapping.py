"""Mappings as TOML files: what the command line writes for a person to edit, and what it reads back.

Invariant: a mapping that was written reads back equal (but for the confidence of a guess); a file that names something
that does not exist is refused with the key it stands under and the closest known names, never partly applied.
"""

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as MappingOf
from pathlib import Path
from typing import Any

from data.errors import MappingError, UnknownName, did_you_mean
from data.ingest.column_map import ColumnMap, Mapping, Unpivot, find_header, signature
from data.message import say
from data.model import Column, Fact
from data.schema.loader import fact as fact_named

__all__ = [
    "ColumnMap", "Mapping", "Unpivot", "find_header", "parse_mapping", "read_mapping", "signature", "write_mapping",
]  # fmt: skip

_TABLE_KEYS = ("fact", "key", "version", "sheet", "columns", "unpivot")
_COLUMN_KEYS = ("column", "source", "expression", "format", "words", "contains", "otherwise", "constant", "time")
_UNPIVOT_KEYS = ("columns", "name_to", "value_to", "constants")
_BOOLEAN_WORDS = ("true", "false")


def read_mapping(path: Path) -> tuple[Mapping, ...]:
    """The mappings of a TOML file, one a table. `MappingError` says which key is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(say("The mapping file {file} cannot be read.", file=path.name)) from error
    return parse_mapping(text)


def parse_mapping(text: str) -> tuple[Mapping, ...]:
    """The mappings of a TOML text."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(say("The mapping is not valid TOML: {reason}.", reason=str(error))) from error
    several = document.pop("table", None)
    if several is None:
        return (_mapping(document),)
    if document:
        raise _unknown(next(iter(document)), ("table",))
    return tuple(_mapping(_expect(table, dict, "table")) for table in _expect(several, list, "table"))


def _mapping(table: dict[str, Any]) -> Mapping:
    fact = _fact(table)
    columns = dict(_expect(table.get("columns", {}), dict, "columns"))
    columns |= {name: entry for name, entry in table.items() if name not in _TABLE_KEYS}
    known = tuple(column.name for column in fact.columns)
    for name in columns:
        if name not in known:
            raise _unknown(name, (*known, *_TABLE_KEYS))
    return Mapping(
        fact=fact.name,
        columns=tuple(_column(fact.column(name), entry) for name, entry in columns.items()),
        key=_key(table.get("key"), known),
        version=_text(table, "version"),
        unpivot=_unpivot(table.get("unpivot"), known),
        sheet=_text(table, "sheet"),
    )


def _fact(table: MappingOf[str, Any]) -> Fact:
    name = _text(table, "fact")
    if name is None:
        raise MappingError(
            say("The mapping does not say which fact the table holds."), hint=say('Add fact = "orders".')
        )
    try:
        return fact_named(name)
    except UnknownName as error:
        raise MappingError(error.title, hint=error.hint) from error


def _key(entry: Any, known: tuple[str, ...]) -> tuple[str, ...] | None:
    if entry is None:
        return None
    names = (entry,) if isinstance(entry, str) else tuple(_expect(entry, list, "key"))
    for name in names:
        if name not in known:
            raise MappingError(
                say("key names {name}, which is not a column of the fact.", name=name),
                hint=did_you_mean(str(name), known),
            )
    return names


def _column(column: Column, entry: Any) -> ColumnMap:
    where = column.name
    if isinstance(entry, str):
        return ColumnMap(where, entry)
    spec = _expect(entry, dict, where)
    for key in spec:
        if key not in _COLUMN_KEYS:
            raise _unknown(f"{where}.{key}", _COLUMN_KEYS, key)
    source = _text(spec, "column", where) or _text(spec, "source", where)
    expression, constant = _text(spec, "expression", where), _constant(spec.get("constant"), where)
    if sum(given is not None for given in (source, expression, constant)) != 1:
        raise MappingError(say("{key} needs exactly one of column, expression and constant.", key=where))
    return ColumnMap(
        where, source, expression, _text(spec, "format", where), _words(spec.get("words", {}), column),
        _canonical(_text(spec, "otherwise", where), column), constant, _text(spec, "time", where),
        contains=_words(spec.get("contains", {}), column),
    )  # fmt: skip


def _constant(value: Any, where: str) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        raise MappingError(say("{key} must be a text.", key=f"{where}.constant"))
    return None if value is None else str(value)


def _words(entry: Any, column: Column) -> dict[str, str]:
    """Both ways of writing them: `"Готово" = "done"` and `done = ["Готово", "Закрыт"]`."""
    words: dict[str, str] = {}
    for key, value in _expect(entry, dict, f"{column.name}.words").items():
        if isinstance(value, list):
            words |= {str(word): str(_canonical(key, column)) for word in value}
        else:
            words[key] = str(_canonical(_constant(value, f"{column.name}.words"), column))
    return words


def _canonical(word: str | None, column: Column) -> str | None:
    """The word, which must be one of the column's closed list where it has one."""
    known = _BOOLEAN_WORDS if column.type == "boolean" else tuple(column.words)
    if word is None or not known or word in known:
        return word
    raise MappingError(
        say(
            "{column} cannot be «{word}»: its words are {words}.", column=column.name, word=word, words=", ".join(known)
        ),
        hint=did_you_mean(word, known),
    )


def _unpivot(entry: Any, known: tuple[str, ...]) -> Unpivot | None:
    if entry is None:
        return None
    spec = _expect(entry, dict, "unpivot")
    for key in spec:
        if key not in _UNPIVOT_KEYS:
            raise _unknown(f"unpivot.{key}", _UNPIVOT_KEYS, key)
    name_to, value_to = _text(spec, "name_to", "unpivot"), _text(spec, "value_to", "unpivot")
    constants = _expect(spec.get("constants", {}), dict, "unpivot.constants")
    for target in (name_to, value_to, *constants):
        if target not in known:
            raise _unknown(f"unpivot.{target}", known, str(target))
    columns = tuple(str(header) for header in _expect(spec.get("columns", []), list, "unpivot.columns"))
    return Unpivot(columns, str(name_to), str(value_to), {k: str(_constant(v, k)) for k, v in constants.items()})


def _text(table: MappingOf[str, Any], key: str, where: str = "") -> str | None:
    value = table.get(key)
    if value is None or isinstance(value, str):
        return value
    raise MappingError(say("{key} must be a text.", key=f"{where}.{key}" if where else key))


def _expect(value: Any, kind: type, where: str) -> Any:
    if isinstance(value, kind):
        return value
    if kind is dict:
        raise MappingError(say("{key} must be a text or a table.", key=where))
    raise MappingError(say("{key} must be a list.", key=where))


def _unknown(where: str, known: Iterable[str], name: str | None = None) -> MappingError:
    return MappingError(say("The mapping has no entry {key}.", key=where), hint=did_you_mean(name or where, known))


def write_mapping(mappings: Iterable[Mapping]) -> str:
    """A TOML text ready to edit; `parse_mapping` reads it back."""
    tables = tuple(mappings)
    if len(tables) == 1:
        return _HEAD + "\n".join(_lines(tables[0], "")) + "\n"
    return _HEAD + "\n".join("\n".join(["[[table]]", *_lines(table, "table.")]) + "\n" for table in tables)


_HEAD = """\
# Which fact this table holds, and where each of its columns comes from.
# A column is a header of the file, a comparison ("reopen_count > 0"), or a table with any of:
#   column, format ("DD.MM.YYYY", "decimal comma, kopecks"), words ("cell" = "word"), contains ("part" = "word"),
#   otherwise, constant, time.
# docs/mapping-files.md explains every entry.
"""


def _lines(mapping: Mapping, prefix: str) -> list[str]:
    lines = [f"fact = {_quoted(mapping.fact)}"]
    if mapping.sheet is not None:
        lines.append(f"sheet = {_quoted(mapping.sheet)}")
    if mapping.key is not None:
        lines.append(f"key = {_list(mapping.key)}")
    if mapping.version is not None:
        lines.append(f"version = {_quoted(mapping.version)}  # the highest value per key wins")
    lines += ["", f"[{prefix}columns]", *(f"{c.target} = {_entry(c)}" for c in mapping.columns)]
    if mapping.unpivot is not None:
        lines += ["", *_unpivot_lines(mapping.unpivot, prefix)]
    return lines


def _entry(column: ColumnMap) -> str:
    said = (column.format, column.words, column.contains, column.otherwise, column.clock, column.constant)
    plain = not any(said)
    if plain and column.source is not None:
        return _quoted(column.source)
    texts = {
        "column": column.source, "expression": column.expression, "constant": column.constant,
        "time": column.clock, "format": column.format, "otherwise": column.otherwise,
    }  # fmt: skip
    parts = [f"{key} = {_quoted(value)}" for key, value in texts.items() if value is not None]
    tables = {"words": column.words, "contains": column.contains}
    parts += [f"{key} = {_table(words)}" for key, words in tables.items() if words]
    return f"{{ {', '.join(parts)} }}"


def _unpivot_lines(unpivot: Unpivot, prefix: str) -> list[str]:
    return [
        f"[{prefix}unpivot]  # each of these columns becomes rows: its header and its cell",
        f"columns = {_list(unpivot.columns)}",
        f"name_to = {_quoted(unpivot.name_to)}",
        f"value_to = {_quoted(unpivot.value_to)}",
        '# the same in every record: { survey = "pulse", audience = "staff", scale_min = "1", scale_max = "5" }',
        f"constants = {_table(unpivot.constants)}",
    ]


def _table(words: MappingOf[str, str]) -> str:
    return f"{{ {', '.join(f'{_quoted(key)} = {_quoted(value)}' for key, value in words.items())} }}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """A TOML basic string: backslash, quote and control characters escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 32 or ord(c) == 127 else c for c in escaped) + '"'
