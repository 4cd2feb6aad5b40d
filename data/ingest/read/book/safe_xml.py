"""XML from a file nobody vouches for, as events, by the parser of the standard library.

Invariant: a document type ends the reading before an entity of it is looked at, and at most `most` bytes are read.
"""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 18


class Forbidden(ValueError):
    """The XML is broken, too long, or holds what no workbook needs."""


Start = Callable[[str, dict[str, str]], None]
"""Told the local name of an element and its attributes, under their local and their whole names."""
End = Callable[[str], None]
"""Told the local name of an element that ends."""
Text = Callable[[str], None]
"""Told text between tags."""


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


MOST = 1 << 28
"""Bytes read of a part, unless it is told otherwise."""


def read(stream: IO[bytes], start: Start, end: End | None = None, text: Text | None = None, most: int = MOST) -> None:
    """Tell the callbacks what the stream holds. Raises Forbidden."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: start(
        local(name), {**{local(key): it for key, it in given.items()}, **given}
    )
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    taken = 0
    try:
        while chunk := stream.read(CHUNK):
            taken += len(chunk)
            if taken > most:
                raise Forbidden("too long")
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Forbidden(str(error)) from error


def _refuse(*_: object) -> None:
    raise Forbidden("document type")
