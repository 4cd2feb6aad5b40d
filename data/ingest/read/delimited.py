"""Delimited text: encoding, dialect and head are settled on the first lines; then the fast path, else the tolerant one.

Invariant: both paths give the same cells for the same file.
"""

import codecs
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from data.ingest.read.characters import Cleaner
from data.ingest.read.csv_clean import CleanRead, Layout, NotClean, read_clean
from data.ingest.read.csv_tolerant import damage_finding, read_lines, read_tolerant, repair_findings
from data.ingest.read.encoding import TITLES, detect, detect_whole
from data.ingest.read.findings import character_findings, found, head_findings, tier_findings
from data.ingest.read.finish import Top, finish
from data.ingest.read.native import TEXT, Told, Typed, typed
from data.ingest.read.plan import Plan, settle
from data.ingest.read.sniff import ONE_COLUMN
from data.ingest.read.table import RawTable, new_name
from data.message import say
from data.model import Finding

SAMPLE_BYTES = 1 << 18
TOLERANT_SAMPLE = 5000
"""Lines the tolerant path settles its plan on."""

_DELIMITERS = {",": say("commas"), ";": say("semicolons"), "\t": say("tabs"), "|": say("vertical bars")}


def stage_text(
    con: duckdb.DuckDBPyConnection, path: Path, told: Told | None = None, verbatim: bool = False
) -> RawTable:
    """Stage a delimited text file. Raises UnreadableFile if it holds no table.

    `told`: what its columns are going to be; those of a clean file are then typed while they are read.
    """
    with path.open("rb") as file:
        sample, whole = file.read(SAMPLE_BYTES), not file.read(1)
    codec = detect(sample, whole)
    lines = _lines(sample, codec, whole)
    plan = settle(path, lines, whole, verbatim)
    name = new_name()
    if plan.clean:
        try:
            read = _fast(con, path, codec, name, plan, _typed(plan, told))
        except NotClean:
            pass
        else:
            about = (*_plan_findings(codec, plan), *character_findings(Cleaner(breaks=read.breaks)))
            top = Top(plan.header, about, verbatim=verbatim, blanks=(*plan.blanks, *read.blanks))
            return finish(con, path, None, read.cells, top)
    whole_codec = detect_whole(path, codec)
    if not whole or whole_codec != codec:
        lines = read_lines(path, whole_codec)
        plan = settle(path, lines[:TOLERANT_SAMPLE], len(lines) <= TOLERANT_SAMPLE, verbatim)
    return _tolerant(con, path, name, whole_codec, lines, plan)


def _lines(sample: bytes, codec: str, whole: bool) -> list[str]:
    """The whole lines of the sample."""
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample, whole)
    lines = re.split("\r\n|\n|\r", text)
    if lines[-1] == "" or (not whole and len(lines) > 1):
        lines.pop()
    return lines


def _typed(plan: Plan, told: Told | None) -> Typed:
    if told is None or plan.header is None:
        return TEXT
    first = plan.rows[plan.head.first :]
    return typed(told(plan.header, first), first)


def _fast(con: duckdb.DuckDBPyConnection, path: Path, codec: str, name: str, plan: Plan, typed: Typed) -> CleanRead:
    layout = Layout(plan.sample.dialect, plan.width, plan.head.first, plan.head_lines, plan.verbatim)

    def read(file: Path) -> CleanRead:
        return read_clean(con, file, name, layout, typed)

    if codec in ("utf-8", "utf-8-sig"):
        return read(path)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "utf8.csv")
        _transcode(path, codec, copy)
        return read(copy)


def _transcode(path: Path, codec: str, copy: Path) -> None:
    """A UTF-8 copy. Bytes without a meaning in the code page make the file not clean."""
    try:
        with path.open(encoding=codec, newline="") as source, copy.open("w", encoding="utf-8", newline="") as target:
            while text := source.read(1 << 20):
                target.write(text)
    except UnicodeError as error:
        raise NotClean(str(error)) from None


def _tolerant(
    con: duckdb.DuckDBPyConnection, path: Path, name: str, codec: str, lines: Sequence[str], plan: Plan
) -> RawTable:
    cleaner = Cleaner(verbatim=plan.verbatim)
    cells, repairs = read_tolerant(con, name, lines, plan.sample.dialect, plan.shape, plan.head_lines, cleaner)
    about = (
        *_plan_findings(codec, plan),
        *repair_findings(repairs),
        *character_findings(cleaner),
        *damage_finding(lines),
    )
    blanks = (*plan.blanks, *repairs.blank)
    return finish(con, path, None, cells, Top(plan.header, about, verbatim=plan.verbatim, blanks=blanks))


def _plan_findings(codec: str, plan: Plan) -> Iterator[Finding]:
    encoding = TITLES.get(codec, codec)
    delimiter = plan.sample.dialect.delimiter
    if delimiter == ONE_COLUMN:
        yield found("dialect", 0, say("Read as {encoding}, one column.", encoding=encoding), (encoding,))
    else:
        name = _DELIMITERS[delimiter]
        message = say("Read as {encoding}, columns separated by {delimiter}.", encoding=encoding, delimiter=name)
        yield found("dialect", 0, message, (encoding, delimiter))
    yield from head_findings(plan.titles, plan.tiers is None)
    yield from tier_findings(plan.tiers, [record.line for record in plan.sample.records])
