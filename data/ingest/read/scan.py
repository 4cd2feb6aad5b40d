"""One pass over the bytes of a UTF-8 file: what decides whether DuckDB's own reader may be trusted with it.

Invariant: nothing that would need repair or cleaning goes unseen; a false alarm only costs time.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_CHUNK = 1 << 20
_LINK = b"HYPERLINK("


@dataclass
class Scan:
    """Counts over the whole file."""

    newlines: int = 0
    """Line feeds."""
    returns: int = 0
    """Carriage returns."""
    quotes: int = 0
    """Quote characters of the dialect."""
    controls: int = 0
    """Other control characters, tabs aside."""
    tabs: int = 0
    """Tabs."""
    padded: bool = False
    """Some cell may begin or end with white space."""
    unusual: bool = False
    """Noncharacters U+FFFE, U+FFFF or a HYPERLINK formula occur."""
    open_end: bool = False
    """The last line has no line end."""


def scan(path: Path, delimiter: str, quote: str) -> Scan:
    """Scan a UTF-8 file."""
    seen = Scan()
    buffer = bytearray(_CHUNK)
    last = 10
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(buffer):
            _count(np.frombuffer(buffer, np.uint8, size), buffer, size, seen, ord(delimiter), ord(quote))
            last = buffer[size - 1]
    seen.open_end = last != 10
    return seen


def _count(data: NDArray[np.uint8], buffer: bytearray, size: int, seen: Scan, delimiter: int, quote: int) -> None:
    newline, back, marks = data == 10, data == 13, data == quote
    tab = data == 9
    newlines, returns, tabs = (int(np.count_nonzero(mask)) for mask in (newline, back, tab))
    seen.newlines += newlines
    seen.returns += returns
    seen.tabs += tabs
    seen.quotes += int(np.count_nonzero(marks))
    seen.controls += int(np.count_nonzero(data < 32)) - newlines - returns - tabs
    if not seen.padded:
        edges = newline | back | marks | (data == delimiter)
        seen.padded = _padded(data, edges)
    if not seen.unusual:
        seen.unusual = buffer.find(_LINK, 0, size) >= 0 or (
            bool((data == 0xEF).any()) and re.search(rb"\xef\xbf[\xbe\xbf]", bytes(buffer[:size])) is not None
        )


def _padded(data: NDArray[np.uint8], edges: NDArray[np.bool_]) -> bool:
    """White space beside a delimiter, quote or line end; no-break spaces by their first and last bytes."""
    before = (data == 32) | (data == 0xA0) | (data == 0xAF)
    after = (data == 32) | (data == 0xC2) | (data == 0xE2) | (data == 0xEF)
    return bool((before[:-1] & edges[1:]).any() or (after[1:] & edges[:-1]).any())


def blank_lines(path: Path, quote: str) -> list[int]:
    """Numbers of the blank lines outside quotes of a UTF-8 file."""
    found: list[int] = []
    line, quoted = 0, False
    mark = quote.encode()
    with path.open("rb") as file:
        for text in file:
            line += 1
            if not quoted and len(text) <= 2 and not text.strip(b"\r\n"):
                found.append(line)
            elif mark in text and text.count(mark) % 2:
                quoted = not quoted
    return found
