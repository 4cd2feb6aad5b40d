"""Words of a closed list and yes/no cells.

Invariant: a word nobody has given a meaning is never guessed: it gives no value, is listed with its count, and its text
is kept.
"""

from collections.abc import Mapping
from dataclasses import replace

from data.ingest.clean.missing import MISSING, missing_taken
from data.ingest.clean.reading import EXAMPLES, Cells, Reading, Session
from data.ingest.clean.word_parts import by_parts, parts_of, told_by_parts
from data.ingest.column_map import ColumnMap
from data.message import say_n
from data.model import Column
from data.schema.names import normalise_word

MOST_WORDS = 1_000
"""A column with more different cells than this is no closed list."""
FEW_WORDS = 12
"""So many words are compared one by one faster than looked up."""
LISTED = 30
"""Unknown words shown to a person."""

TRUE = (
    "да",
    "д",
    "yes",
    "y",
    "true",
    "t",
    "истина",
    "1",
    "1.0",
    "+",
    "✓",
    "✔",
    "☑",
    "✅",
    "v",
    "есть",
    "on",
    "вкл",
    "верно",
)
FALSE = (
    "нет",
    "н",
    "no",
    "n",
    "false",
    "f",
    "ложь",
    "0",
    "0.0",
    "-",
    "–",
    "—",
    "−",
    "✗",
    "✘",
    "☐",
    "❌",
    "x",
    "х",
    "off",
    "выкл",
    "неверно",
)
DASHES = ("-", "–", "—", "−")
_PLUSES = ("+", "✓", "✔", "v")


def meanings(column: Column, extra: Mapping[str, str]) -> dict[str, str]:
    """Normalised word → canonical word: the schema's, then the general yes/no, the mapping's above both."""
    known: dict[str, str] = {}
    if column.type == "boolean":
        known |= {normalise_word(word): "true" for word in TRUE} | {normalise_word(word): "false" for word in FALSE}
    for canonical, said in column.words.items():
        known |= {normalise_word(word): canonical for word in (canonical, *said)}
    return known | {normalise_word(word): canonical for word, canonical in extra.items()}


def settle_words(session: Session, cells: Cells, column: Column, entry: ColumnMap) -> Reading:
    """The reading of a «word» or «boolean» column: its words, then parts of its texts, then what all others mean."""
    otherwise, parts = entry.otherwise, parts_of(entry.contains)
    counts = session.rows(
        f"select {cells.column}, count(*) from {cells.table} where {cells.column} is not null "
        f"group by 1 order by 2 desc, 1 limit {MOST_WORDS + 1}"
    )
    known = meanings(column, entry.words)
    signs = column.type == "boolean" and any(normalise_word(cell) in _PLUSES for cell, _ in counts)
    said: dict[str, str] = {}
    unknown: list[tuple[str, int]] = []
    missing: dict[str, int] = {}
    for cell, count in counts:
        word = normalise_word(cell)
        if word in known and (signs or cell not in DASHES):
            said[cell] = known[word]
        elif cell.lower() in MISSING:
            missing[cell] = count
        elif otherwise is None and not any(part in normalise_word(cell) for part in parts):
            unknown.append((cell, count))
    cells = missing_taken(session, cells, missing)
    value = _value(session, cells, said, otherwise, parts)
    if column.type == "boolean":
        value = f"cast({value} as boolean)"
    reading = _reading(session, cells, value, tuple(unknown), len(counts) > MOST_WORDS)
    return replace(reading, findings=told_by_parts(session, cells, parts, otherwise)) if parts else reading


def _value(
    session: Session, cells: Cells, said: Mapping[str, str], otherwise: str | None, parts: Mapping[str, str]
) -> str:
    """A look-up by the exact cells that occur; the cells themselves are parameters."""
    if not said:
        looked_up = "null::varchar"
    elif len(said) <= FEW_WORDS:
        cases = (f"when {session.params.place(cell)} then {session.params.place(word)}" for cell, word in said.items())
        looked_up = f"case {cells.column} {' '.join(cases)} end"
    else:
        keys, values = session.params.place(list(said)), session.params.place(list(said.values()))
        looked_up = f"map({keys}::varchar[], {values}::varchar[])[{cells.column}]"
    if parts:
        looked_up = f"coalesce({looked_up}, {by_parts(session, cells, parts)})"
    if otherwise is None:
        return looked_up
    rest = session.params.place(otherwise)
    return f"coalesce({looked_up}, case when {cells.sql} is not null then {rest} end)"


def _reading(session: Session, cells: Cells, value: str, unknown: tuple[tuple[str, int], ...], many: bool) -> Reading:
    if not unknown:
        return Reading(value, cells)
    count = sum(n for _, n in unknown)
    if many:
        (present, read) = session.counts(f"select count({cells.sql}), count({value}) from {cells.table}")
        count = present - read
    return Reading(
        value,
        cells,
        unreadable=count,
        examples=tuple(word for word, _ in unknown[:EXAMPLES]),
        unknown=unknown[:LISTED],
        question=say_n(
            "{n} word in «{header}» has no meaning yet: {words}.",
            "{n} words in «{header}» have no meaning yet: {words}.",
            len(unknown),
            header=cells.header,
            words=", ".join(f"«{word}»" for word, _ in unknown[:EXAMPLES]),
        ),
    )
