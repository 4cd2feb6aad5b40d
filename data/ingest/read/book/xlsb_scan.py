"""The binary parts of an xlsb workbook, looked through for what calamine does not tell.

Invariant: each record is looked at once and by its stated length; what is no such part tells nothing.
"""

import zipfile
from collections.abc import Iterator

from data.ingest.read.book.formats import PERCENT, PERCENT_IDS, meaning
from data.ingest.read.book.names import letters_of
from data.ingest.read.book.seen import Seen
from data.ingest.read.book.xlsx_parts import relations

BOOK = "xl/workbook.bin"
MOST = 256 << 20
"""Bytes of a part that are looked through."""
_ROW, _ERROR, _FORMULA_ERROR, _WSPROP = 0, 3, 11, 147
_REAL, _RK, _FORMULA_NUMBER = 5, 2, 9
_FORMULAS = (8, 9, 10, 11)
_FORMAT, _XF, _CELL_XFS, _END_CELL_XFS, _BUNDLE = 44, 47, 617, 618, 156
_WRONG = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def scan(archive: zipfile.ZipFile) -> dict[str, Seen]:
    """What was seen, by the sheet's name."""
    names = set(archive.namelist())
    styles = _styles(archive.read("xl/styles.bin")) if "xl/styles.bin" in names else {}
    targets = relations(archive, "xl/_rels/workbook.bin.rels") if "xl/_rels/workbook.bin.rels" in names else {}
    seen = {}
    for relation, title in _sheets(archive.read(BOOK)):
        part = targets.get(relation, "")
        if part in names and archive.getinfo(part).file_size <= MOST:
            seen[title] = _sheet(archive.read(part), styles)
    return seen


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and content; kinds take one byte or two, lengths up to four, seven bits each."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80 and at < len(data):
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < len(data) and shift < 28:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, data[at : at + size]
        at += size


def _number(record: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(record[at : at + size], "little")


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A text behind its length, and where it ends."""
    end = at + 4 + 2 * _number(record, at)
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """Relation and name of each sheet."""
    for kind, record in _records(data):
        if kind == _BUNDLE and len(record) > 12:
            relation, end = _text(record, 8)
            yield relation, _text(record, end)[0]


def _styles(data: bytes) -> dict[int, str]:
    codes: dict[int, str] = {}
    formats: list[int] = []
    of_cells = False
    for kind, record in _records(data):
        if kind == _FORMAT:
            codes[_number(record, 0, 2)] = _text(record, 2)[0]
        elif kind in (_CELL_XFS, _END_CELL_XFS):
            of_cells = kind == _CELL_XFS
        elif kind == _XF and of_cells:
            formats.append(_number(record, 2, 2))
    told = {style: _meaning(number, codes) for style, number in enumerate(formats)}
    return {style: what for style, what in told.items() if what is not None}


def _meaning(number: int, codes: dict[int, str]) -> str | None:
    return meaning(codes[number]) if number in codes else PERCENT if number in PERCENT_IDS else None


def _sheet(data: bytes, styles: dict[int, str]) -> Seen:
    seen, row = Seen(), 0
    for kind, record in _records(data):
        if kind == _ROW and len(record) >= 12:
            row = min(_number(record, 0), 1 << 20) + 1
            _outline(seen, row, record[11])
        elif kind in (_REAL, _RK, _FORMULA_NUMBER) and len(record) >= 8:
            _styled(seen, row, _number(record, 0), styles.get(_number(record, 4, 3)))
        elif kind in (_ERROR, _FORMULA_ERROR) and len(record) >= 9:
            seen.error(f"{letters_of(min(_number(record, 0), 16383))}{row}", _WRONG.get(record[8], "#"))
        elif kind == _WSPROP and record:
            seen.names_above = not record[0] & 0x40
        seen.formulas += kind in _FORMULAS
    return seen


def _outline(seen: Seen, row: int, flags: int) -> None:
    """Level in the low three bits, hidden in the fifth."""
    if flags & 7:
        seen.levels[row] = flags & 7
    seen.hidden_rows += bool(flags & 0x10)


def _styled(seen: Seen, row: int, column: int, what: str | None) -> None:
    if what == PERCENT and column < 16_384:
        seen.percent(row, column)
    elif what is not None and what != PERCENT:
        seen.currencies[what] = seen.currencies.get(what, 0) + 1
