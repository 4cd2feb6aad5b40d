"""Files that mean harm, that went wrong, or that a program nobody thought of has written; beside those of the reader's
own tests, which take the formats apart byte by byte.

Invariant: the same at every run; what is large is named so, and written only where it is asked for.
"""

import gzip
import io
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.unit.ingest.read.hostile_files import BOOK, CONTENT, SHEET, STRINGS, changed, good, ods, swapped
from tests.unit.ingest.read.xlsb_file import write_xlsb

TABLE = "Дата;Мастер;Сумма\n01.10.2026;Аня;1500\n02.10.2026;Оля;1800\n03.10.2026;Аня;2100\n"
RELATIONS = "xl/_rels/workbook.xml.rels"


def _packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def _overlapping() -> bytes:
    """Every part of the directory points to the same bytes of the archive."""
    packed = bytearray(changed(lambda xml: xml))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        entries, start = archive.infolist(), archive.start_dir
        first = max(entries, key=lambda entry: entry.file_size).header_offset
    place = start
    for _ in entries:
        packed[place + 42 : place + 46] = struct.pack("<I", first)
        name, extra, comment = struct.unpack("<HHH", packed[place + 28 : place + 34])
        place += 46 + name + extra + comment
    return bytes(packed)


def _locked() -> bytes:
    """Its parts say that they are encrypted."""
    packed = bytearray(good())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(mark)
        while at >= 0:
            packed[at + place] |= 1
            at = packed.find(mark, at + 4)
    return bytes(packed)


def _stated(claim: bytes) -> bytes:
    """A dimension that the sheet does not keep."""
    return changed(swapped(b'ref="A1:B200"', b'ref="%s"' % claim))


def _xlsb(spoil: Callable[[bytes], bytes], folder: Path) -> bytes:
    path = write_xlsb(folder / "made.xlsb", "a", [[("x", 0), (1.0, 0)]] * 50, ["General"])
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            parts[name] = spoil(content) if name.endswith("sheet1.bin") else content
    path.unlink()
    return _packed(parts)


def _flipped(content: bytes) -> bytes:
    chance, changed_ = random.Random(8), bytearray(content)
    for _ in range(60):
        changed_[chance.randrange(len(changed_))] = chance.randrange(256)
    return bytes(changed_)


def _parquet(table: pa.Table) -> bytes:
    made = io.BytesIO()
    pq.write_table(table, made)
    return made.getvalue()


def _nested() -> pa.Table:
    return pa.table({
        "id": [1, 2, 3],
        "lines": [[{"name": "a", "price": 1}], [], None],
        "more": pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int64())),
        "where": [{"city": "Омск", "point": {"x": 1.5}}] * 3,
    })  # fmt: skip


def _every_type() -> pa.Table:
    return pa.table({
        "day": [date(2026, 10, 1), None],
        "at": pa.array([datetime(2026, 10, 1, 9)] * 2, pa.timestamp("ns", "Asia/Omsk")),
        "took": pa.array([timedelta(hours=30), None]), "price": pa.array([Decimal("1.10"), None]),
        "bytes": pa.array([b"\x00\xff", None]), "kind": pa.array(["a", "b"]).dictionary_encode(),
        "half": pa.array([1.5, float("nan")], pa.float16()), "void": pa.nulls(2),
        "big": pa.array([2**64 - 1, 0], pa.uint64()),
    })  # fmt: skip


def _relation(target: bytes) -> bytes:
    return changed(swapped(b'Target="worksheets/sheet1.xml"', b'Target="%s"' % target), RELATIONS)


_ROW = b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>'
_NO_CELL = b'<table:table-cell table:number-columns-repeated="%d"/>'
_CELL = b'<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>'


def _ods_after(rows: int, columns: int) -> bytes:
    """Cells that nothing is in, as often as a number can say, before the last row."""
    first, second, last = (_ROW % (1, _CELL % text) for text in (b"a", b"b", b"c"))
    return ods(first + second + _ROW % (rows, _NO_CELL % columns) + last)


