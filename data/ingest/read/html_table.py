"""HTML that calls itself .xls, as many web shops and CRMs export: the largest table in it, by the standard library."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import duckdb

from data.errors import UnreadableFile
from data.ingest.read.cellkind import whole
from data.ingest.read.characters import SPACES, Cleaner
from data.ingest.read.encoding import detect
from data.ingest.read.findings import character_findings, found, head_findings
from data.ingest.read.finish import Top, finish, refuse_too_wide
from data.ingest.read.layout import HEAD_ROWS, find_head
from data.ingest.read.load import load
from data.ingest.read.table import RawTable, new_name
from data.message import say, say_n
from data.model import Finding


class _Tables(HTMLParser):
    """Collects the cells of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.text: list[str] | None = None
        self.span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._close()
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._close()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._close()
            self.span = min(whole(dict(attrs).get("colspan") or "1") or 1, 100)
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def _close(self) -> None:
        if self.text is not None:
            if not self.tables[-1]:
                self.tables[-1].append([])
            self.tables[-1][-1] += ["".join(self.text).strip(SPACES), *[""] * (self.span - 1)]
        self.text, self.span = None, 1


def stage_html(con: duckdb.DuckDBPyConnection, path: Path) -> RawTable:
    """Stage the largest table of an HTML file. Raises UnreadableFile if it has none."""
    data = path.read_bytes()
    parser = _Tables()
    parser.feed(data.decode(detect(data, whole=True), "replace"))
    parser.close()
    tables = sorted((table for table in parser.tables if any(map(any, table))), key=len)
    if not tables:
        raise UnreadableFile(say("{file} is a web page without a table.", file=path.name))
    return _stage(con, path, tables[-1], len(tables) - 1)


def _stage(con: duckdb.DuckDBPyConnection, path: Path, rows: Sequence[Sequence[str]], others: int) -> RawTable:
    width = max(len(row) for row in rows)
    refuse_too_wide(path, width)
    cleaner = Cleaner()
    clean = [
        (line, [*(cleaner.cell(cell, line) for cell in row), *[None] * (width - len(row))])
        for line, row in enumerate(rows, 1)
    ]
    texts = [[cell or "" for cell in cells] for _, cells in clean[:HEAD_ROWS]]
    head = find_head(texts, width)
    header = tuple(texts[head.header]) if head.header is not None else None
    titles = [(i + 1, " ".join(filter(None, texts[i]))) for i in head.titles]
    about = (*head_findings(titles, header is None), *character_findings(cleaner), *_others(others))
    return finish(con, path, None, load(con, new_name(), width, clean[head.first :]), Top(header, about))


def _others(others: int) -> Iterator[Finding]:
    if others:
        message = say_n(
            "{n} smaller table of the page was not read.", "{n} smaller tables of the page were not read.", others
        )
        yield found("other_tables", others, message, warning=True)
