"""Documents that hold tables (JSON, 1CClientBankExchange, XES): read in a child process, then staged like any other.

Invariant: a document that makes its reader crash, swell or hang ends here in one sentence; this process lives on. Every
record is a row: nothing of a document is a title, a total or a note.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from data.errors import UnknownName, UnreadableFile, did_you_mean
from data.ingest.read import confined
from data.ingest.read.characters import Cleaner
from data.ingest.read.document_notes import said
from data.ingest.read.documents import child
from data.ingest.read.documents.found import Note, NotOfThisKind
from data.ingest.read.findings import character_findings
from data.ingest.read.finish import Top, finish, refuse_too_wide
from data.ingest.read.load import load_file
from data.ingest.read.table import RawTable, new_name
from data.message import say

_BYTES_A_SECOND = 1 << 20
"""How slowly a document may be read; a tenth of the usual speed."""
_UNPACKED = 30
"""Times a packed log may grow."""

Table = Mapping[str, Any]
"""One entry of the child's list of tables."""


def stage_document(con: duckdb.DuckDBPyConnection, path: Path, kind: str, sheet: str | None) -> tuple[RawTable, ...]:
    """Stage the tables of a document, or the one asked for. `NotOfThisKind`: it only looked like one."""
    with tempfile.TemporaryDirectory() as folder:
        tables = read_document(path, kind, Path(folder))
        meant = [place for place, table in enumerate(tables) if sheet in (None, table["name"])]
        if not meant:
            raise _no_such(path, str(sheet), [table["name"] for table in tables])
        return tuple(_stage(con, path, tables[place], Path(folder, f"{place}.tsv")) for place in meant)


def read_document(path: Path, kind: str, folder: Path, seconds: int | None = None) -> Sequence[Table]:
    """Run the child; its cells lie in `folder` afterwards."""
    request = {"kind": kind, "file": str(path.resolve()), "folder": str(folder)}
    status = confined.run(
        child.__name__, path, request, processor_seconds(path) if seconds is None else seconds,
        (0, child.OTHER_KIND, child.REFUSED, child.TOO_MUCH),
    )  # fmt: skip
    if status == child.OTHER_KIND:
        raise NotOfThisKind(path.name)
    if status == child.REFUSED:
        raise UnreadableFile(say("{file} holds what no such file needs, and was not opened.", file=path.name))
    if status == child.TOO_MUCH:
        raise UnreadableFile(say("{file} holds more than can be read at once.", file=path.name))
    listed: list[Table] = json.loads((folder / child.LIST).read_text("utf-8"))
    return listed


def processor_seconds(path: Path) -> int:
    """How much processor time a document of this size is worth; a packed one is larger than it looks."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return confined.LEAST_SECONDS + path.stat().st_size * (_UNPACKED if packed else 1) // _BYTES_A_SECOND


def _no_such(path: Path, sheet: str, names: Sequence[str]) -> UnknownName:
    names = [name for name in names if name]
    if not names:
        return UnknownName(say("{file} is not a workbook and has no sheet “{sheet}”.", file=path.name, sheet=sheet))
    return UnknownName(
        say("{file} has no sheet “{sheet}”.", file=path.name, sheet=sheet),
        say("Its sheets: {names}.", names=", ".join(names)),
        did_you_mean(sheet, names),
    )


def _stage(con: duckdb.DuckDBPyConnection, path: Path, table: Table, file: Path) -> RawTable:
    header = tuple(table["header"])
    refuse_too_wide(path, len(header))
    notes = [said(Note(**{**note, "examples": tuple(note["examples"])})) for note in table["notes"]]
    changed = character_findings(Cleaner(table["stripped"], table["breaks"], 0, table["examples"]))
    cells = load_file(con, new_name(), len(header), file)
    raw = finish(con, path, table["name"] or None, cells, Top(header, (*notes, *changed)), records_only=True)
    records = table["records"]
    return replace(raw, offered=table["offered"], fan_out=(records, raw.rows) if records is not None else None)
