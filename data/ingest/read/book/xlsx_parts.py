"""Which part of an xlsx file holds which sheet, and what its cell styles mean.

Invariant: parts are found by the relations of the workbook part only, and never by a path outside the archive.
"""

import posixpath
import zipfile
from dataclasses import dataclass, field

from data.ingest.read.book import safe_xml
from data.ingest.read.book.formats import PERCENT, PERCENT_IDS, meaning

MOST = 64 << 20
"""Bytes of a part that tells about the others."""
_BOOK = "xl/workbook.xml"


@dataclass
class Parts:
    """The workbook part and the styles, read."""

    sheets: list[str | None] = field(default_factory=list)
    """Part of each sheet in the workbook's order; None where the archive has no such part."""
    styles: dict[int, str] = field(default_factory=dict)
    """Style of a cell → share or currency; styles without such a meaning are not in it."""
    from_1904: bool = False
    """Days are counted from 1904."""


def read_parts(archive: zipfile.ZipFile) -> Parts:
    """The parts of a workbook. Raises safe_xml.Forbidden."""
    parts = Parts()
    names = set(archive.namelist())
    if _BOOK not in names:
        return parts
    ids = _workbook(archive, parts)
    targets = relations(archive, "xl/_rels/workbook.xml.rels", MOST) if "xl/_rels/workbook.xml.rels" in names else {}
    parts.sheets = [target if (target := targets.get(one)) in names else None for one in ids]
    if "xl/styles.xml" in names:
        parts.styles = _styles(archive)
    return parts


def _workbook(archive: zipfile.ZipFile, parts: Parts) -> list[str]:
    ids: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            ids.append(given.get("id", ""))
        elif name == "workbookPr":
            parts.from_1904 = given.get("date1904") in ("1", "true")

    with archive.open(_BOOK) as stream:
        safe_xml.read(stream, start, most=MOST)
    return ids


def relations(archive: zipfile.ZipFile, part: str, most: int = safe_xml.MOST) -> dict[str, str]:
    """Id → path of each part that the book refers to; `part`: where it says so, `most`: bytes to read of it."""
    targets: dict[str, str] = {}

    def start(name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            path = given.get("Target", "")
            whole = path.lstrip("/") if path.startswith("/") else posixpath.join("xl", path)
            targets[given.get("Id", "")] = posixpath.normpath(whole)

    with archive.open(part) as stream:
        safe_xml.read(stream, start, most=most)
    return targets


def _styles(archive: zipfile.ZipFile) -> dict[int, str]:
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, given: dict[str, str]) -> None:
        if name == "cellXfs":
            inside.append(name)
        elif name == "numFmt":
            codes.setdefault(given.get("numFmtId", ""), given.get("formatCode", ""))
        elif name == "xf" and inside:
            styles.append(given.get("numFmtId", "0"))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside.clear()

    with archive.open("xl/styles.xml") as stream:
        safe_xml.read(stream, start, end, most=MOST)
    found = {place: _meaning(number, codes) for place, number in enumerate(styles)}
    return {place: what for place, what in found.items() if what is not None}


def _meaning(number: str, codes: dict[str, str]) -> str | None:
    if number in codes:
        return meaning(codes[number])
    return PERCENT if number.isdecimal() and int(number) in PERCENT_IDS else None
