"""Workbooks (xlsx, xlsm, xlsb, xls, ods): read in a child process with limits, then staged like any other table.

Invariant: a file that makes its reader crash, swell or hang ends here in one sentence; this process lives on.
"""

import json
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import duckdb

from data.errors import UnknownName, UnreadableFile, did_you_mean
from data.ingest.read import confined
from data.ingest.read.book import child
from data.ingest.read.book_findings import Sheet, sheet_findings
from data.ingest.read.confined import processor_seconds
from data.ingest.read.findings import found, head_findings, tier_findings
from data.ingest.read.finish import NoRows, Top, finish, refuse_too_wide
from data.ingest.read.groups import grouped
from data.ingest.read.layout import HEAD_ROWS, find_head
from data.ingest.read.load import load_file
from data.ingest.read.table import RawTable, UnreadSheet, new_name
from data.ingest.read.tiers import find_tiers
from data.ingest.read.zip_check import check_zip
from data.message import say, say_n
from data.model import Finding

AD_NUMBER = "Номер объявления"
"""Name of the column of numbers that links lead to: what Avito and its owners call it."""


def stage_workbook(
    con: duckdb.DuckDBPyConnection, path: Path, sheet: str | None, hidden: Collection[str] = ()
) -> tuple[RawTable, ...]:
    """Stage the visible sheets that hold a table and the `hidden` ones named; or only the one asked for."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    unpacked = check_zip(path) if zipped else path.stat().st_size
    with tempfile.TemporaryDirectory() as folder:
        sheets = read_sheets(path, Path(folder), sheet, hidden, processor_seconds(unpacked))
        staged = _stage_all(con, path, sheets, Path(folder), sheet)
    aside = [each["name"] for each in sheets if sheet is None and each["name"] not in hidden and not each["visible"]]
    if not staged.tables:
        raise _nothing(path, aside)
    first, *others = staged.tables
    unread = (*(UnreadSheet(name, True) for name in aside), *(UnreadSheet(name, False) for name in staged.empty))
    notes = (*_sheet_findings(staged.empty, aside), *staged.refused)
    return (replace(first, findings=(*first.findings, *notes), unread=unread), *others)


def _nothing(path: Path, aside: Sequence[str]) -> UnreadableFile:
    """No sheet that may be read holds a table."""
    if not aside:
        return UnreadableFile(say("{file} has no sheet with rows in it.", file=path.name))
    return UnreadableFile(
        say("{file} has no visible sheet with rows in it.", file=path.name),
        say("Hidden sheets: {names}.", names=", ".join(aside)),
        say("Unhide the sheet that is to be read, save the workbook and upload it again."),
    )


def read_sheets(path: Path, folder: Path, sheet: str | None, hidden: Collection[str], seconds: float) -> list[Sheet]:
    """Run the child; its cells lie in `folder` afterwards."""
    request = {"file": str(path.resolve()), "folder": str(folder), "sheet": sheet, "hidden": list(hidden)}
    status = confined.run(child.__name__, path, request, seconds, (0, child.NO_SHEET))
    sheets: list[Sheet] = json.loads((folder / child.LIST).read_text("utf-8"))
    if status == child.NO_SHEET:
        names = [each["name"] for each in sheets]
        raise UnknownName(
            say("{file} has no sheet “{sheet}”.", file=path.name, sheet=sheet),
            say("Its sheets: {names}.", names=", ".join(names)),
            did_you_mean(str(sheet), names),
        )
    return sheets


@dataclass(frozen=True)
class _Staged:
    """What the sheets gave."""

    tables: list[RawTable] = field(default_factory=list)
    """Sheets with a table."""
    empty: list[str] = field(default_factory=list)
    """Names of sheets without rows, charts among them."""
    refused: list[Finding] = field(default_factory=list)
    """Why a sheet beside others was refused."""


def _stage_all(
    con: duckdb.DuckDBPyConnection, path: Path, sheets: Sequence[Sheet], folder: Path, wanted: str | None
) -> _Staged:
    """Stage what the child wrote; a sheet that is the only one, or the one asked for, says itself why it cannot be."""
    staged = _Staged()
    for index, each in enumerate(sheets):
        if not each["table"] and each["visible"] and wanted is None:
            staged.empty.append(each["name"])
        if not (folder / f"{index}.tsv").exists():
            continue
        try:
            staged.tables.append(_stage_sheet(con, path, each, folder / f"{index}.tsv"))
        except UnreadableFile as error:
            if wanted is not None or len(sheets) == 1:
                raise
            if isinstance(error, NoRows):
                staged.empty.append(each["name"])
            else:
                staged.refused.append(_refused(each["name"], error))
    return staged


def _refused(name: str, error: UnreadableFile) -> Finding:
    message = say("Sheet {name} was not read: {why}", name=name, why=error.title)
    return found("refused_sheet", 1, message, warning=True)


def _stage_sheet(con: duckdb.DuckDBPyConnection, path: Path, sheet: Sheet, file: Path) -> RawTable:
    if not sheet["rows"]:
        raise NoRows(say("Sheet “{sheet}” of {file} is empty.", sheet=sheet["name"], file=path.name))
    refuse_too_wide(path, sheet["width"])
    texts = list(islice(_rows(file), HEAD_ROWS))
    merged = _merged(sheet)
    for start, left, bottom, _ in merged:  # the child repeats their texts, as records need it and a header does not
        for row in texts[start + 1 : bottom + 1]:
            row[left] = ""
    head = find_head(texts, _usual_width(texts))
    tiers = find_tiers(texts, head, merged)
    in_header = tiers.rows if tiers is not None else ()
    titles = [(i + 1, " ".join(filter(None, texts[i]))) for i in head.titles if i not in in_header]
    first = tiers.first if tiers is not None else head.first
    numbers = [int(place) - sheet["left"] for place in sheet["numbers"]]
    cells = load_file(con, new_name(), len(texts[0]), file, first)
    about = (
        *head_findings(titles, tiers is None),
        *tier_findings(tiers, range(1, HEAD_ROWS + 1)),
        *sheet_findings(sheet, first),
    )
    if tiers is None:
        return finish(con, path, sheet["name"], cells, Top(None, about))
    held = grouped(con, cells, _with_numbers(tiers.names, numbers), _levels(sheet))
    top = Top(held.header, (*about, *held.findings), held.out, held.cells.width - cells.width)
    return finish(con, path, sheet["name"], held.cells, top)


def _with_numbers(names: Sequence[Sequence[str]], columns: Sequence[int]) -> list[Sequence[str]]:
    """The names with those of the columns that hold numbers of links; these stand last."""
    taken = {name[-1] for name in names}
    added: list[Sequence[str]] = []
    for place in columns:
        title = AD_NUMBER if AD_NUMBER not in taken else f"{names[place][-1]} №"
        taken.add(title)
        added.append((title,))
    return [*names[: len(names) - len(added)], *added]


def _merged(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Merged cells near the top, in the rows and columns of the texts."""
    left = sheet["left"]
    ranges = [(top - 1, first - left, bottom - 1, last - left) for top, first, bottom, last in sheet["merged"]]
    return [one for one in ranges if one[0] < HEAD_ROWS and 0 <= one[1] <= one[3] < sheet["width"]]


def _levels(sheet: Sheet) -> dict[int, int]:
    """Levels of the outline by line, where the row above the deeper ones is the one that names them."""
    return {int(line): level for line, level in sheet["levels"].items()} if sheet["names_above"] else {}


def _rows(file: Path) -> Iterator[list[str]]:
    """The texts the child wrote, row by row, without the row number."""
    with file.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")[:-1]


def _usual_width(texts: Sequence[Sequence[str]]) -> int:
    """Columns up to the last filled cell, as most filled rows have it."""
    widths = sorted(max(i for i, text in enumerate(row) if text) + 1 for row in texts if any(row))
    return widths[len(widths) // 2] if widths else 1


def _sheet_findings(empty: Sequence[str], hidden: Sequence[str]) -> Iterator[Finding]:
    if n := len(empty):
        message = say_n(
            "Sheet {names} holds no table.", "{n} sheets hold no table: {names}.", n, names=", ".join(empty)
        )
        yield found("empty_sheets", n, message)
    if n := len(hidden):
        message = say_n(
            "Hidden sheet {names} was not read.",
            "{n} hidden sheets were not read: {names}.",
            n,
            names=", ".join(hidden),
        )
        yield found("hidden_sheets", n, message, warning=True)
