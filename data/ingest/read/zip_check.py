"""What is refused before a zipped workbook is opened: bombs, document types, impossible dimensions.

Invariant: nothing is unpacked here beyond the first kilobytes of each part.
"""

import re
import zipfile
from pathlib import Path

from data.errors import UnreadableFile
from data.ingest.read.filekind import damaged
from data.message import say

MAX_BYTES = 2 << 30
MAX_PARTS = 5000
MAX_RATIO = 300
"""Times a part may grow; tables compress well, bombs a thousandfold."""
RATIO_FROM = 50 << 20
"""Bytes below which a part's ratio does not matter."""
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_PEEK = 8192
_DIMENSION = re.compile(rb'<dimension[^>]*ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')


def check_zip(path: Path) -> int:
    """The bytes a workbook claims to unpack to. Raises UnreadableFile for one that must not be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive.infolist())
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        _check_start(path, stream.read(_PEEK))
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        raise damaged(path) from error


def _check_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    if total > MAX_BYTES or len(parts) > MAX_PARTS or swollen:
        raise UnreadableFile(
            say("{file} would unpack to far more than a table holds and was not opened.", file=path.name)
        )


def _check_start(path: Path, start: bytes) -> None:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise UnreadableFile(
            say("{file} holds a document type, which no workbook needs, and was not opened.", file=path.name)
        )
    dimension = _DIMENSION.search(start)
    if dimension and (len(dimension[2]) > 9 or int(dimension[2]) > MAX_ROW or _column(dimension[1]) > MAX_COLUMN):
        raise UnreadableFile(say("{file} claims more rows or columns than a sheet can have.", file=path.name))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
