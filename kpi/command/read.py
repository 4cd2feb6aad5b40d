"""`read FILE…`: tables as the reader saw them, before any mapping, as clean CSV.

Invariant: opens no workspace, invents no names and overwrites neither a source nor a file of the same run. Cells of
text files are written as they stand; an import trims them.
"""

import argparse
import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from data.errors import UserError
from data.ingest.read import NoRows, RawTable, drop, stage
from data.message import say
from data.store.connection.embedded import open_file
from data.store.workspace import Workspace
from kpi.command.session import Session

_BLOCK = 10_000
_NOT_IN_NAMES = re.compile(r"[<>:|?*/\\\x00-\x1f]")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def add(commands: Any) -> None:
    """Declare the arguments."""
    parser = commands.add_parser("read", help="tables as the reader saw them, as clean CSV")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--sheet", metavar="NAME", help="only this sheet of a workbook")
    parser.add_argument("--out", metavar="DIR", help="write DIR/A.csv, DIR/book.SHEET.csv (default: standard output)")
    parser.set_defaults(run=run, needs_store=False)


def run(args: argparse.Namespace, session: Session) -> int:
    """Read each file; 1 if any could not be read, the others are written all the same."""
    target = Target(session, session.path(args.out) if args.out else None, {session.path(file) for file in args.files})
    failed = 0
    with _connection() as connection:
        for file in args.files:
            try:
                _read(connection, session.path(file), args.sheet, target)
            except UserError as error:
                session.warn(say("{file}: {why}", file=file, why=session.reason(error)))
                failed = 1
    return failed


@dataclass(frozen=True)
class Target:
    """Where the tables go."""

    session: Session
    """Its standard output takes them if there is no folder."""
    folder: Path | None
    """--out."""
    taken: set[Path]
    """Files that are read or were written in this run."""

    def open(self, path: Path, sheet: str | None, several: bool = False) -> AbstractContextManager[TextIO]:
        """Standard output or DIR/A.csv, DIR/book.SHEET.csv; never a file that is taken."""
        if self.folder is None:
            return nullcontext(self.session.out)
        named = sheet and (several or path.suffix.lower() in _WORKBOOKS)
        file = self.folder / f"{path.stem}{'.' + _NOT_IN_NAMES.sub('_', sheet or '') if named else ''}.csv"
        if file.resolve() in self.taken:
            raise UserError(say("{file} would be overwritten.", file=file.name), None, say("Choose another --out."))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken.add(file.resolve())
        return file.open("w", encoding="utf-8", newline="")


@contextmanager
def _connection() -> Iterator[Any]:
    """One for all files, in a workspace that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="kpi-read-") as scratch:
        workspace = Workspace(Path(scratch))
        workspace.prepare()
        with closing(open_file(workspace)) as connection:
            yield connection


def _read(connection: Any, path: Path, sheet: str | None, target: Target) -> None:
    try:
        tables = stage(connection, path, sheet=sheet, verbatim=True)
    except NoRows as error:
        _write_header(error, path, target)
        return
    for table in tables:
        with target.open(path, table.sheet, len(tables) > 1) as file:
            write(connection, table, file)
        drop(connection, table)
        for finding in table.findings:
            target.session.warn(say("{file}: {what}", file=path.name, what=finding.message))


def _write_header(error: NoRows, path: Path, target: Target) -> None:
    """Nothing but a header is a table too, as far as it goes; nothing at all stays an error."""
    if not error.header or path.suffix.lower() in _WORKBOOKS:
        raise error
    with target.open(path, None) as file:
        csv.writer(file, lineterminator="\n").writerow(error.header)
    target.session.warn(say("{file}: {what}", file=path.name, what=error.title))


def write(connection: Any, table: RawTable, file: TextIO) -> None:
    """One table as CSV: comma, double quotes, LF; the header as found is the first line."""
    writer = csv.writer(file, lineterminator="\n")
    if table.records_header:
        writer.writerow(table.header)
    writer.writerows(_rows(connection, table))


def _rows(connection: Any, table: RawTable) -> Iterator[Sequence[str]]:
    result = connection.execute(f'select * exclude (line) from "{table.table}" order by line')
    while block := result.fetchmany(_BLOCK):
        for row in block:
            yield ["" if cell is None else cell for cell in row]
