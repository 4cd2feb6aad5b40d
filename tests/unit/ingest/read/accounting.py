"""Where every physical line and every letter of a text file went.

Invariant: nothing of the reader's own counting is used but the table it gives and the findings it reports.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.ingest.read import RawTable, drop, stage
from data.ingest.read.encoding import detect, detect_whole

LEFT_OUT = (
    *("title_rows", "blank_rows", "total_rows", "note_rows", "repeated_headers", "numbering_row"),
    "joined_rows",
)
"""Findings that name lines which begin no row of the table."""
TOLD = ("title_rows", "total_rows", "note_rows")
"""Those whose examples hold the text."""
_BLANK = re.compile(r'"\s*\n\s*"')
"""A cell of nothing but a line end, which makes a blank row of two lines."""
_SIGN = re.compile("[0-9A-Za-zА-Яа-яЁё]")


@dataclass(frozen=True)
class Account:
    """Both sides of the book."""

    lines: int
    """Physical lines of the file."""
    lines_found: int
    """Lines of rows, of the header and of what was left out."""
    signs: int
    """Letters and digits of the file."""
    signs_found: int | None
    """The same, in the table and in what was left out; None where the report shows only examples of that."""
    same_lines: bool
    """Whether an import sees its rows on the same lines as `read`."""
    spans: bool
    """Something left out may take several lines."""

    @property
    def balanced(self) -> bool:
        """Nothing is missing, nothing was counted twice."""
        even = self.lines == self.lines_found or (self.spans and self.lines > self.lines_found)
        return even and self.signs_found in (None, self.signs) and self.same_lines


def account(con: duckdb.DuckDBPyConnection, path: Path) -> Account | None:
    """The account of a file; None if it is no delimited text. Raises UserError where the reader refuses it."""
    first, *more = stage(con, path, verbatim=True)
    rows = con.execute(f'select * from "{first.table}" order by line').fetchall()
    for table in (first, *more):
        drop(con, table)
    if not any(finding.rule == "dialect" for finding in first.findings):
        return None
    (plain,) = stage(con, path)
    lines = [line for (line,) in con.execute(f'select line from "{plain.table}" order by line').fetchall()]
    drop(con, plain)
    text = _text(path)
    cells = [cell for row in rows for cell in row[:-1] if cell is not None]
    quoted = any(_count(first, rule) for rule in (*TOLD, "header_rows")) and ('"' in text or "'" in text)
    spans = quoted or (_count(first, "blank_rows") > 0 and _BLANK.search(text) is not None)
    inside = sum(cell.count("\n") for cell in (*cells, *first.header))
    header = _count(first, "header_rows") or int(first.records_header)
    found = len(rows) + inside + header + sum(_count(first, rule) for rule in LEFT_OUT)
    signs = _signs_found(first, cells)
    return Account(len(_lines(text)), found, _signs([text]), signs, [row[-1] for row in rows] == lines, spans)


def _text(path: Path) -> str:
    with path.open("rb") as file:
        sample, whole = file.read(1 << 18), not file.read(1)
    codec = detect_whole(path, detect(sample, whole))
    return path.read_bytes().decode("utf-8-sig" if codec == "utf-8" else codec, "replace")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _signs(texts: Iterable[str]) -> int:
    return sum(len(_SIGN.findall(text)) for text in texts)


def _count(table: RawTable, rule: str) -> int:
    return sum(finding.count for finding in table.findings if finding.rule == rule)


def _signs_found(table: RawTable, cells: Iterable[str]) -> int | None:
    told = [finding for finding in table.findings if finding.rule in TOLD]
    partly = any(finding.count > len(finding.examples) for finding in told)
    if partly or _count(table, "header_rows") or _count(table, "numbering_row"):
        return None
    left_out = [text for finding in told for text in finding.examples]
    return _signs(cells) + _signs(left_out) + _signs(table.header) * (1 + _count(table, "repeated_headers"))
