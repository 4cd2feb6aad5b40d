"""Numbers and amounts of money: decimal mark and thousands are settled by the whole column.

Invariant: «18500.00» is never 1850000 and «1.500» is never guessed: a cell is read by a mark that other cells of its
column prove, and a column without proof is a question. Letters and half-numbers give no value, never a part of one.
"""

from dataclasses import dataclass, replace

from data.errors import MappingError, did_you_mean
from data.ingest.clean.finding import found
from data.ingest.clean.missing import counted
from data.ingest.clean.number_text import bare_number, is_comma, is_point, number_of, proves, usual_number
from data.ingest.clean.reading import Cells, Reading, Session
from data.message import Message, say, say_n
from data.model import Finding

FORMATS = ("decimal comma", "decimal point", "number")
"""What a mapping may say; «number» is what DuckDB reads by itself."""

_SQL_TYPES = {"money": "decimal(18,4)", "number": "double"}


@dataclass(frozen=True)
class _Evidence:
    """How many cells prove which decimal mark."""

    comma: int
    """Only readable with a decimal comma."""
    point: int
    """Only readable with a decimal point."""
    either: int
    """Readable both ways, with different values: «1.500»."""
    ungrouped: int
    """Whole numbers of four digits and more that show how thousands are written: «1500», «1 500»."""
    neither: int
    """Not a number."""


def settle_number(session: Session, cells: Cells, type_: str, format_: str | None = None) -> Reading:
    """The reading of a number (`type_` «number») or amount («money») column. `MappingError`: unknown format."""
    if cells.native is not None:
        return Reading(cells.sql, cells, cells.native.format)
    if format_ is not None and format_ not in FORMATS:
        raise MappingError(
            say("{format} is not a way numbers are written.", format=format_), hint=did_you_mean(format_, FORMATS)
        )
    sql_type, maybe_plain = _SQL_TYPES[type_], format_ in (None, "number")
    if maybe_plain and (plain := _plain(session, cells, sql_type)) is not None:
        return plain
    known = counted(session, cells)
    if maybe_plain and known.missing and (plain := _plain(session, known, sql_type)) is not None:
        return plain
    if format_ is None and (usual := _usual(session, known, sql_type)) is not None:
        return usual
    return replace(_written(session, known, sql_type, format_), cells=known)


def _plain(session: Session, cells: Cells, type_: str) -> Reading | None:
    """What DuckDB reads by itself, if that is every cell and no cell may mean thousands."""
    if any(_unlike_plain(cell) for cell in cells.sample[:50]):
        return None
    value = f"try_cast({cells.sql} as double)"
    read, pointed, grouped = session.counts(
        f"select count_if(isfinite({value})), count_if(contains({cells.sql}, '.')), "
        f"count_if(contains({cells.sql}, '.') and strlen({cells.sql}) - instr({cells.sql}, '.') = 3) from {cells.table}"
    )
    doubtful = 0 < pointed == grouped
    if read != cells.filled or doubtful:
        return None
    return Reading(f"try_cast({cells.sql} as {type_})", cells, "number")


def _unlike_plain(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return True
    return False


def _usual(session: Session, cells: Cells, type_: str) -> Reading | None:
    """The usual way of one format, if that reads every cell and a cell proves its mark (or none has any)."""
    format_ = "decimal comma" if proves(cells.sample, "decimal comma") else "decimal point"
    value = usual_number(cells.sql, format_, type_)
    (read,) = session.counts(f"select count({value}) from {cells.table}")
    if read != cells.filled or not cells.filled:
        return None
    if not proves(cells.sample, format_):
        (marked,) = session.counts(f"select count_if(regexp_matches({cells.sql}, '[.,]\\d')) from {cells.table}")
        if marked:
            return None
    return Reading(value, cells, format_)


def _written(session: Session, cells: Cells, type_: str, format_: str | None) -> Reading:
    marked = _evidence(session, cells, bare_number(cells.sql, question_mark=True))
    trusts_mark = 10 * marked.neither <= cells.filled
    bare = bare_number(cells.sql, question_mark=trusts_mark)
    evidence = marked if trusts_mark else _evidence(session, cells, bare)
    settled = format_ if format_ in ("decimal comma", "decimal point") else _settled(evidence, session, cells, bare)
    value = number_of(bare, settled or "decimal point", type_)
    reading = session.with_unreadable(cells, Reading(value, cells, settled))
    if settled is None:
        return replace(reading, question=_which_mark(cells, _doubtful(session, cells, bare)), choices=FORMATS[:2])
    return replace(reading, findings=(*reading.findings, *_remarks(session, cells, settled)))


def _evidence(session: Session, cells: Cells, bare: str) -> _Evidence:
    row = session.counts(
        f"with t as (select u, {is_comma('u')} as c, {is_point('u')} as p "
        f"from (select {bare} as u from {cells.table}) where u is not null) "
        "select count_if(c and not p), count_if(p and not c), count_if(c and p and regexp_matches(u, '[.,]')), "
        "count_if(c and p and regexp_full_match(u, '-?(\\d{4,}|\\d{1,3}( \\d{3})+)')), count_if(not c and not p) from t"
    )
    return _Evidence(*row)


def _settled(evidence: _Evidence, session: Session, cells: Cells, bare: str) -> str | None:
    """The decimal mark the column proves; «mixed» where both are proven; None where nothing is."""
    if evidence.comma and evidence.point:
        return "mixed"
    if evidence.comma or evidence.point:
        return "decimal comma" if evidence.comma else "decimal point"
    if not evidence.either:
        return "decimal point"
    marks = session.rows(
        f"select distinct regexp_extract(u, '[.,]') from (select {bare} as u from {cells.table}) "
        f"where {is_comma('u')} and regexp_matches(u, '[.,]')"
    )
    if not evidence.ungrouped or len(marks) > 1:
        return None
    return "decimal comma" if marks[0][0] == "," else "decimal point"


def _doubtful(session: Session, cells: Cells, bare: str) -> str:
    row = session.rows(
        f"select {cells.column} from {cells.table} where {is_comma(bare)} and regexp_matches({bare}, '[.,]') limit 1"
    )
    return str(row[0][0]) if row else ""


def _which_mark(cells: Cells, example: str) -> Message:
    return say(
        "Is «{example}» in column «{header}» more than a thousand, or a number with three decimals?",
        example=example, header=cells.header,
    )  # fmt: skip


def _remarks(session: Session, cells: Cells, settled: str) -> tuple[Finding, ...]:
    remarks = []
    if settled == "mixed":
        remarks.append(
            found(
                "warning",
                cells,
                "mixed_decimal_marks",
                cells.filled,
                cells.sample[:3],
                say(
                    "Column «{column}» has decimal commas and decimal points; each cell was read by its own.",
                    column=cells.header,
                ),
            )
        )
    (least,) = session.counts(
        f"select count_if(regexp_matches(lower({cells.sql}), '^(от|from)\\s')) from {cells.table}"
    )
    if least:
        remarks.append(
            found(
                "info",
                cells,
                "from_amount",
                least,
                cells.sample[:1],
                say_n(
                    "{n} amount «from …» in «{column}» was read as that amount.",
                    "{n} amounts «from …» in «{column}» were read as that amount.",
                    least,
                    column=cells.header,
                ),
            )
        )
    return tuple(remarks)
