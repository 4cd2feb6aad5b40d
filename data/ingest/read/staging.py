"""The one way in: a path becomes the raw tables it holds."""

from collections.abc import Collection
from pathlib import Path

import duckdb

from data.errors import UnknownName
from data.ingest.read.delimited import stage_text
from data.ingest.read.document import stage_document
from data.ingest.read.documents.found import NotOfThisKind
from data.ingest.read.filekind import DOCUMENTS, file_kind, no_records
from data.ingest.read.html_table import stage_html
from data.ingest.read.native import Told
from data.ingest.read.parquet import stage_parquet
from data.ingest.read.table import RawTable
from data.ingest.read.workbook import stage_workbook
from data.message import say


def stage(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    sheet: str | None = None,
    hidden: Collection[str] = (),
    told: Told | None = None,
    verbatim: bool = False,
) -> tuple[RawTable, ...]:
    """Stage every table of a file as text cells in `con`; `sheet` selects one sheet of a workbook. Its hidden sheets
    are left alone but for those named in `hidden`.

    `told`: what the columns of a clean text file are going to be: they may then be typed while they are read.

    `verbatim`: the cells of a text file keep their spaces, line breaks and formulas, and empty columns stay.

    Raises UnreadableFile with a plain sentence if the file is missing, empty, damaged, protected or no table, and
    UnknownName if it has no such sheet.
    """
    kind = file_kind(path)
    if kind == "workbook":
        return stage_workbook(con, path, sheet, hidden)
    if kind in DOCUMENTS:
        try:
            return stage_document(con, path, kind, sheet)
        except NotOfThisKind:
            if kind != "json" or path.suffix.lower() == ".json":
                raise no_records(path) from None
            kind = "text"
    if sheet is not None:
        raise UnknownName(say("{file} is not a workbook and has no sheet “{sheet}”.", file=path.name, sheet=sheet))
    if kind == "text":
        return (stage_text(con, path, told, verbatim),)
    readers = {"parquet": stage_parquet, "html": stage_html}
    return (readers[kind](con, path),)
