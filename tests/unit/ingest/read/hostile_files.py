"""Files that mean harm, or were made by a program that went wrong: each written by one line of a table.

Invariant: every file is small on disk and the same at every run.
"""

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt

SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, CONTENT = "xl/workbook.xml", "content.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

Change = Callable[[bytes], bytes]


def good() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "number"])
        for row in range(1, 200):
            sheet.write_row(row, 0, [f"name {row}", row])
    return made.getvalue()


def changed(change: Change, part: str = SHEET, more: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The good workbook with one part changed and parts added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
        for name, content in more.items():
            target.writestr(name, content)
    return made.getvalue()


def swapped(old: bytes, new: bytes) -> Change:
    return lambda xml: xml.replace(old, new)


def _before_root(text: bytes) -> Change:
    """Text between the XML declaration and the root element."""
    return lambda xml: xml.replace(b"?>", b"?>" + text, 1)


def _rows(cells: bytes) -> Change:
    return lambda xml: xml.split(b"<sheetData>")[0] + b"<sheetData>" + cells + b"</sheetData></worksheet>"


def _lying(part: str) -> bytes:
    """A part that unpacks to a thousand times what the archive claims."""
    packed = changed(lambda xml: xml + b" " * (40 << 20), part)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        real = archive.getinfo(part).file_size
    return packed.replace(struct.pack("<I", real), struct.pack("<I", real >> 10))


def _many_parts() -> bytes:
    return changed(lambda xml: xml, more={f"xl/x{number}.xml": b"<x/>" for number in range(6000)})


def ods(rows: bytes, before: bytes = b"") -> bytes:
    made = io.BytesIO()
    names = b' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    names += b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    names += b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = b'<office:body><office:spreadsheet><table:table table:name="a">' + rows
    body += b"</table:table></office:spreadsheet></office:body></office:document-content>"
    manifest = b'<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr(CONTENT, b'<?xml version="1.0"?>' + before + b"<office:document-content" + names + b">" + body)
        target.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


def _repeated(rows: int, columns: int) -> bytes:
    cell = (
        b'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="%d"/>' % columns
    )
    return b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (rows, cell)


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(300):
        sheet.write(row, 0, f"name {row}")
        sheet.write(row, 1, row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _flipped(content: bytes, seed: int, start: float = 0.0) -> bytes:
    """A hundred bytes changed, the same at every run."""
    chance, changed = random.Random(seed), bytearray(content)
    for _ in range(100):
        changed[chance.randrange(int(len(changed) * start) + 8, len(changed) - 8)] = chance.randrange(256)
    return bytes(changed)


def _parquet(columns: int = 2) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({f"c{i}": pa.array([f"{i}\x00\x01", "b"] * 50) for i in range(columns)}), made)
    return made.getvalue()


def _claiming(rows: int) -> bytes:
    """A Parquet footer that tells another number of rows: 100 is the varint c8 01."""
    varint, value = bytearray(), rows * 2
    while value > 127:
        varint.append(value & 127 | 128)
        value >>= 7
    varint.append(value)
    content = _parquet()
    size = struct.unpack("<I", content[-8:-4])[0]
    footer = content[-8 - size : -8].replace(b"\xc8\x01", bytes(varint))
    return content[: -8 - size] + footer + struct.pack("<I", len(footer)) + b"PAR1"


def _workbooks() -> Iterator[tuple[str, bytes]]:
    yield "bomb.xlsx", changed(lambda xml: xml + b" " * (60 << 20))
    yield "bomb-strings.xlsx", changed(lambda xml: xml + b" " * (60 << 20), STRINGS)
    yield "lying.xlsx", _lying(SHEET)
    yield "lying-strings.xlsx", _lying(STRINGS)
    yield "parts.xlsx", _many_parts()
    yield "laughs.xlsx", changed(_before_root(LAUGHS))
    yield "laughs-strings.xlsx", changed(_before_root(LAUGHS), STRINGS)
    yield "outside-book.xlsx", changed(_before_root(OUTSIDE), BOOK)
    yield "outside-late.xlsx", changed(_before_root(b"<!--" + b"x" * 9000 + b"-->" + OUTSIDE))
    yield "outside-styles.xlsx", changed(_before_root(b"<!--" + b"x" * 9000 + b"-->" + OUTSIDE), STYLES)
    yield "dimension.xlsx", changed(swapped(b"A1:B200", b"A1:ZZZZZZZ4294967295"))
    yield "row-number.xlsx", changed(swapped(b'r="A200"', b'r="A4294967295"'))
    yield "column-name.xlsx", changed(swapped(b'r="B200"', b'r="ZZZZZZZ200"'))
    yield "corners.xlsx", changed(swapped(b'r="B200"', b'r="XFD1048576"'))
    yield "tall.xlsx", changed(swapped(b'r="B200"', b'r="B1048576"'))
    yield "hundred-columns.xlsx", changed(swapped(b'r="B200"', b'r="CV1048576"'))
    yield "wide.xlsx", changed(swapped(b'r="B200"', b'r="XFD200"'))
    yield "style-number.xlsx", changed(swapped(b'r="B200"', b'r="B200" s="4294967295"'))
    yield "string-number.xlsx", changed(swapped(b"<v>2</v>", b"<v>-9</v>"))
    yield "numbers.xlsx", changed(_rows(b'<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c></row>' * 3))
    yield "controls.xlsx", changed(swapped(b"name 7<", b"na_x0000_me_x0007_ 7<"), STRINGS)
    yield "formula.xlsx", changed(_rows(_FORMULAS))
    yield "names.xlsx", changed(swapped(b'name="Sheet1"', b'name="../../etc/passwd"'), BOOK)
    yield "path.xlsx", changed(lambda xml: xml, more={"../../evil.xml": b"<x/>", "/etc/evil.xml": b"<x/>"})
    yield "merged.xlsx", changed(swapped(b"</sheetData>", b"</sheetData>" + _MERGED))
    yield "merged-all.xlsx", changed(swapped(b"</sheetData>", b"</sheetData>" + _MERGED_ALL))
    yield "long-cell.xlsx", changed(_rows(_text_cell(b"x" * (30 << 20))))
    yield "deep.xlsx", changed(_rows(b"<row><c>" * 100_000))
    yield "styles.xlsx", changed(swapped(b"</cellXfs>", b'<xf numFmtId="9"/>' * 100_000 + b"</cellXfs>"), STYLES)
    yield "garbage.xlsx", _flipped(good(), 1)
    yield "garbage-end.xlsx", _flipped(good(), 2, 0.9)
    yield "cut.xlsx", good()[:-600]
    yield "sheets.xlsx", changed(swapped(b"<sheets>", b"<sheets>" + _SHEETS), BOOK)


def _older() -> Iterator[tuple[str, bytes]]:
    yield "repeated.ods", ods(_repeated(1_048_576, 16_384))
    yield "repeated-less.ods", ods(_repeated(1_000_000, 100))
    yield "outside.ods", ods(_repeated(2, 2), OUTSIDE)
    yield "garbage.xls", _flipped(_xls(), 3)
    yield "garbage-end.xls", _flipped(_xls(), 4, 0.5)
    yield "cut.xls", _xls()[:9000]
    noise = random.Random(5).randbytes(5000)
    yield "bytes.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise + "Workbook".encode("utf-16-le")


_FORMULA = b'<c r="A1"><f>cmd|\' /C calc\'!A0</f><v>1</v></c><c r="B1" t="str"><f>1</f><v>=1+1</v></c>'
_FORMULAS = b'<row r="1">' + _FORMULA + b"</row>" + b'<row r="2">' + _FORMULA.replace(b'1" t', b'2" t') + b"</row>"
_MERGES = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n + 9) for n in range(1, 200_000, 10))
_MERGED = b"<mergeCells>" + _MERGES + b"</mergeCells>"
_MERGED_ALL = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * 2
_SHEETS = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 9) for n in range(3000))


