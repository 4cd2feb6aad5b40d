"""The records of an old workbook (BIFF8), looked through for what calamine does not tell.

Invariant: each record is looked at once and by its stated length; a stream that is no BIFF8 tells nothing.
"""

import struct
from collections.abc import Iterator

import olefile

from data.ingest.read.book.formats import PERCENT, PERCENT_IDS, meaning
from data.ingest.read.book.names import letters_of
from data.ingest.read.book.seen import Seen

_STREAMS = ("Workbook", "WORKBOOK")
_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _ROW, _WSBOOL = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205, 0x0208, 0x0081
_BIFF8 = 0x0600
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_PLACE = struct.Struct("<HHH")
"""Row, column, style."""


def is_old(file: str) -> bool:
    """Whether the file is a container of streams at all."""
    return bool(olefile.isOleFile(file))


def scan(file: str) -> dict[str, Seen]:
    """What was seen, by the sheet's name; nothing of a file that is no BIFF8."""
    with olefile.OleFileIO(file) as ole:
        name = next((name for name in _STREAMS if ole.exists(name)), None)
        data = ole.openstream(name).read() if name is not None else b""
    if len(data) < 8 or struct.unpack_from("<HHH", data)[0::2] != (_BOF, _BIFF8):
        return {}
    styles, sheets = _globals(data)
    return {title: _Sheet(styles).read(data, start) for title, start in sheets}


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of one substream."""
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _EOF:
            return
        yield kind, data[at + 4 : at + 4 + size]
        at += 4 + size


def _globals(data: bytes) -> tuple[dict[int, str], list[tuple[str, int]]]:
    """What styles mean, and where each sheet begins."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    sheets = []
    for kind, record in _records(data, 0):
        if kind == _FORMAT and len(record) > 5:
            codes[int.from_bytes(record[:2], "little")] = _string(record[4:], int.from_bytes(record[2:4], "little"))
        elif kind == _XF and len(record) > 3:
            formats.append(int.from_bytes(record[2:4], "little"))
        elif kind == _BOUNDSHEET and len(record) > 7:
            sheets.append((_string(record[7:], record[6]), int.from_bytes(record[:4], "little")))
    found = {style: _meaning(number, codes) for style, number in enumerate(formats)}
    return {style: what for style, what in found.items() if what is not None}, sheets


def _meaning(number: int, codes: dict[int, str]) -> str | None:
    return meaning(codes[number]) if number in codes else PERCENT if number in PERCENT_IDS else None


def _string(record: bytes, length: int) -> str:
    """Text behind its flags: one byte a letter, or two."""
    wide = record[0] & 1
    return record[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


class _Sheet:
    """Looks through the records of one sheet."""

    def __init__(self, styles: dict[int, str]) -> None:
        self.styles = styles
        self.seen = Seen()

    def read(self, data: bytes, start: int) -> Seen:
        """What was seen of the sheet that begins there."""
        ways = {
            _NUMBER: self._number, _RK: self._number, _MULRK: self._several, _FORMULA: self._formula,
            _BOOLERR: self._error, _ROW: self._row, _WSBOOL: self._outline,
        }  # fmt: skip
        for kind, record in _records(data, start):
            way = ways.get(kind)
            if way is not None and len(record) >= 2:
                way(record)
        return self.seen

    def _number(self, record: bytes) -> None:
        if len(record) >= _PLACE.size:
            self._styled(*_PLACE.unpack_from(record))

    def _styled(self, row: int, column: int, style: int) -> None:
        what = self.styles.get(style)
        if what == PERCENT:
            self.seen.percent(row + 1, column)
        elif what is not None:
            self.seen.currencies[what] = self.seen.currencies.get(what, 0) + 1

    def _several(self, record: bytes) -> None:
        row, first = struct.unpack_from("<HH", record.ljust(4, b"\0"))
        for offset in range((len(record) - 6) // 6):
            self._styled(row, first + offset, int.from_bytes(record[4 + 6 * offset : 6 + 6 * offset], "little"))

    def _formula(self, record: bytes) -> None:
        self.seen.formulas += 1
        if len(record) < 14:
            return
        if record[12:14] != b"\xff\xff":
            self._number(record)
        elif record[6] == 2:
            self._wrong(record, record[8])

    def _error(self, record: bytes) -> None:
        if len(record) >= 8 and record[7]:
            self._wrong(record, record[6])

    def _wrong(self, record: bytes, code: int) -> None:
        row, column, _ = _PLACE.unpack_from(record)
        self.seen.error(f"{letters_of(column)}{row + 1}", _ERRORS.get(code, "#"))

    def _row(self, record: bytes) -> None:
        if len(record) >= 13:
            row, flags = int.from_bytes(record[:2], "little") + 1, record[12]
            if flags & 7:
                self.seen.levels[row] = flags & 7
            self.seen.hidden_rows += bool(flags & 0x20)

    def _outline(self, record: bytes) -> None:
        self.seen.names_above = not int.from_bytes(record[:2], "little") & 0x40
