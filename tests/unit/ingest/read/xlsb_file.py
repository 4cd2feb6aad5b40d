"""A workbook of binary records, as small as one can be: no library at hand writes xlsb.

Invariant: the parts and records are those of the published format ([MS-XLSB]), in its order.
"""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)

Cell = tuple[str | float, int]
"""A text or a number, and the place of its style."""


def write_xlsb(path: Path, sheet: str, rows: Sequence[Sequence[Cell]], formats: Sequence[str]) -> Path:
    """A workbook of one sheet; style 0 is General, style n has the nth format."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", _TYPES)
        made.writestr("_rels/.rels", _RELATIONS.format(id="r1", kind="officeDocument", target="xl/workbook.bin"))
        made.writestr(
            "xl/_rels/workbook.bin.rels", _RELATIONS.format(id="rId1", kind="worksheet", target="worksheets/sheet1.bin")
        )
        bundle = struct.pack("<II", 0, 1) + _text("rId1") + _text(sheet)
        made.writestr("xl/workbook.bin", _book(bundle))
        made.writestr("xl/styles.bin", _styles(formats))
        made.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return path


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(_kind(kind) + _size(len(content)) + content for kind, content in records)


def _book(sheet: bytes) -> bytes:
    return _records((131, b""), (153, bytes(12)), (143, b""), (156, sheet), (144, b""), (157, bytes(26)), (132, b""))


def _kind(kind: int) -> bytes:
    return bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])


def _size(size: int) -> bytes:
    parts = bytearray()
    while size > 127:
        parts.append(size & 0x7F | 0x80)
        size >>= 7
    parts.append(size)
    return bytes(parts)


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _styles(formats: Sequence[str]) -> bytes:
    codes = [(44, struct.pack("<H", 164 + place) + _text(code)) for place, code in enumerate(formats)]
    numbers = [0, *(164 + place for place in range(len(formats)))]
    styles = [(47, struct.pack("<HH", 0, number) + bytes(12)) for number in numbers]
    before = ((278, b""), (615, struct.pack("<I", len(codes))))
    between = ((616, b""), (617, struct.pack("<I", len(styles))))
    return _records(*before, *codes, *between, *styles, (618, b""), (279, b""))


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    records: list[tuple[int, bytes]] = []
    for number, row in enumerate(rows):
        records.append((0, struct.pack("<IIH", number, 0, 300) + bytes(7)))
        for column, (value, style) in enumerate(row):
            head = struct.pack("<II", column, style)
            records.append((6, head + _text(value)) if isinstance(value, str) else (5, head + struct.pack("<d", value)))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    return _records((129, b""), (148, size), (145, b""), *records, (146, b""), (130, b""))
