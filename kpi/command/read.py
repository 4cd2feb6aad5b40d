"""`read FILE…`: tables as the reader saw them, before any mapping, as clean CSV.

Invariant: opens no workspace, invents no names and overwrites neither a source nor a file of the same run.
"""

import argparse
import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TextIO

from data.errors import UserError
from data.ingest.read import RawTable, stage
from data.message import say
from data.store.connection import connect
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
    folder = session.path(args.out) if args.out else None
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    taken = {session.path(file) for file in args.files}
    failed = 0
    for file in args.files:
        try:
            _read(session.path(file), args.sheet, folder, taken, session)
        except UserError as error:
            session.warn(say("{file}: {why}", file=file, why=session.reason(error)))
            failed = 1
    return failed


def _read(path: Path, sheet: str | None, folder: Path | None, taken: set[Path], session: Session) -> None:
    with tempfile.TemporaryDirectory(prefix="kpi-read-") as scratch:
        workspace = Workspace(Path(scratch))
        workspace.prepare()
        with closing(connect(workspace)) as connection:
            tables = stage(connection, path, sheet=sheet)
            for table in tables:
                if folder is None:
                    write(connection, table, session.out)
                else:
                    _write_file(connection, table, _target(folder, path, table, taken, several=len(tables) > 1))
                for finding in table.findings:
                    session.warn(say("{file}: {what}", file=path.name, what=finding.message))


def _target(folder: Path, path: Path, table: RawTable, taken: set[Path], *, several: bool) -> Path:
    """DIR/A.csv, or DIR/book.SHEET.csv of a workbook; never a file that is read or was written in this run."""
    named = table.sheet and (several or path.suffix.lower() in _WORKBOOKS)
    sheet = "." + _NOT_IN_NAMES.sub("_", table.sheet or "") if named else ""
    target = folder / f"{path.stem}{sheet}.csv"
    if target.resolve() in taken:
        raise UserError(say("{file} would be overwritten.", file=target.name), None, say("Choose another --out."))
    taken.add(target.resolve())
    return target


def _write_file(connection: Any, table: RawTable, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        write(connection, table, file)


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
