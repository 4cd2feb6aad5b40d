"""Wide tables: one column a question or a point of a checklist, made into one row an answer.

Invariant: every non-empty answer becomes one record and the fan-out is reported; a scale comes from the kind of survey
or from a person, never from the answers.
"""

import uuid
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace

from data.errors import MappingError, did_you_mean
from data.ingest.clean.reading import Session
from data.ingest.column_map import ColumnMap, Mapping, find_header
from data.ingest.read import RawTable
from data.ingest.width import header_of
from data.message import say, say_n
from data.model import Finding

ROW_ID: MappingOf[str, str] = {"surveys": "response_id", "checks": "check_id"}
"""Fact → the column that keeps together the records made of one row."""


@dataclass(frozen=True)
class Wide:
    """The long form of a wide table."""

    table: str
    """TEMP table like a staged one."""
    header: tuple[str, ...]
    """Its headers."""
    mapping: Mapping
    """The mapping that fits it."""
    fan_out: tuple[int, int]
    """Rows → records."""
    findings: tuple[Finding, ...]
    """What was done."""


def unpivoted(session: Session, raw: RawTable, mapping: Mapping) -> Wide:
    """The long form. `MappingError` where a column to unpivot does not exist."""
    unpivot = mapping.unpivot
    if unpivot is None:
        raise ValueError("the mapping unpivots nothing")
    header = header_of(session.con, raw)
    places = [_place(header, text) for text in unpivot.columns]
    kept = [place for place in range(len(header)) if place not in places]
    made = (*_synthetic(mapping), _name(unpivot.name_to), _name(unpivot.value_to))
    table = _unpivot(session, raw.table, [header[place] for place in places], places, kept, len(header), len(made) == 3)
    (records,) = session.row(f"select count(*) from {table}")
    (rows, silent) = session.row(
        f"select count(*), count_if({' and '.join(f'c{place} is null' for place in places)}) from {raw.table}"
    )
    long = replace(mapping, columns=_columns(mapping), unpivot=None)
    return Wide(
        table, (*(header[place] for place in kept), *made), long, (rows, records), _findings(rows, records, silent)
    )


def _place(header: tuple[str, ...], text: str) -> int:
    place = find_header(header, text)
    if place is None:
        raise MappingError(
            say("{key}: the table has no column «{header}».", key="unpivot.columns", header=text),
            hint=did_you_mean(text, header),
        )
    return place


def _name(target: str) -> str:
    """Header of a made column; no file has it."""
    return f"⟨{target}⟩"


def _synthetic(mapping: Mapping) -> tuple[str, ...]:
    target = ROW_ID.get(mapping.fact)
    return (_name(target),) if target is not None and mapping.target(target) is None else ()


def _columns(mapping: Mapping) -> tuple[ColumnMap, ...]:
    unpivot = mapping.unpivot
    if unpivot is None:
        return mapping.columns
    made = {unpivot.name_to, unpivot.value_to}
    others = tuple(entry for entry in mapping.columns if entry.target not in made | set(unpivot.constants))
    rows = tuple(ColumnMap(name.strip("⟨⟩"), name) for name in _synthetic(mapping))
    values = tuple(
        replace(mapping.target(t) or ColumnMap(t), source=_name(t)) for t in (unpivot.name_to, unpivot.value_to)
    )
    constants = tuple(ColumnMap(target, constant=value) for target, value in unpivot.constants.items())
    return (*others, *rows, *values, *constants)


def _unpivot(
    session: Session, table: str, names: list[str], places: list[int], kept: list[int], width: int, with_id: bool
) -> str:
    """A row's made id is the hash of its cells and its ordinal among equal rows: the same in a longer file."""
    cells = ", ".join(f"coalesce(c{place}, '')" for place in range(width))
    row_id = f"left(md5(concat_ws(chr(31), {cells})), 16)"
    columns = [f"c{place} as c{number}" for number, place in enumerate(kept)]
    if with_id:
        columns.append(f"{row_id} || '-' || row_number() over (partition by {row_id} order by line) as c{len(kept)}")
    last = len(columns)
    columns.append(f"unnest({session.params.place(names)}::varchar[]) as c{last}")
    columns.append(f"unnest([{', '.join(f'c{place}' for place in places)}]) as c{last + 1}")
    name = f"long_{uuid.uuid4().hex}"
    session.run(
        f"create temp table {name} as select * from (select line, {', '.join(columns)} from {table}) "
        f"where c{last + 1} is not null order by line"
    )
    return name


def _findings(rows: int, records: int, silent: int) -> tuple[Finding, ...]:
    made = say_n(
        "{n} row became {records} records, one an answer.",
        "{n} rows became {records} records, one an answer.",
        rows,
        records=records,
    )
    findings = [Finding("unpivot", "info", None, "unpivoted", records, (), made)]
    if silent:
        message = say_n(
            "{n} row has no answer at all and gave no record.",
            "{n} rows have no answer at all and gave no record.",
            silent,
        )
        findings.append(Finding("unpivot", "warning", None, "no_answers", silent, (), message))
    return tuple(findings)
