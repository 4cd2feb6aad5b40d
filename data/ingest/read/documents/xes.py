"""Event logs in XES (IEEE 1849), plain or gzipped: one row an event, the attributes of its case before its own.

Invariant: the file is streamed; a document type or an entity of its own ends the reading; attributes keep the names
that tables of events use everywhere («case:concept:name», «time:timestamp»).
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from data.ingest.read.documents.found import Found, Header, Note, NotOfThisKind, Refused

CASE = "case:concept:name"
LARGEST = 2 << 30
"""Bytes a gzipped log may unpack to."""
RATIO, ANYWAY = 50, 8 << 20
"""How many times its size it may unpack to, beside so many bytes that any may."""
_BLOCK = 1 << 20
_ATTRIBUTES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def xes_tables(path: Path) -> list[Found]:
    """The events of the log. `Refused` for document types, `NotOfThisKind` where the XML is broken or no log."""
    log, largest = _Log(), min(LARGEST, path.stat().st_size * RATIO + ANYWAY)
    with _opened(path) as file:
        size = 0
        try:
            while block := file.read(_BLOCK):
                size += len(block)
                if size > largest:
                    raise Refused("unpacks to too much")
                log.parser.Parse(block, False)
            log.parser.Parse(b"", True)
        except (expat.ExpatError, EOFError, gzip.BadGzipFile) as error:
            raise NotOfThisKind(str(error)) from error
    if not log.is_log:
        raise NotOfThisKind("no <log>")
    return [Found("", log.header.texts, log.rows, tuple(log.notes()))]


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            file.seek(0)
            with gzip.open(file, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            file.seek(0)
            yield file


class _Log:
    """Collects events while expat goes through the file."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.is_log = False
        self.header, self.rows = Header(), list[tuple[int, dict[str, str | None]]]()
        self._path: list[str] = []
        self._trace: dict[str, str | None] = {}
        self._event: dict[str, str | None] | None = None
        self._pending: list[tuple[int, dict[str, str | None]]] = []
        self._line, self._traces, self._events = 0, 0, 0
        self._nested, self._unnamed, self._empty = 0, 0, 0

    def _refuse(self, *_: object) -> None:
        raise Refused("a document type")

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        name = full_name.rsplit(":", 1)[-1]
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "log":
            self.is_log = True
        elif name == "trace":
            self._traces, self._events, self._trace = self._traces + 1, 0, {}
        elif name == "event":
            self._event, self._line = {}, self.parser.CurrentLineNumber
        elif name in _ATTRIBUTES and "key" in attributes:
            self._attribute(parent, attributes["key"], attributes.get("value"))

    def _attribute(self, parent: str, key: str, value: str | None) -> None:
        if parent == "event" and self._event is not None:
            self._event[key] = value
        elif parent == "trace":
            self._trace[f"case:{key}"] = value
        elif "trace" in self._path:
            self._nested += 1

    def _end(self, _name: str) -> None:
        name = self._path.pop()
        if name == "event" and self._event is not None:
            self._events += 1
            self._pending.append((self._line, self._event))
            self._event = None
        if name == "trace" and not self._events:
            self._empty += 1
        if name in ("trace", "log"):
            self._keep()

    def _keep(self) -> None:
        """The events of a case, once all its attributes are known."""
        if self._pending and CASE not in self._trace and self._traces:
            self._trace[CASE] = str(self._traces)
            self._unnamed += 1
        for line, event in self._pending:
            row = {**self._trace, **event}
            self.header.see(row)
            self.rows.append((line, row))
        self._pending, self._trace = [], {}

    def notes(self) -> Iterator[Note]:
        """What was seen."""
        yield Note("event_log", len(self.rows), (), str(self._traces))
        for rule, count in (
            ("nested_attributes", self._nested), ("unnamed_cases", self._unnamed), ("empty_cases", self._empty),
        ):  # fmt: skip
            if count:
                yield Note(rule, count)
