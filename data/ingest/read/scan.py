"""One pass over the bytes of a UTF-8 file: what decides whether DuckDB's own reader may be trusted with it.

Invariant: nothing that would need repair or cleaning goes unseen; a false alarm only costs time.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_CHUNK = 1 << 16
"""Bytes looked at together: few enough that they and what is made of them stay in the processor's cache, and that
Python has the memory at hand; four times as many take twice as long."""
_LINK = b"HYPERLINK("
_NO_BREAK = b"\xc2\xa0"
_MISREAD = re.compile(rb"\xc2[\x80-\x9f]")
_RARE = 0xE1
"""First bytes from here on may begin an unusual space or a noncharacter."""
_PRINTABLE = bytes(range(32, 128))
_NO_CONTROL = bytes(range(32, 256))
_NONCHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")


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
    """Noncharacters U+FFFE, U+FFFF, misread characters U+0080–009F or a HYPERLINK formula occur."""
    open_end: bool = False
    """The last line has no line end."""


def scan(path: Path, delimiter: str, quote: str) -> Scan:
    """Scan a UTF-8 file."""
    seen = Scan()
    last = 10
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            _count(np.frombuffer(chunk, np.uint8), chunk, seen, ord(delimiter), ord(quote))
            last = chunk[-1]
    seen.open_end = last != 10
    return seen


def _count(data: NDArray[np.uint8], chunk: bytes, seen: Scan, delimiter: int, quote: int) -> None:
    """What is left of a chunk without its printable characters is little, and says nearly everything."""
    rest = chunk.translate(None, _PRINTABLE.replace(bytes([quote]), b""))
    newlines, returns, tabs = (rest.count(sign) for sign in (b"\n", b"\r", b"\t"))
    seen.newlines += newlines
    seen.returns += returns
    seen.tabs += tabs
    seen.quotes += rest.count(quote)
    seen.controls += len(rest.translate(None, _NO_CONTROL)) - newlines - returns - tabs
    wide = not chunk.isascii()
    rare = wide and int(data.max()) >= _RARE
    if not seen.padded:
        edges = (data == 10) | (data == 13) | (data == quote) | (data == delimiter)
        seen.padded = _padded(data, edges, rare or (wide and _NO_BREAK in chunk))
    if not seen.unusual:
        formula = b"(" in chunk and _LINK in chunk
        strange = rare and _NONCHARACTER.search(chunk) is not None
        misread = wide and b"\xc2" in chunk and _MISREAD.search(chunk) is not None
        seen.unusual = formula or strange or misread


def _padded(data: NDArray[np.uint8], edges: NDArray[np.bool_], exotic: bool) -> bool:
    """White space beside a delimiter, quote or line end; wider spaces by their first and last bytes."""
    before = after = data == 32
    if exotic:
        before = before | (data == 0xA0) | (data == 0xAF)
        after = after | (data == 0xC2) | (data >= _RARE)
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
