"""Builds the cleaned table: typed columns, extras, rejected rows.

Invariant: every row of the staged table is in the cleaned table or among the rejects, with its line number; a row is
rejected only if it cannot be placed in time or identified; a column with cells that could not be read keeps its text.
"""

import uuid
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from data.errors import MappingError
from data.ingest.clean.derived import derive
from data.ingest.clean.extras import extra_names, quoted
from data.ingest.clean.reading import Reading, Session
from data.ingest.clean.settle import Settled
from data.ingest.column_map import Mapping, find_header
from data.message import say
from data.model import Fact
from data.schema.loader import fact as fact_named

IDENTIFIED_BY: MappingOf[str, tuple[str, ...]] = {"staff": ("employee",), "events": ("case_id", "activity")}
"""Facts whose rows mean nothing without these columns."""
REASONS = {
    "no_business_date": say("The row has no readable date."),
    "no_employee": say("The row names no employee."),
    "no_case_id": say("The row names no case."),
    "no_activity": say("The row names no activity."),
}
"""Rule → why a row was not loaded."""
UNDATED = frozenset({"staff"})
"""Facts whose rows need no date."""


@dataclass(frozen=True)
class Cleaned:
    """The tables of one cleaned table."""

    table: str
    """Typed rows; a view of the staged table where that holds them typed already."""
    rejects: str
    """Rows not loaded, with line, reason, rule and their cells."""
    columns: tuple[str, ...]
    """Columns of the fact that are in it."""
    extras: MappingOf[str, str]
    """Header as found → column."""
    rows_in: int
    """Rows of the staged table."""
    rejected: int
    """Rows of `rejects`."""


def build(
    session: Session,
    table: str,
    header: tuple[str, ...],
    fact: Fact,
    settled: tuple[Settled, ...],
    version: Reading | None,
) -> Cleaned:
    """Both tables. `MappingError` where no column of the fact's business date is mapped."""
    _check_dated(fact, settled)
    name = uuid.uuid4().hex
    values = derive(fact, {one.column.name: _filled(one) for one in settled})
    extras = _extras(header, settled)
    columns = [
        "line as _line",
        f"{f'try_cast({version.sql} as double)' if version else 'null::double'} as _version",
        *(f"{value} as {quoted(target)}" for target, value in values.items()),
        *(f"c{place} as {quoted(column)}" for place, column in extras.values()),
    ]
    select = f"select {', '.join(columns)} from {table}"
    typed = all(map(_is_typed, settled)) and not session.places(select)
    as_view = (
        typed and not session.counts(f"select count(*) from {table} where {_bad(_rules(fact, values), values)}")[0]
    )
    session.run(f"create temp {'view' if as_view else 'table'} clean_{name} as {select}")
    rejected = _reject(session, table, len(header), f"clean_{name}", f"rejects_{name}", fact, values)
    (kept,) = session.row(f"select count(*) from clean_{name}")
    kept_extras = {text: column for text, (_, column) in extras.items()}
    return Cleaned(f"clean_{name}", f"rejects_{name}", tuple(values), kept_extras, kept + rejected, rejected)


def _is_typed(one: Settled) -> bool:
    """The staged cells are the values: nothing is gained by writing them a second time."""
    cells = one.cells
    return cells is not None and one.clock is None and (cells.native is not None or one.reading.sql == cells.column)


def is_dated(mapping: Mapping) -> bool:
    """Whether a mapping fills a date of its fact, or needs none."""
    wide = mapping.unpivot
    targets = mapping.targets | ({wide.name_to, *wide.constants} if wide is not None else set())
    return mapping.fact in UNDATED or bool(targets & set(fact_named(mapping.fact).time))


def _check_dated(fact: Fact, settled: tuple[Settled, ...]) -> None:
    targets = {one.column.name for one in settled}
    if fact.name not in UNDATED and not targets & set(fact.time):
        raise MappingError(
            say("No column with the date of the rows is mapped."),
            hint=say("Map one of {names}.", names=tuple(say(fact.column(name).title) for name in fact.time)),
        )


def _filled(one: Settled) -> str:
    """The value; where the schema says what an empty cell means, that. A cell that could not be read stays unknown."""
    if one.column.empty is None or one.cells is None:
        return one.value
    empty = "false" if one.column.type == "boolean" else "0"
    return f"case when {one.cells.sql} is null then {empty} else {one.value} end"


def _extras(header: tuple[str, ...], settled: tuple[Settled, ...]) -> dict[str, tuple[int, str]]:
    """Header → (position, column) of the columns kept as they are: unmapped ones and those with unreadable cells."""
    read_well: set[int] = set()
    for one in settled:
        for text in (one.source.source, one.source.clock):
            place = find_header(header, text) if text is not None else None
            if place is not None and not one.reading.unreadable:
                read_well.add(place)
    kept: dict[str, tuple[int, str]] = {}
    for place, (text, column) in enumerate(zip(header, extra_names(header), strict=True)):
        if place not in read_well:
            kept[text if text and text not in kept else column.removeprefix("x_")] = (place, column)
    return kept


def _reject(
    session: Session, staged: str, width: int, table: str, rejects: str, fact: Fact, values: dict[str, str]
) -> int:
    """Moves the rows that cannot be loaded from `table` to `rejects`; their number."""
    rules = _rules(fact, values)
    bad = _bad(rules, {name: quoted(name) for names in rules.values() for name in names})
    (count,) = session.row(f"select count(*) from {table} where {bad}")
    cases = {rule: _bad({rule: names}, values) for rule, names in rules.items()}
    reason = " ".join(f"when {case} then '{REASONS[rule].text}'" for rule, case in cases.items())
    named = " ".join(f"when {case} then '{rule}'" for rule, case in cases.items())
    where = _bad(rules, values) if count else "false"
    session.run(
        f"create temp table {rejects} as select line, {f'case {reason} end' if cases else 'null::varchar'} as reason, "
        f"{f'case {named} end' if cases else 'null::varchar'} as rule, "
        f"{', '.join(f'c{place}' for place in range(width))} from {staged} where {where}"
    )
    if count:
        session.run(f"delete from {table} where {bad}")
    return int(count)


def _bad(rules: MappingOf[str, tuple[str, ...]], values: MappingOf[str, str]) -> str:
    """SQL: the row breaks one of the rules, all of whose columns are empty."""
    broken = (" and ".join(f"({values[name]}) is null" for name in names) for names in rules.values())
    return " or ".join(f"({condition})" for condition in broken) or "false"


def _rules(fact: Fact, values: MappingOf[str, str]) -> dict[str, tuple[str, ...]]:
    """Rule → the columns of which one must have a value."""
    rules = {}
    if fact.name not in UNDATED:
        rules["no_business_date"] = tuple(name for name in fact.time if name in values)
    return rules | {f"no_{name}": (name,) for name in IDENTIFIED_BY.get(fact.name, ()) if name in values}