def workbooks(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Workbooks."""
    yield "dimension of 2 GB.xlsx", _stated(b"A1:XFD1048576")
    yield "dimension backwards.xlsx", _stated(b"XFD1048576:A1")
    yield "overlapping.xlsx", _overlapping()
    yield "locked parts.xlsx", _locked()
    yield "target outside.xlsx", _relation(b"../../../../../etc/passwd")
    yield "target absolute.xlsx", _relation(b"file:///etc/passwd")
    yield "target elsewhere.xlsx", _relation(b"http://127.0.0.1:9/sheet.xml")
    yield "target is itself.xlsx", _relation(b"workbook.xml")
    yield "strings counted.xlsx", changed(swapped(b'uniqueCount="', b'uniqueCount="4294967295" x="'), STRINGS)
    yield "rich text.xlsx", changed(swapped(b"<t>name 7</t>", b"<r><t>x</t></r>" * 300_000), STRINGS)
    yield "deep text.xlsx", changed(swapped(b"<t>name 7</t>", b"<r>" * 100_000 + b"</r>" * 100_000), STRINGS)
    yield "no strings.xlsx", changed(lambda _: b"", STRINGS)
    yield "sheet names.xlsx", changed(swapped(b'name="Sheet1"', 'name="\u202exslx\u0007&#10;=1+1"'.encode()), BOOK)
    yield "utf-16 part.xlsx", changed(lambda xml: xml.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"), SHEET)
    yield "mimetype bomb.ods", _packed({"mimetype": b"\0" * (1 << 29), CONTENT: b""})
    yield "rows a billion times.ods", _ods_after(1_000_000_000, 1)
    yield "cells a billion times.ods", _ods_after(1_000_000_000, 1_000_000_000)
    yield "flipped.xlsb", _xlsb(_flipped, folder)
    yield (
        "record without end.xlsb",
        _xlsb(lambda content: content[:40] + b"\x07\xff\xff\xff\x7f" + content[40:], folder),
    )
    yield "old with a long tail.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64 << 20)


def texts() -> Iterator[tuple[str, bytes]]:
    """Texts."""
    yield "utf-16-le.csv", TABLE.encode("utf-16-le")
    yield "utf-16-be.csv", TABLE.encode("utf-16-be")
    yield "utf-32.csv", TABLE.encode("utf-32")
    yield "utf-7.csv", TABLE.encode("utf-7")
    yield "cp866.csv", TABLE.encode("cp866")
    yield "koi8-r.csv", TABLE.encode("koi8-r")
    yield "three encodings.csv", TABLE.encode() + TABLE.encode("cp1251") + TABLE.encode("utf-16-le")
    yield "half a character.csv", TABLE.encode()[:-1] + "я".encode()[:1]
    yield "surrogates.csv", TABLE.encode() + b"04.10.2026;\xed\xa0\xbd\xed\xb8\x80;1\n"
    yield "marks twice.csv", b"\xef\xbb\xbf\xef\xbb\xbf" + TABLE.encode()
    yield "line ends of all kinds.csv", TABLE.replace("\n", "\x85", 1).replace("\n", "\u2028", 1).encode()
    yield "columns.csv", b"\t".join(b'"c%d"' % n for n in range(100_000)) + b"\n" + b"\t".join([b"1"] * 100_000)
    yield "one cell of a megabyte.csv", b"a;" + b"x" * (1 << 20) + b"\n1;2\n"
    yield "one name.csv", b";".join([b"Name"] * 400) + b"\n" + b";".join([b"1"] * 400) + b"\n"
    yield "numbers.csv", b"a;b\n1e308;" + b"9" * 10_000 + b"\n-0;1e-400\n0x10;1_000\n"
    yield "days.csv", "Дата;Сумма\n31.02.2026;1\n00.00.0000;2\n01.01.99999;3\n29.02.1900;4\n".encode()
    yield "blank lines.csv", b"\n" * 3_000_000 + TABLE.encode()
    yield "preamble.csv", b"# nothing here\n" * 100_000 + TABLE.encode()
    yield "quoted lines.csv", b'a,b\n1,"' + b"text\n" * 400_000 + b'"\n2,x\n'
    yield "quotes only.csv", b'""""""\n' * 30_000
    yield "backslashes.csv", b"a,b\n" + b'1,"\\"\\\\\\""\n' * 20_000
    yield "escapes.csv", b"a,b\n\x1b[2J\x1b[31m1,\x07\x08\x7f\n2,3\n"
    yield "deep.json", b"[" * 200_000
    yield "deep records.json", b'[{"a":' * 3_000 + b"1" + b"}]" * 3_000
    yield "wide record.json", json.dumps([{f"k{n}": n for n in range(50_000)}]).encode()
    yield "odd values.json", b'[{"a": NaN, "a": Infinity, "b": "\\ud800", "c": 1e400, "d": -0}, {"a": 1}]'
    yield "lines broken.json", b'{"a": 1}\n{"a": 2\n{"a": 3}\n'
    yield "bomb.xes", gzip.compress(b'<?xml version="1.0"?><log>' + b"<trace>" * (8 << 20), 1)
    yield "wide cells.html", b"<table><tr><td colspan=1000000 rowspan=1000000>a</td></tr></table>"
    yield "tables in tables.html", b"<table><tr><td>" * 20_000
    yield (
        "no end.1c.txt",
        b"1CClientBankExchange\r\n" + "СекцияДокумент=Платежное поручение\r\nСумма=1e999\r\n".encode("cp1251"),
    )


def parquets() -> Iterator[tuple[str, bytes]]:
    """Parquet."""
    yield "nested.parquet", _parquet(_nested())
    yield "types.parquet", _parquet(_every_type())
    yield "one name.parquet", _parquet(pa.Table.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]))
    yield "no columns.parquet", _parquet(pa.table({}))
    yield "odd names.parquet", _parquet(pa.table({'a"; drop table x; --': [1], "": [2], "line": [3], "a\nb": [4]}))


def misnamed() -> Iterator[tuple[str, bytes]]:
    """Their ending says something else."""
    yield "workbook.csv", good()
    yield "workbook.parquet", good()
    yield "parquet.xlsx", _parquet(pa.table({"a": [1, 2], "b": ["x", "y"]}))
    yield "text.parquet", TABLE.encode()
    yield "text.json", TABLE.encode()
    yield (
        "page.xls",
        "<html><table><tr><th>Дата</th><th>Сумма</th></tr><tr><td>01.10.2026</td><td>5</td></tr></table>".encode(),
    )
    yield "records.csv", b'[{"a": 1, "b": 2}, {"a": 3, "b": 4}]'
    yield "xlsx.ods", good()
    yield "no ending", TABLE.encode()


def names() -> Iterator[tuple[str, bytes]]:
    """Their name means harm."""
    for name in (
        "\u202exslx.vsc.csv", "\u2066a\u2069.csv", "line\nbreak.csv", "\x1b[31mred\x07.csv", "-rf.csv", "--json.csv",
        "{file}.csv", "%s%n.csv", "'; drop table orders; --.csv", "*.csv", "[a-z]?.csv", "~.csv", "$(touch x).csv",
        "я" * 120 + ".csv", "a" * 250 + ".csv", " .csv", "...csv", "NUL.csv", "<b>a.csv", "😀.csv",
    ):  # fmt: skip
        yield name, TABLE.encode()


def write_all(folder: Path) -> list[Path]:
    """Write every file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in (*workbooks(folder), *texts(), *parquets(), *misnamed(), *names()):
        path = folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths


def large(folder: Path) -> list[Path]:
    """A line of 200 MB; 20 GB of nothing that take no space."""
    line, hole = folder / "one line.csv", folder / "a hole.csv"
    with line.open("wb") as file:
        file.write(b"a;b\n1;")
        for _ in range(200):
            file.write(b"x" * (1 << 20))
    with hole.open("wb") as file:
        file.write(TABLE.encode())
    os.truncate(hole, 20 << 30)
    return [line, hole]