def _text_cell(text: bytes) -> bytes:
    cell = b'<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>'
    rows = [(n, cell % (b"A", n, text if n == 2 else b"a") + cell % (b"B", n, b"b")) for n in (1, 2, 3)]
    return b"".join(b'<row r="%d">%s</row>' % row for row in rows)


def _parquets() -> Iterator[tuple[str, bytes]]:
    good = _parquet()
    yield "good-controls.parquet", good
    yield "wide.parquet", _parquet(3000)
    yield "many-rows.parquet", _claiming(10**12)
    yield "no-rows.parquet", _claiming(0)
    yield "cut.parquet", good[:-20]
    yield "footer-length.parquet", good[:-8] + b"\xff\xff\xff\x7fPAR1"
    yield "garbage.parquet", _flipped(good, 6)
    yield "garbage-footer.parquet", _flipped(good, 7, 0.8)


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "columns.csv", b",".join(b"c%d" % n for n in range(16_000)) + b"\n" + b",".join([b"1"] * 16_000) + b"\n"
    yield "more-columns.csv", (b"1," * 100_000 + b"\n") * 2
    yield "long-line.csv", b"a,b\n1," + b"x" * (20 << 20) + b"\n2,y\n"
    yield "zeros.csv", b"a;b\n1;x\x00y\n2;\x00\n" * 50
    yield "only-zeros.csv", b"\x00" * 5000
    yield "open-quote.csv", b'a,b\n1,"' + b"text, text\n" * 50_000
    yield "quotes.csv", b'"' * 100_001
    yield "commas.csv", b"," * 1900 + b"\n" + b"," * 1900
    yield "packed.csv", gzip.compress(b"0" * (50 << 20))
    yield "mixed.csv", "имя;город\nАня;Омск\n".encode("cp1251") * 20 + "Оля;Томск\n".encode() * 20 + b"\xff\xfe;\x80\n"
    yield "formulas.csv", b"a,b\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n"
    yield "ragged.csv", b"".join(b"1," * (n % 17) + b"x\n" for n in range(3000))


def write_all(folder: Path) -> list[Path]:
    """Write every file into the folder."""
    paths = []
    for name, content in (*_workbooks(), *_older(), *_parquets(), *_texts()):
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths
