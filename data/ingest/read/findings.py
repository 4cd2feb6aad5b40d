"""Findings of the reading step, with the line numbers they concern."""

from collections.abc import Iterable, Iterator, Sequence

from data.ingest.read.characters import Cleaner
from data.ingest.read.tiers import Tiers
from data.message import Message, say, say_n
from data.model import Finding

RANGES = 20
"""Ranges of line numbers a sentence names before it ends in an ellipsis."""


def found(rule: str, count: int, message: Message, examples: Iterable[object] = (), warning: bool = False) -> Finding:
    """A finding of step "read"; `examples` beyond five are left out."""
    shown = tuple(str(example) for example in list(examples)[:5])
    return Finding("read", "warning" if warning else "info", None, rule, count, shown, message)


def line_list(lines: Sequence[int]) -> str:
    """Line numbers as a person writes them: "1–3, 7"; at most `RANGES` ranges."""
    ranges: list[list[int]] = []
    for line in sorted(lines):
        if ranges and line == ranges[-1][1] + 1:
            ranges[-1][1] = line
        else:
            ranges.append([line, line])
    texts = [str(a) if a == b else f"{a}–{b}" for a, b in ranges[:RANGES]]
    return ", ".join(texts) + (" …" if len(ranges) > RANGES else "")


def head_findings(titles: Sequence[tuple[int, str]], headless: bool) -> Iterator[Finding]:
    """About what stands above the data: (line, text) of every title row, and a missing header."""
    if n := len(titles):
        message = say_n(
            "{n} title row above the table was left out (line {lines}).",
            "{n} title rows above the table were left out (lines {lines}).",
            n,
            lines=line_list([line for line, _ in titles]),
        )
        yield found("title_rows", n, message, [text for _, text in titles])
    if headless:
        yield found("no_header", 1, say("The table has no header row; its first row is data."), warning=True)


def tier_findings(tiers: Tiers | None, lines: Sequence[int]) -> Iterator[Finding]:
    """About a header of several rows and a row that numbers its columns; `lines`: of each row from the top."""
    if tiers is not None and len(tiers.rows) > 1:
        taken = [lines[row] for row in tiers.rows]
        message = say_n(
            "The header takes {n} row (line {lines}).",
            "The header takes {n} rows (lines {lines}); the names of a column were joined with « / ».",
            len(taken),
            lines=line_list(taken),
        )
        yield found("header_rows", len(taken), message, tiers.header)
    if tiers is not None and tiers.numbering is not None:
        line = lines[tiers.numbering]
        yield found(
            "numbering_row", 1, say("Line {line} only numbers the columns and was left out.", line=line), [line]
        )


def sheets_left(names: Sequence[str]) -> Finding:
    """Sheets with a table that were not to be loaded."""
    message = say_n(
        "Sheet {names} was not loaded.", "{n} sheets were not loaded: {names}.", len(names), names=", ".join(names)
    )
    return found("sheets_left", len(names), message, warning=True)


def character_findings(cleaner: Cleaner) -> Iterator[Finding]:
    """About changed characters."""
    if n := cleaner.stripped:
        message = say_n(
            "Control characters were removed from {n} cell.", "Control characters were removed from {n} cells.", n
        )
        yield found("control_characters", n, message, cleaner.examples, warning=True)
    if n := cleaner.breaks:
        message = say_n(
            "In {n} cell line breaks or tabs became spaces.", "In {n} cells line breaks or tabs became spaces.", n
        )
        yield found("line_breaks", n, message)
    if n := cleaner.misread:
        message = say_n(
            "In {n} cell dashes or quotation marks that had been misread were restored.",
            "In {n} cells dashes or quotation marks that had been misread were restored.",
            n,
        )
        yield found("misread_characters", n, message)
    if n := cleaner.links:
        message = say_n("{n} link was replaced by its text.", "{n} links were replaced by their text.", n)
        yield found("links", n, message)
